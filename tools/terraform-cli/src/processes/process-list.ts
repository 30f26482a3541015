import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A running process; zombies are left out. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Whether it has a controlling terminal. */
  readonly terminal: boolean;
}

/** Every process that this one may see. Synchronous, so that it works while this process exits. */
export function runningProcesses(): RunningProcess[] {
  return existsSync("/proc/self/stat") ? fromProc() : fromPs();
}

function fromProc(): RunningProcess[] {
  const found: RunningProcess[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const process = parseStat(Number(name), readStat(name));
    if (process !== undefined) found.push(process);
  }
  return found;
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return ""; // The process has ended since the folder was listed.
  }
}

/** Parses `PID (NAME) STATE PARENT GROUP SESSION TERMINAL …`. The name may hold parentheses, so the last one ends it. */
export function parseStat(pid: number, stat: string): RunningProcess | undefined {
  const [state, parent, group, , terminal] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return entry(pid, { parent, group, state, terminal: terminal !== "0" });
}

function fromPs(): RunningProcess[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,tty="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => parsePsLine(line) ?? []);
}

/** One line of `ps -o pid=,ppid=,pgid=,stat=,tty=`. */
export function parsePsLine(line: string): RunningProcess | undefined {
  const [pid, parent, group, state, terminal = "?"] = line.trim().split(/\s+/);
  return entry(Number(pid), { parent, group, state, terminal: !terminal.startsWith("?") });
}

interface Columns {
  readonly parent: string | undefined;
  readonly group: string | undefined;
  readonly state: string | undefined;
  readonly terminal: boolean;
}

function entry(pid: number, { parent, group, state, terminal }: Columns): RunningProcess | undefined {
  if (!parent || !group || !state || /^[ZX]/.test(state)) return undefined;
  return { pid, parent: Number(parent), group: Number(group), terminal };
}
