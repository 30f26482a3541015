import type { LogLine } from "../logs/log-reader";
import { explain, mayComeLate, type Explanation } from "./explanation";

export interface Waiting {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits before the next look. */
  readonly pause: () => Promise<void>;
  /** Longest wait for late lines, in milliseconds. */
  readonly patienceMs: number;
}

/** Reads a request's log lines until they say what decided it, or until the patience ends. No lines at all are not waited for. */
export async function settled(
  read: () => Promise<readonly LogLine[]>,
  { now, pause, patienceMs }: Waiting,
): Promise<{ readonly lines: readonly LogLine[]; readonly explanation: Explanation }> {
  const end = now() + patienceMs;
  for (;;) {
    const lines = await read();
    const explanation = explain(lines, now());
    const waits = explanation.isOpen === true && mayComeLate(lines, now()) && now() < end;
    if (!waits) return { lines, explanation };
    await pause();
  }
}
