import type { AwsCall } from "../server/call";
import type { NetworkFacts } from "@studio-access/network";
import { isWrite } from "./write-call";

/** Services that the facts are read from. */
const NETWORK_SERVICES = new Set([
  "apigateway",
  "ec2",
  "route53",
  "route53profiles",
  "route53resolver",
  "ram",
]);

/**
 * Reads the facts of a region once and keeps them until a call changes the network. Reading takes some thirty calls,
 * and a request through the API needs the facts several times.
 */
export class FactsCache {
  readonly #read: (region: string) => Promise<NetworkFacts>;
  readonly #facts = new Map<string, Promise<NetworkFacts>>();

  constructor(read: (region: string) => Promise<NetworkFacts>) {
    this.#read = read;
  }

  async get(region: string): Promise<NetworkFacts> {
    const facts = this.#facts.get(region) ?? this.#read(region);
    this.#facts.set(region, facts);
    try {
      return await facts;
    } catch (error) {
      // The next call reads again.
      if (this.#facts.get(region) === facts) this.#facts.delete(region);
      throw error;
    }
  }

  /** Must see every successful call. Facts that are being read during a change are not cached. */
  observe(call: Pick<AwsCall, "service" | "operation" | "method">): void {
    if (NETWORK_SERVICES.has(call.service) && isWrite(call)) this.#facts.clear();
  }
}
