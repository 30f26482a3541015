import { addressIn, overlap } from "./cidr";
import type { NetworkFacts, ResolverFact, RuleFact } from "./facts";
import type { Source } from "./reach";

/** The vantage of requests that name none: the developer's machine stands for a corporate user's. */
export const DEFAULT_VANTAGE = "on-premise";
/** The vantage outside every deployed network. */
export const INTERNET = "internet";
/** Source address of requests from the internet. TEST-NET-3 is reserved for documentation. */
export const ADDRESS_ON_THE_INTERNET = "203.0.113.10";

/** No vantage has the given name. The message lists those that exist. */
export class UnknownVantage extends Error {
  override readonly name = "UnknownVantage";

  constructor(vantage: string, known: readonly string[]) {
    super(`unknown vantage ${JSON.stringify(vantage)}: use one of ${known.join(", ")}`);
  }
}

/**
 * The source of connections from a vantage: `internet`, or the name of a stack that has a VPC. `on-premise` is the
 * corporate network behind the hub unless a VPC of that name is deployed.
 *
 * @throws {UnknownVantage}
 */
export function sourceOf(facts: NetworkFacts, vantage: string): Source {
  if (vantage === INTERNET) return { kind: "internet" };
  const vpc = facts.vpcs.find((candidate) => candidate.stack === vantage);
  if (vpc) {
    const { account, vpcId } = vpc;
    const subnetIds = facts.subnets
      .filter((subnet) => subnet.vpcId === vpcId)
      .map((subnet) => subnet.subnetId);
    return {
      kind: "vpc",
      place: { account, vpcId, subnetIds, securityGroupIds: [], name: `vantage ${vantage}` },
      subnets: "any",
    };
  }
  const resolver = facts.resolvers.find((candidate) => candidate.direction === "INBOUND");
  if (vantage === DEFAULT_VANTAGE && resolver)
    return { kind: "corporate", resolver, address: corporateAddress(facts, resolver) };
  throw new UnknownVantage(vantage, vantagesOf(facts));
}

/** The names of all vantages of the deployed network. */
export function vantagesOf(facts: NetworkFacts): string[] {
  const stacks = facts.vpcs.flatMap((vpc) => vpc.stack ?? []);
  const corporate = facts.resolvers.some((resolver) => resolver.direction === "INBOUND")
    ? [DEFAULT_VANTAGE]
    : [];
  return [...new Set([...corporate, ...stacks, INTERNET])];
}

/**
 * An address in the corporate network. Only the security group of the hub's inbound resolver names that network: it is the
 * block that the group's rules admit and that belongs to no VPC.
 */
function corporateAddress(facts: NetworkFacts, resolver: ResolverFact): string {
  const groups = facts.securityGroups.filter((group) => resolver.securityGroupIds.includes(group.groupId));
  const admitted = groups.flatMap((group) => group.ingress.filter(coversDns)).flatMap((rule) => rule.cidrs);
  const ofVpcs = facts.vpcs.flatMap((vpc) => vpc.cidrs);
  const foreign = admitted.find((cidr) => !ofVpcs.some((block) => overlap(cidr, block)));
  return addressIn(foreign ?? admitted[0] ?? UNUSED_BLOCK, DEFAULT_VANTAGE);
}

function coversDns(rule: RuleFact): boolean {
  return rule.protocol === "-1" || ((rule.fromPort ?? 0) <= 53 && 53 <= (rule.toPort ?? 65_535));
}

/** TEST-NET-2 is reserved for documentation, so no rule admits it by chance. */
const UNUSED_BLOCK = "198.51.100.0/24";
