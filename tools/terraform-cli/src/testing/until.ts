import { setTimeout as delay } from "node:timers/promises";

// Shorter than jest's timeout, so that the error message of this function is shown.
const DEADLINE_MS = 4_500;
const POLL_MS = 20;

/** Waits for an effect of another process. Fails the test when it does not occur in time. */
export async function until<Value>(look: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`nothing came of ${look.toString()}`);
    await delay(POLL_MS);
  }
}
