/**
 * Ends this program once its work is done: with `process.exitCode`, or with 1 and the reason on stderr. What still waits
 * or listens then does not keep it alive; what it printed is written out first.
 */
export function endWith(work: Promise<unknown>): void {
  void work
    .catch((error: unknown) => {
      process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    })
    .then(async () => Promise.all([written(process.stdout), written(process.stderr)]))
    .then(() => process.exit());
}

/** Resolves when all is written, or nobody reads it. A pipe takes 64 KB at once, and an exit would cut off the rest. */
async function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once("error", () => {
      resolve();
    });
    stream.write("", () => {
      resolve();
    });
  });
}
