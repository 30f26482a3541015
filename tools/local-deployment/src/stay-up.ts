import { nextSteps } from "./next-steps";
import type { Report } from "./report";
import type { Running } from "./start";

export interface StayUpOptions {
  /** Settles when somebody stops the deployment; undefined: it stops at once. */
  readonly until: Promise<void> | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

/** The part of a started deployment that is needed here. */
export type Up = Pick<Running, "failed" | "shell" | "stop"> & {
  readonly report: Pick<Report, "ok" | "apiUrl" | "portal" | "awsEndpoint" | "signIns">;
};

/**
 * Keeps a started deployment up, then stops it. Addresses are shown only while they are there.
 *
 * @returns the exit code of `npm start`: 0 when every check and proof held and nothing died
 */
export async function stayUp(running: Up, { until, print, printError }: StayUpOptions): Promise<0 | 1> {
  let ok = running.report.ok;
  if (until !== undefined) {
    print(nextSteps(running.report, running.shell));
    print("Up. Ctrl-C stops everything.");
    const failure = await Promise.race([until, running.failed]);
    if (failure !== undefined) {
      printError(`\n${failure.message}`);
      ok = false;
    }
  }
  await running.stop();
  print("Stopped, with all programs that were started.");
  return ok ? 0 : 1;
}
