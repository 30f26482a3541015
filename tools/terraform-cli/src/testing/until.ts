import { setTimeout as delay } from "node:timers/promises";

// Below the time that jest gives a test, so that the message comes from here.
const DEADLINE_MS = 4_500;
const POLL_MS = 20;

/** Waits for something that another process does. Fails the test when it does not come. */
export async function until<Value>(look: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`nothing came of ${look.toString()}`);
    await delay(POLL_MS);
  }
}
