import type { Config } from "@studio-access/config";

const SHARED = "shared";

/** Which line of business an id speaks of: for sorting and folding alone, so a wrong guess hides nothing. */
export class Groups {
  readonly names: readonly string[];
  readonly #byWord = new Map<string, number>();
  readonly #kindOfWord = new Map<string, string>();

  constructor({ linesOfBusiness, sharedServices }: Config) {
    this.names = [SHARED, ...linesOfBusiness.map(({ name }) => name)];
    // Users first: a line of business's name and account win over a user who is called the same.
    for (const [index, { users }] of linesOfBusiness.entries())
      for (const user of users) this.#add(user, index + 1, "USER");
    for (const [index, { name, account }] of linesOfBusiness.entries()) {
      this.#add(name, index + 1, "LOB");
      if (account.id !== sharedServices.id) this.#add(account.id, index + 1, "ACCOUNT");
    }
  }

  /** @returns index into {@link names}; 0 for what belongs to no single line of business */
  of(id: string): number {
    for (const word of id.split(/[\s/:()]+/)) {
      const group = this.#byWord.get(word);
      if (group !== undefined) return group;
    }
    return 0;
  }

  /** The text with the names of its line of business left open: the same for all that are made alike. */
  shapeOf(label: string, id: string): string {
    const lob = this.names[this.of(id)] ?? "";
    const named = this.of(id) === 0 ? label : label.replaceAll(new RegExp(`\\b${lob}\\b(?=-)`, "g"), "LOB");
    return named.replaceAll(/[^\s/:()]+/g, (word) => this.#kindOfWord.get(word) ?? word);
  }

  #add(word: string, group: number, kind: string): void {
    this.#byWord.set(word, group);
    this.#kindOfWord.set(word, kind);
  }
}
