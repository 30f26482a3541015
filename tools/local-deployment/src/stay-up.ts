import type { Running } from "./start";

export interface StayUpOptions {
  /** Settles when somebody stops the deployment; undefined: it stops at once. */
  readonly until: Promise<void> | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/**
 * Keeps a started deployment up, then stops it.
 *
 * @returns the exit code of `npm start`: 0 when every check and proof held and nothing died
 */
export async function stayUp(
  running: Pick<Running, "failed" | "stop"> & { readonly report: { readonly ok: boolean } },
  { until, print, printError }: StayUpOptions,
): Promise<0 | 1> {
  let ok = running.report.ok;
  if (until !== undefined) {
    print("Up. Ctrl-C stops everything.");
    const failure = await Promise.race([until, running.failed]);
    if (failure !== undefined) {
      printError(`\n${failure.message}`);
      ok = false;
    }
  }
  await running.stop();
  return ok ? 0 : 1;
}
