interface Kept<Output> {
  readonly output: Output;
  readonly until: number;
}

/** Most entries at a time; with more, most entries would never be used again. */
const LIMIT = 10_000;

/**
 * Outputs of authorizers by identity. As in AWS an output applies to every method and path of the API: an output that
 * allows a single path refuses the other paths until it expires.
 */
export class AuthorizerCache<Output> {
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept<Output>>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get(key: string): Output | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > this.#clock() ? kept.output : undefined;
  }

  /** @param ttlSeconds - with 0, the output is not cached */
  put(key: string, output: Output, ttlSeconds: number): void {
    if (ttlSeconds <= 0) return;
    if (this.#kept.size >= LIMIT) this.#kept.clear();
    this.#kept.set(key, { output, until: this.#clock() + ttlSeconds * 1000 });
  }
}
