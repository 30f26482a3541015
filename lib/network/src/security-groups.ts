import { contains, publicCoverage } from "./cidr";
import { indexOf } from "./facts-index";
import type { NetworkFacts, RuleFact, SecurityGroupFact } from "./facts";
import { NotModelled } from "./not-modelled";

const HTTPS = 443;

/** The other side of a connection, as a security group rule can name it. */
export interface Peer {
  /** IPv4 address; undefined for one of AWS's public addresses. */
  readonly address: string | undefined;
  /** The peer's security groups, where a rule can refer to them: within the VPC, or over a peering. */
  readonly groupIds: readonly string[];
  /** Name of the AWS prefix list that holds the address: `com.amazonaws.eu-west-1.dynamodb`. */
  readonly prefixListName?: string;
}

/**
 * Whether a rule of one of the groups allows an HTTPS connection with the peer. An unknown public address is held by inbound
 * rules that together hold all of them; outbound rules must hold all or none, since a service can have any of them.
 *
 * @throws {NotModelled} where outbound rules hold some public addresses and not others
 */
export function admits(
  facts: NetworkFacts,
  groupIds: readonly string[],
  direction: "ingress" | "egress",
  peer: Peer,
): boolean {
  const { groups: all } = indexOf(facts);
  const groups = groupIds.flatMap((groupId) => all.get(groupId) ?? []);
  const rules = groups.flatMap((group) => group[direction].filter(coversHttps));
  if (rules.some((rule) => covers(facts, rule, peer))) return true;
  if (peer.address !== undefined) return false;
  const coverage = publicCoverage(rules.flatMap((rule) => blocksOf(facts, rule)));
  if (coverage === "part" && direction === "egress")
    throw new NotModelled(
      groupIds.join(", "),
      `its ${direction} rules hold some public addresses and not others`,
    );
  return coverage === "all";
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
  const { prefixLists } = indexOf(facts);
  if (
    rule.prefixListIds.some((id) => prefixLists.get(id)?.name === peer.prefixListName && peer.prefixListName)
  )
    return true;
  const { address } = peer;
  return address !== undefined && blocksOf(facts, rule).some((cidr) => contains(cidr, address));
}

function blocksOf(facts: NetworkFacts, { cidrs, prefixListIds }: RuleFact): readonly string[] {
  const { prefixLists } = indexOf(facts);
  const listed = prefixListIds.flatMap((id) => prefixLists.get(id)?.cidrs ?? []);
  return [...cidrs, ...listed].filter((cidr) => !cidr.includes(":"));
}
