import { contains } from "./cidr";
import { indexOf } from "./facts-index";
import type { NetworkFacts, RuleFact, SecurityGroupFact } from "./facts";

const HTTPS = 443;

/** The other side of a connection, as a security group rule can name it. */
export interface Peer {
  /** IPv4 address; undefined for one of AWS's public addresses. */
  readonly address: string | undefined;
  /** The peer's security groups, where a rule can refer to them: in the same VPC or in a peered one. */
  readonly groupIds: readonly string[];
  /** Name of the AWS prefix list that holds the address: `com.amazonaws.eu-west-1.dynamodb`. */
  readonly prefixListName?: string;
}

/** Whether a rule of one of the groups allows an HTTPS connection with the peer. */
export function admits(
  facts: NetworkFacts,
  groupIds: readonly string[],
  direction: "ingress" | "egress",
  peer: Peer,
): boolean {
  const { groups: all } = indexOf(facts);
  const groups = groupIds.flatMap((groupId) => all.get(groupId) ?? []);
  return groups.some((group) =>
    group[direction].some((rule) => coversHttps(rule) && covers(facts, rule, peer)),
  );
}

/** The default group of a VPC, which an endpoint or function without groups of its own has. */
export function defaultGroupOf(facts: NetworkFacts, vpcId: string): SecurityGroupFact | undefined {
  return facts.securityGroups.find((group) => group.vpcId === vpcId && group.groupName === "default");
}

function coversHttps(rule: RuleFact): boolean {
  if (rule.protocol === "-1") return true;
  if (rule.protocol !== "tcp" && rule.protocol !== "6") return false;
  return (rule.fromPort ?? 0) <= HTTPS && HTTPS <= (rule.toPort ?? 65_535);
}

function covers(facts: NetworkFacts, rule: RuleFact, peer: Peer): boolean {
  if (rule.groupIds.some((groupId) => peer.groupIds.includes(groupId))) return true;
  const lists = facts.prefixLists.filter((list) => rule.prefixListIds.includes(list.prefixListId));
  if (lists.some((list) => list.name === peer.prefixListName)) return true;
  const { address } = peer;
  // The public address is not known, so only a rule for all addresses is sure to cover it.
  if (address === undefined) return rule.cidrs.includes("0.0.0.0/0");
  return [...rule.cidrs, ...lists.flatMap((list) => list.cidrs)].some((cidr) => contains(cidr, address));
}
