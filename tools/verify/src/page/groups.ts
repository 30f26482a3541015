import { expectedProfile } from "../expect/profile-names";
import type { Config } from "@studio-access/config";

const SHARED = "shared";

/** Finds the line of business that an id belongs to. Only sorting and folding use it, so a wrong guess hides no cell. */
export class Groups {
  readonly names: readonly string[];
  readonly #byWord = new Map<string, number>();
  readonly #kindOfWord = new Map<string, string>();

  constructor({ linesOfBusiness, sharedServices }: Config) {
    this.names = [SHARED, ...linesOfBusiness.map(({ name }) => name)];
    // Users come first, so that a line of business's name or account replaces a user of the same name.
    for (const [index, { users }] of linesOfBusiness.entries())
      for (const user of users.map(expectedProfile)) this.#add(user, index + 1, "USER");
    for (const [index, { name, account }] of linesOfBusiness.entries()) {
      this.#add(name, index + 1, "LOB");
      if (account.id !== sharedServices.id) this.#add(account.id, index + 1, "ACCOUNT");
    }
  }

  /** @returns index into {@link names}; 0 for an id that belongs to no single line of business */
  of(id: string): number {
    for (const word of id.split(/[\s/:()]+/)) {
      const group = this.#byWord.get(word);
      if (group !== undefined) return group;
    }
    return 0;
  }

  /** The label with placeholders for its line of business, user and account: equal in all lines of business. */
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
