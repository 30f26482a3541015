/** Finds names among many, without going through all of them for each text. */
export class UserIndex {
  readonly #byLowerCase = new Map<string, string[]>();
  readonly #lengths: readonly number[];
  /** Those that are no name of a session. */
  readonly strange: readonly string[];

  constructor(readonly users: readonly string[]) {
    for (const user of users) {
      const lower = user.toLowerCase();
      this.#byLowerCase.set(lower, [...(this.#byLowerCase.get(lower) ?? []), user]);
    }
    this.strange = users.filter((user) => !/^[\w+=,.@-]{2,64}$/.test(user));
    this.#lengths = [...new Set([...this.#byLowerCase.keys()].map(({ length }) => length))];
  }

  /** Those equal to a text, but for case. */
  equal(text: string): readonly string[] {
    return this.#byLowerCase.get(text.toLowerCase()) ?? [];
  }

  /** Those that a text holds, but for case. */
  within(text: string): readonly string[] {
    const lower = text.toLowerCase();
    return this.#lengths.flatMap((length) =>
      Array.from({ length: Math.max(lower.length - length + 1, 0) }, (_, at) =>
        this.equal(lower.slice(at, at + length)),
      ).flat(),
    );
  }

  /** Those that a pattern with `*` and `?` matches. */
  matching(pattern: string): readonly string[] {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    const expression = new RegExp(`^${source}$`, "isu");
    return this.users.filter((user) => expression.test(user));
  }
}
