/**
 * Ends this program once its work is done: with `process.exitCode`, or with 1 and the reason on stderr. What still waits
 * or listens then does not keep it alive.
 */
export function endWith(work: Promise<unknown>): void {
  work.then(
    () => process.exit(),
    (error: unknown) => {
      process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
