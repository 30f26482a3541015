import { stripVTControlCharacters } from "node:util";

/** The progress of one stack. */
export interface StackProgress {
  readonly stack: string;
  readonly total: number;
  readonly done: number;
  readonly state: "waiting" | "running" | "done";
  /** Seconds from its first resource to its last line so far. */
  readonly seconds: number;
}

/** Reads cdktf's plain output: batches of lines, of which the first starts with the stack's name. */
export class DeployProgress {
  readonly #stacks: Map<
    string,
    { total: number; done: Set<string>; started?: number; ended?: number; finished: boolean }
  >;
  readonly #now: () => number;
  #current = "";

  /** @param totals number of resources of each stack */
  constructor(totals: ReadonlyMap<string, number>, now: () => number = Date.now) {
    this.#now = now;
    this.#stacks = new Map(
      [...totals].map(([stack, total]) => [stack, { total, done: new Set(), finished: false }]),
    );
  }

  read(line: string): void {
    const [, name = "", text = ""] = /^(\S*)\s+(.*)$/.exec(stripVTControlCharacters(line)) ?? [];
    // The first line of a batch names the stack; those below it are indented.
    if (name !== "") this.#current = name;
    const stack = this.#stacks.get(this.#current);
    if (stack === undefined) return;
    // The time starts with the first resource: before that, the stack is planned or waits for another one.
    if (/: (?:Creating|Modifying|Destroying)\.\.\./.test(text)) stack.started ??= this.#now();
    stack.ended = this.#now();
    const [, address] =
      /^(\S+)(?: \([^)]*\))?: (?:Creation|Modifications|Destruction) complete/.exec(text) ?? [];
    if (address !== undefined) stack.done.add(address);
    if (/^(?:Apply|Destroy) complete!/.test(text)) stack.finished = true;
  }

  get stacks(): readonly StackProgress[] {
    return [...this.#stacks].map(([stack, { total, done, started, ended, finished }]) => ({
      stack,
      total,
      done: done.size,
      state: finished ? "done" : started === undefined ? "waiting" : "running",
      seconds: started === undefined || ended === undefined ? 0 : (ended - started) / 1000,
    }));
  }

  /** The progress of all stacks in one line. */
  get text(): string {
    return this.stacks
      .map(({ stack, total, done, state }) =>
        state === "done" ? `${stack} done` : `${stack} ${done}/${total}`,
      )
      .join(" · ");
  }
}
