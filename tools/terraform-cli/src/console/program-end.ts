/**
 * Ends this program once its work is done: with `process.exitCode`, or with 1 and the error message on stderr. Open timers
 * and listeners do not keep it running, and all output is written first.
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

/** Resolves when all output is written or its reader has gone. A pipe buffers 64 KB; an exit would lose the rest. */
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
