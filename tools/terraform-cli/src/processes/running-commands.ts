import type { CommandTree, GracePeriod } from "./command-tree";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm passes on a Ctrl-C that the terminal has sent to everybody already: two signals, but one wish. */
const SAME_WISH_MS = 1_000;

/** Every command that runs now, in order of their start. */
const running = new Map<CommandTree, GracePeriod>();
let endingSince: number | undefined;

/** From now on, until `unregister`, the command does not outlive this process. */
export function register(tree: CommandTree, gracePeriod: GracePeriod): void {
  if (running.size === 0) {
    // In front of listeners that were added with `once`, which are gone from the list when they are called.
    for (const signal of SIGNALS) process.prependListener(signal, onSignal);
    process.on("exit", killAll);
  }
  running.set(tree, gracePeriod);
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
  // Whoever else listens to the signal decides how this process ends; otherwise it ends as it would have without us.
  const othersListen = process.listenerCount(signal) > 1;
  void endAll().finally(() => {
    endingSince = undefined;
    if (!othersListen) process.kill(process.pid, signal);
  });
}

/** The latest first, one after another: it may need the earlier ones in order to end well, as Terraform needs its AWS. */
async function endAll(): Promise<void> {
  for (const [tree, gracePeriod] of [...running].reverse()) {
    await tree.end(gracePeriod);
    unregister(tree);
  }
}

/** Also runs after an uncaught error and after process.exit: nothing can be waited for then. */
function killAll(): void {
  for (const tree of running.keys()) tree.kill();
}
