import { LongestPrefix } from "./cidr";
import type {
  AttachmentFact,
  DnsFirewallRuleFact,
  EndpointFact,
  NetworkAclFact,
  NetworkFacts,
  PrefixListFact,
  RouteTableFact,
  SecurityGroupFact,
  SubnetFact,
  TransitRouteFact,
  TransitRouteTableFact,
  VpcFact,
  ZoneFact,
} from "./facts";

/** The facts by id, so that a lookup costs the same with 2 spokes or 500. */
export interface FactsIndex {
  readonly vpcs: ReadonlyMap<string, VpcFact>;
  readonly prefixLists: ReadonlyMap<string, PrefixListFact>;
  /** By subnet. */
  readonly acls: ReadonlyMap<string, NetworkAclFact>;
  readonly subnets: ReadonlyMap<string, SubnetFact>;
  /** By subnet. */
  readonly ownTables: ReadonlyMap<string, RouteTableFact>;
  /** By VPC. */
  readonly mainTables: ReadonlyMap<string, RouteTableFact>;
  readonly groups: ReadonlyMap<string, SecurityGroupFact>;
  /** By VPC: its own zones, then those of its Route 53 Profile. */
  readonly zones: ReadonlyMap<string, readonly ZoneFact[]>;
  /** Rules of the DNS firewall in the order in which they are tried, by VPC. A VPC without a firewall has no entry. */
  readonly dnsRules: ReadonlyMap<string, readonly DnsFirewallRuleFact[]>;
  /** Interface endpoints with private DNS, by VPC. */
  readonly privateDns: ReadonlyMap<string, readonly EndpointFact[]>;
  /** Available gateway endpoints, by route table. */
  readonly gateways: ReadonlyMap<string, readonly EndpointFact[]>;
  /** By DNS name. */
  readonly endpointNames: ReadonlyMap<string, EndpointFact>;
  readonly attachments: ReadonlyMap<string, AttachmentFact>;
  /** By Transit Gateway and VPC, see {@link attachmentKey}. */
  readonly entries: ReadonlyMap<string, AttachmentFact>;
  /** By attachment. */
  readonly transitTables: ReadonlyMap<string, TransitRouteTableFact>;
  /** Static and propagated routes, by route table. A static route comes before a propagated one of equal length. */
  readonly transitRoutes: ReadonlyMap<string, LongestPrefix<TransitRouteFact>>;
}

/** An index stays valid because facts do not change: a changed network is read into new facts. */
const INDEXES = new WeakMap<NetworkFacts, FactsIndex>();

export function indexOf(facts: NetworkFacts): FactsIndex {
  const known = INDEXES.get(facts);
  if (known !== undefined) return known;
  const index = build(facts);
  INDEXES.set(facts, index);
  return index;
}

export function attachmentKey(transitGatewayId: string, vpcId: string): string {
  return `${transitGatewayId} ${vpcId}`;
}

function build(facts: NetworkFacts): FactsIndex {
  const attachments = byKey(facts.attachments, (fact) => [fact.attachmentId]);
  return {
    vpcs: byKey(facts.vpcs, (fact) => [fact.vpcId]),
    prefixLists: byKey(facts.prefixLists, (fact) => [fact.prefixListId]),
    acls: byKey(facts.networkAcls ?? [], (fact) => fact.subnetIds),
    subnets: byKey(facts.subnets, (fact) => [fact.subnetId]),
    ownTables: byKey(facts.routeTables, (fact) => fact.subnetIds),
    mainTables: byKey(
      facts.routeTables.filter(({ main }) => main),
      (fact) => [fact.vpcId],
    ),
    groups: byKey(facts.securityGroups, (fact) => [fact.groupId]),
    zones: zonesByVpc(facts),
    dnsRules: dnsRules(facts),
    privateDns: grouped(
      facts.endpoints.filter(({ type, privateDns }) => type === "Interface" && privateDns),
      (fact) => [fact.vpcId],
    ),
    gateways: grouped(
      facts.endpoints.filter(({ type, available }) => type === "Gateway" && available),
      (fact) => fact.routeTableIds,
    ),
    endpointNames: byKey(facts.endpoints, (fact) => fact.dnsNames),
    attachments,
    entries: byKey(facts.attachments, (fact) => [attachmentKey(fact.transitGatewayId, fact.vpcId)]),
    transitTables: byKey(facts.transitRouteTables, (fact) => fact.associated),
    transitRoutes: transitRoutes(facts, attachments),
  };
}

/** The first of several facts with the same key counts. */
function byKey<Fact>(
  facts: readonly Fact[],
  keysOf: (fact: Fact) => readonly string[],
): ReadonlyMap<string, Fact> {
  const map = new Map<string, Fact>();
  for (const fact of facts) {
    for (const key of keysOf(fact)) if (!map.has(key)) map.set(key, fact);
  }
  return map;
}

function grouped<Fact>(
  facts: readonly Fact[],
  keysOf: (fact: Fact) => readonly string[],
): ReadonlyMap<string, readonly Fact[]> {
  const map = new Map<string, Fact[]>();
  for (const fact of facts) {
    for (const key of keysOf(fact)) {
      const list = map.get(key);
      if (list === undefined) map.set(key, [fact]);
      else list.push(fact);
    }
  }
  return map;
}

function zonesByVpc({ zones }: NetworkFacts): FactsIndex["zones"] {
  const own = grouped(zones, (fact) => fact.vpcIds);
  const ofProfiles = grouped(zones, (fact) => fact.profileVpcIds ?? []);
  const vpcIds = new Set([...own.keys(), ...ofProfiles.keys()]);
  return new Map(
    [...vpcIds].map((vpcId) => [vpcId, [...(own.get(vpcId) ?? []), ...(ofProfiles.get(vpcId) ?? [])]]),
  );
}

function dnsRules({ dnsFirewalls }: NetworkFacts): FactsIndex["dnsRules"] {
  const groups = grouped(
    dnsFirewalls.toSorted((left, right) => left.priority - right.priority),
    ({ vpcId }) => [vpcId],
  );
  return new Map(
    [...groups].map(([vpcId, ofVpc]) => [
      vpcId,
      ofVpc.flatMap(({ rules }) => rules.toSorted((left, right) => left.priority - right.priority)),
    ]),
  );
}

function transitRoutes(
  facts: NetworkFacts,
  attachments: FactsIndex["attachments"],
): FactsIndex["transitRoutes"] {
  const vpcs = byKey(facts.vpcs, (fact) => [fact.vpcId]);
  return new Map(
    facts.transitRouteTables.map((table) => {
      const learnt = table.propagated.flatMap((attachmentId) => {
        const vpc = vpcs.get(attachments.get(attachmentId)?.vpcId ?? "");
        return (vpc?.cidrs ?? []).map((cidr) => ({ cidr, attachmentId }));
      });
      const routes = new LongestPrefix([...table.routes, ...learnt], ({ cidr }) => cidr);
      return [table.routeTableId, routes] as const;
    }),
  );
}
