import type { Sandbox } from "./sandbox";

/** The part of a sandbox that the pool uses. */
export type Pooled = Pick<Sandbox, "alive" | "invoke" | "stop">;

export interface PoolOptions<Item extends Pooled> {
  /** Starts one more process. */
  readonly start: () => Promise<Item>;
  /** Whether a warm process can still be used: its credentials must be valid long enough. */
  readonly isFresh: (item: Item) => boolean;
  /** Most processes at a time; further invocations wait. */
  readonly limit: number;
}

/** The processes of one function. Each runs one invocation at a time, and the most recently used one is used first. */
export class SandboxPool<Item extends Pooled> {
  readonly #options: PoolOptions<Item>;
  readonly #idle: Item[] = [];
  readonly #busy = new Set<Item>();
  readonly #waiting: (() => void)[] = [];
  #starting = 0;
  #stopped = false;

  constructor(options: PoolOptions<Item>) {
    this.#options = options;
  }

  async use<Result>(work: (item: Item) => Promise<Result>): Promise<Result> {
    const item = await this.#take();
    this.#busy.add(item);
    try {
      return await work(item);
    } finally {
      this.#busy.delete(item);
      await this.#giveBack(item);
    }
  }

  /** Ends every process, even during an invocation. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const items = [...this.#idle.splice(0), ...this.#busy];
    await Promise.all(items.map((item) => item.stop()));
    while (this.#wakeOne());
  }

  /** Ends the idle processes at once, and each other one after its invocation. */
  async retire(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#idle.splice(0).map((item) => item.stop()));
  }

  async #take(): Promise<Item> {
    for (;;) {
      const warm = this.#idle.pop();
      if (warm && warm.alive && this.#options.isFresh(warm)) return warm;
      if (warm) await warm.stop();
      else if (this.#busy.size + this.#starting < this.#options.limit) return await this.#start();
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async #start(): Promise<Item> {
    this.#starting += 1;
    try {
      return await this.#options.start();
    } catch (error) {
      this.#wakeOne();
      throw error;
    } finally {
      this.#starting -= 1;
    }
  }

  async #giveBack(item: Item): Promise<void> {
    if (item.alive && !this.#stopped) this.#idle.push(item);
    else await item.stop();
    this.#wakeOne();
  }

  #wakeOne(): boolean {
    const next = this.#waiting.shift();
    next?.();
    return next !== undefined;
  }
}
