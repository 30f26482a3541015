import type { LobAccount } from "./account";
import type { Journal } from "./journal";
import type { Stacks } from "./stacks";
import type { Clock } from "./wait";

/** A line of business of the config; its stack has the same name. */
interface Lob {
  readonly name: string;
}

/** The environment that a teardown removes, and the means to do so. */
export interface TeardownContext {
  readonly environment: string;
  /** Path for messages. */
  readonly configFile: string;
  /** Whether the config keeps the users' data, as in production: `dataRetention` is `retain`. */
  readonly retain: boolean;
  readonly lobs: readonly Lob[];
  readonly stacks: Stacks;
  /**
   * What exists of a stack and is in no state, line by line, as a deploy that was cut off leaves it. Terraform cannot delete
   * it, and waits long for what it holds.
   */
  readonly outsideState: (stack: string) => Promise<readonly string[]>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly openLob: (name: string) => Promise<LobAccount>;
  readonly print: (text: string) => void;
  /** Asks the user; undefined without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly signal?: AbortSignal;
  /** Shows no progress. */
  readonly silent?: boolean;
}
