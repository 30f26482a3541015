import type { AwsCall } from "../server/call";
import { FactsCache } from "./facts-cache";
import { readFacts, type FactsSource } from "./facts-reader";
import {
  NotModelled,
  reach,
  sourceOf,
  type NetworkFacts,
  type Reach,
  type Source,
} from "@studio-access/network";

/** The deployed network, as it is now. */
export class Network {
  readonly #accounts = new Set<string>();
  readonly #cache: FactsCache;

  constructor(source: Omit<FactsSource, "region" | "accounts">) {
    this.#cache = new FactsCache((region) =>
      readFacts({ ...source, region, accounts: [...this.#accounts].sort() }),
    );
  }

  /** Must see every successful call: only accounts that were called can hold a part of the network. */
  observe(call: Pick<AwsCall, "account" | "service" | "operation" | "method">): void {
    this.#accounts.add(call.account);
    this.#cache.observe(call);
  }

  async facts(region: string): Promise<NetworkFacts> {
    return await this.#cache.get(region);
  }

  /** Whether an HTTPS connection to the host succeeds, and through which endpoint. What cannot be told is refused. */
  async reach(region: string, source: Source, host: string): Promise<Reach> {
    const facts = await this.facts(region);
    try {
      return reach(facts, source, host);
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      return {
        reached: false,
        kind: "no_way",
        hop: error.hop,
        reason: `the local AWS does not model this: ${error.message}`,
      };
    }
  }

  /**
   * Where requests from a vantage start.
   *
   * @throws {UnknownVantage}
   */
  async sourceOf(region: string, vantage: string): Promise<Source> {
    return sourceOf(await this.facts(region), vantage);
  }
}
