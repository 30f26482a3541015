import { setTimeout as delay } from "node:timers/promises";
import { type RunningProcess, runningProcesses } from "./process-list";

/** How long a command may take to end after a signal before the next signal is sent, in milliseconds. */
export interface GracePeriod {
  /** After SIGINT. Terraform needs this time to finish running calls and to write its state. */
  readonly interruptMs: number;
  /** After SIGTERM; SIGKILL follows. */
  readonly terminateMs: number;
}

export const DEFAULT_GRACE_PERIOD: GracePeriod = { interruptMs: 30_000, terminateMs: 5_000 };

const POLL_MS = 50;
const KILL_MS = 2_000;

/**
 * A command and everything that it started: its process group, and the groups of descendants that have left that group.
 * cdktf runs each Terraform in a terminal of its own, which is such a group.
 */
export class CommandTree {
  readonly #leader: number;
  readonly #groups: Set<number>;
  #ending: Promise<void> | undefined;

  /** @param leader pid of a child that was spawned detached, so that it leads a process group */
  constructor(leader: number) {
    this.#leader = leader;
    this.#groups = new Set([leader]);
  }

  /** Ends all processes, and resolves when none of them runs any more. A second call waits for the first. */
  end(gracePeriod: GracePeriod): Promise<void> {
    this.#ending ??= this.#end(gracePeriod);
    return this.#ending;
  }

  /** Kills all processes at once. Synchronous, so that it can run while this process exits. */
  kill(): void {
    this.#signalAll("SIGKILL");
  }

  async #end({ interruptMs, terminateMs }: GracePeriod): Promise<void> {
    await this.#interrupt(interruptMs);
    if (await this.#gone("SIGTERM", terminateMs)) return;
    await this.#gone("SIGKILL", KILL_MS);
  }

  /**
   * Sends SIGINT once to the command, but first to the processes that run in a terminal below it: cdktf exits on SIGINT and
   * closes the terminal of a Terraform that still has to write its state. Terraform aborts its work on a second SIGINT, so
   * each group gets only one. The command itself ends its other process groups.
   */
  async #interrupt(timeoutMs: number): Promise<void> {
    const told = new Set<number>();
    const until = Date.now() + timeoutMs;
    while (Date.now() < until) {
      const live = this.#live();
      const inTerminals = groupsOf(live.filter(({ terminal }) => terminal));
      const commandRuns = live.some(({ group }) => group === this.#leader);
      if (inTerminals.size === 0 && !commandRuns) return;
      for (const group of inTerminals.size > 0 ? inTerminals : [this.#leader]) {
        if (told.has(group)) continue;
        told.add(group);
        send(group, "SIGINT");
      }
      await delay(POLL_MS);
    }
  }

  async #gone(signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
    this.#signalAll(signal);
    const until = Date.now() + timeoutMs;
    while (this.#live().length > 0) {
      if (Date.now() >= until) return false;
      await delay(POLL_MS);
    }
    return true;
  }

  #signalAll(signal: NodeJS.Signals): void {
    for (const group of groupsOf(this.#live())) send(group, signal);
  }

  /** The processes that still run. Records each group that it sees, since an orphan's parent is no longer the command. */
  #live(): RunningProcess[] {
    const all = runningProcesses();
    const members = new Set<number>();
    // Parents may be listed after their children, so the search is repeated until it finds no more members.
    for (let before = -1; before !== members.size;) {
      before = members.size;
      for (const { pid, parent, group } of all) {
        if (!members.has(parent) && !this.#groups.has(group)) continue;
        members.add(pid);
        this.#groups.add(group);
      }
    }
    return all.filter(({ pid }) => members.has(pid));
  }
}

function groupsOf(processes: readonly RunningProcess[]): Set<number> {
  return new Set(processes.map(({ group }) => group));
}

function send(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // The group has ended in the meantime, or (on macOS) holds only zombies.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
