import { setTimeout as delay } from "node:timers/promises";

const DEADLINE_MS = 10_000;
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
