import { randomBytes } from "node:crypto";

interface Entry<Value> {
  readonly value: Value;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Values by random keys that nobody can guess, each for a limited time. */
export class ExpiringStore<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @returns the key */
  put(value: Value, seconds: number): string {
    const key = randomBytes(24).toString("base64url");
    this.#entries.set(key, { value, expiresAt: this.#clock() + seconds * 1000 });
    return key;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.expiresAt > this.#clock() ? entry.value : undefined;
  }

  /** The value, which is gone afterwards. */
  take(key: string): Value | undefined {
    const value = this.get(key);
    this.delete(key);
    return value;
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
