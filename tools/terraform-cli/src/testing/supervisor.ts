/**
 * A program that runs commands with `runLogged`, and then ends in one of several ways. The tests check that its commands end
 * with it. Arguments: how it ends, a log file, and the shell commands. Prints `listening` when it has started them.
 */
import { runLogged } from "../processes/processes";

const [ending = "", logFile = "", ...commands] = process.argv.slice(2);
// Longer than any test takes, so that only a kill ends a command that ignores SIGINT.
const gracePeriod = { interruptMs: 60_000, terminateMs: 500 };

for (const command of commands) {
  void runLogged("/bin/sh", ["-c", command], { logFile, gracePeriod }).catch(() => undefined);
}

if (ending === "own-handler") {
  process.once("SIGINT", () => {
    // Longer than the commands take, since this process must outlive them.
    setTimeout(() => {
      process.stdout.write("cleaned up\n");
      process.exit(7);
    }, 1_000);
  });
}

process.stdout.write("listening\n");
process.stdin.once("data", () => {
  if (ending === "told twice")
    for (const signal of ["SIGINT", "SIGINT"] as const) process.emit(signal, signal);
  if (ending === "process.exit") process.exit(3);
  if (ending === "uncaught error") throw new Error("not caught");
  if (ending === "unhandled rejection") void Promise.reject(new Error("not handled"));
});
