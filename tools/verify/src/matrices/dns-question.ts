import { dnsVerdict, type NetworkFacts, type Source } from "@studio-access/network";

import type { CellResult } from "./matrix";
import type { Vantage } from "./vantages";

export const STAYS = "stays in the network";
export const LEAVES = "leaves the network";

/** A name that only a stranger's name server can answer. `.example` is reserved, so that no list has it by chance. */
const STRANGERS_NAME = "stolen-data.stranger.example";

/** Whether DNS leads out: a query for a stranger's name carries data to the stranger, with or without a route. */
export function dnsLeadsOut({ source, dnsRefusal }: Vantage, facts: NetworkFacts): CellResult {
  if (dnsRefusal !== undefined) return { outcome: STAYS, reason: dnsRefusal };
  const vpcId = resolverOf(source);
  if (vpcId === undefined) return { outcome: LEAVES, reason: "on the internet every name resolves" };
  const verdict = dnsVerdict(facts, vpcId, STRANGERS_NAME);
  if (!verdict.allowed) return { outcome: STAYS, reason: verdict.reason };
  const why =
    verdict.rule === undefined
      ? `no rule of a DNS firewall of ${vpcId} blocks`
      : `a rule of the DNS firewall of ${vpcId} lets through`;
  return { outcome: LEAVES, reason: `${why} ${STRANGERS_NAME}` };
}

/** The VPC whose resolver answers; undefined on the public internet. */
function resolverOf(source: Source): string | undefined {
  switch (source.kind) {
    case "vpc":
      return source.place.vpcId;
    case "corporate":
      return source.resolver.vpcId;
    case "internet":
      return undefined;
  }
}
