import { setTimeout as delay } from "node:timers/promises";

/** The time, and a way to wait. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, { signal });
  },
};

/** Settings of a wait. */
export interface Waiting {
  readonly clock: Clock;
  /** Called with a short text that says what is waited for. */
  readonly report: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A wait exceeded its time limit; a later run may find the work done. */
export class WaitedTooLong extends Error {
  constructor(what: string, minutes: number, last: string) {
    super(
      `${what}: not done after ${minutes} minutes (${last}). Run the teardown again; it goes on from there.`,
    );
    this.name = "WaitedTooLong";
  }
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Calls `look` with growing pauses until nothing is left to wait for.
 *
 * @param look - does the work that is possible now; returns what is left as text, or undefined when nothing is
 * @throws {WaitedTooLong}
 */
export async function waitUntil(
  what: string,
  minutes: number,
  look: () => Promise<string | undefined>,
  { clock, report, signal }: Waiting,
): Promise<void> {
  const deadline = clock.now() + minutes * 60_000;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    const left = await look();
    if (left === undefined) return;
    report(left);
    if (clock.now() + pause > deadline) throw new WaitedTooLong(what, minutes, left);
    await clock.sleep(pause, signal);
  }
}
