interface Kept<Answer> {
  readonly answer: Answer;
  readonly until: number;
}

/** Kept answers; more than this at a time means that nobody comes back for them. */
const LIMIT = 10_000;

/**
 * Answers of authorizers by identity. An answer holds for every method and path of the API, as in AWS: one that allows
 * a single path refuses the others until it expires.
 */
export class AuthorizerCache<Answer> {
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept<Answer>>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  get(key: string): Answer | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > this.#clock() ? kept.answer : undefined;
  }

  /** @param ttlSeconds - 0 keeps nothing */
  put(key: string, answer: Answer, ttlSeconds: number): void {
    if (ttlSeconds <= 0) return;
    if (this.#kept.size >= LIMIT) this.#kept.clear();
    this.#kept.set(key, { answer, until: this.#clock() + ttlSeconds * 1000 });
  }
}
