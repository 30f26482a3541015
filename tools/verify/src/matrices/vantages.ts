import {
  addressIn,
  admits,
  contains,
  type NetworkFacts,
  type NetworkPlace,
  type Source,
} from "@studio-access/network";

import type { Model } from "../model/model";

/** A place where a connection can start. */
export interface Vantage {
  readonly id: string;
  readonly source: Source;
  /** Why the resolver refuses DNS queries from here; undefined where it answers them. */
  readonly dnsRefusal?: string | undefined;
}

export const INTERNET = "internet";

/** Id of the corporate network behind the hub's resolver. */
export function corporateId(cidr: string): string {
  return `corporate ${cidr}`;
}

/** A machine in each VPC, each function and Studio domain in a VPC, the corporate networks, and the internet. */
export function vantagesOf({ facts, places }: Model, corporateCidrs: readonly string[]): readonly Vantage[] {
  return [
    ...networkIds(facts).map(([id, vpcId]) => ({ id, source: machineIn(facts, vpcId, id) })),
    ...places.map((place) => ({ id: place.name, source: { kind: "vpc", place, subnets: "all" } as const })),
    ...corporate(facts, corporateCidrs),
    { id: INTERNET, source: { kind: "internet" } },
  ];
}

/** Each VPC by its stack's name; a second VPC of a stack by its id as well. */
export function networkIds({ vpcs }: NetworkFacts): readonly (readonly [id: string, vpcId: string])[] {
  const seen = new Set<string>();
  return vpcs.map(({ stack = "?", vpcId }) => {
    const id = seen.has(stack) ? `${stack} (${vpcId})` : stack;
    seen.add(stack);
    return [id, vpcId] as const;
  });
}

function machineIn(facts: NetworkFacts, vpcId: string, id: string): Source {
  const place: NetworkPlace = {
    account: facts.vpcs.find((vpc) => vpc.vpcId === vpcId)?.account ?? "",
    vpcId,
    subnetIds: facts.subnets.filter((subnet) => subnet.vpcId === vpcId).map(({ subnetId }) => subnetId),
    securityGroupIds: [],
    name: `machine in ${id}`,
  };
  return { kind: "vpc", place, subnets: "any" };
}

function corporate(facts: NetworkFacts, cidrs: readonly string[]): readonly Vantage[] {
  const resolver = facts.resolvers.find(({ direction }) => direction === "INBOUND");
  if (resolver === undefined) return [];
  return cidrs.map((cidr) => {
    const address = addressIn(cidr, "corporate");
    const heard = answersDns(facts, resolver.securityGroupIds, address);
    const dnsRefusal = heard ? undefined : `the hub's resolver does not admit DNS from ${address}`;
    return { id: corporateId(cidr), source: { kind: "corporate", resolver, address }, dnsRefusal };
  });
}

/** Whether the groups admit DNS over UDP and over TCP; a DNS client needs TCP for long responses. */
function answersDns(facts: NetworkFacts, groupIds: readonly string[], address: string): boolean {
  const rules = facts.securityGroups
    .filter(({ groupId }) => groupIds.includes(groupId))
    .flatMap(({ ingress }) => ingress);
  return ["udp", "tcp"].every((protocol) =>
    rules.some(
      (rule) =>
        (rule.protocol === "-1" || rule.protocol === protocol) &&
        (rule.fromPort ?? 0) <= 53 &&
        (rule.toPort ?? 65_535) >= 53 &&
        rule.cidrs.some((cidr) => contains(cidr, address)),
    ),
  );
}

/** Whether a security group admits the whole internet. No vantage of the reach matrix would show it. */
export function openToInternet(facts: NetworkFacts, groupId: string): boolean {
  return admits(facts, [groupId], "ingress", { address: undefined, groupIds: [] });
}
