import { setTimeout as delay } from "node:timers/promises";
import type { CommandTree, GracePeriod } from "./command-tree";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A terminal sends Ctrl-C to all processes, and npm passes it on: signals within this time count as one request. */
const SAME_WISH_MS = 1_000;

/** Time for the last output of an ended command. A process that keeps the output open for longer runs in the background. */
export const LAST_OUTPUT_MS = 1_000;

interface Running {
  readonly gracePeriod: GracePeriod;
  /** Settles when all output of the command is logged. */
  readonly output: Promise<unknown>;
}

/** The running commands in the order of their start. */
const running = new Map<CommandTree, Running>();
let endingSince: number | undefined;

/** Makes sure that the command does not outlive this process, until `unregister`. */
export function register(tree: CommandTree, command: Running): void {
  if (running.size === 0) {
    // Runs before listeners that were added with `once`, which are removed from the list when they are called.
    for (const signal of SIGNALS) process.prependListener(signal, onSignal);
    process.on("exit", killAll);
  }
  running.set(tree, command);
}

export function unregister(tree: CommandTree): void {
  running.delete(tree);
  if (running.size > 0) return;
  for (const signal of SIGNALS) process.off(signal, onSignal);
  process.off("exit", killAll);
}

function onSignal(signal: NodeJS.Signals): void {
  const now = Date.now();
  if (endingSince !== undefined) {
    if (now - endingSince > SAME_WISH_MS) killAll();
    return;
  }
  endingSince = now;
  // Another listener to the signal decides how this process ends; without one, it ends by the signal.
  const othersListen = process.listenerCount(signal) > 1;
  void endAll().finally(() => {
    endingSince = undefined;
    if (!othersListen) process.kill(process.pid, signal);
  });
}

/** Ends the latest command first, since it may need an earlier one to end cleanly, as Terraform needs the local AWS. */
async function endAll(): Promise<void> {
  for (const [tree, { gracePeriod, output }] of [...running].reverse()) {
    await tree.end(gracePeriod);
    await Promise.race([output.catch(() => undefined), delay(LAST_OUTPUT_MS)]);
    unregister(tree);
  }
}

/** Also runs after an uncaught error and process.exit, when nothing asynchronous can run. */
function killAll(): void {
  for (const tree of running.keys()) tree.kill();
}
