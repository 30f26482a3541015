import { setTimeout as delay } from "node:timers/promises";

/** Time, and how to let it pass. */
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

/** What a wait goes by. */
export interface Waiting {
  readonly clock: Clock;
  /** Told, in a few words, what is being waited for. */
  readonly report: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** It took longer than it should; a later run may find it done. */
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
 * Looks again and again until there is nothing left to wait for, with growing pauses.
 *
 * @param look - does what can be done, and says what is still to come, or undefined when nothing is
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
