import type { LogLine } from "../logs/log-reader";
import { explain, type Explanation } from "./explanation";

export interface Waiting {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits before the next look. */
  readonly pause: () => Promise<void>;
  /** How long after its own time a line may still appear, in milliseconds. */
  readonly latestMs: number;
  /** Longest wait for late lines, in milliseconds. */
  readonly patienceMs: number;
}

/** Reads a request's log lines until they say what decided it, or until no more are to be expected. */
export async function settled(
  read: () => Promise<readonly LogLine[]>,
  { now, pause, latestMs, patienceMs }: Waiting,
): Promise<{ readonly lines: readonly LogLine[]; readonly explanation: Explanation }> {
  const end = now() + patienceMs;
  for (;;) {
    const lines = await read();
    const mayComeLate = lines.some(({ time }) => now() - time < latestMs);
    const explanation = explain(lines, mayComeLate);
    if (!mayComeLate || explanation.isOpen === undefined || now() >= end) return { lines, explanation };
    await pause();
  }
}
