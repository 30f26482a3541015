import type { EndpointPath, NetworkPlace } from "./place";
import { addressIn } from "./cidr";
import type { EndpointFact, NetworkFacts, ResolverFact, SubnetFact } from "./facts";
import { indexOf } from "./facts-index";
import { resolveName, type Resolution } from "./name-resolution";
import { aclFault } from "./network-acls";
import { NotModelled } from "./not-modelled";
import { traceToInternet } from "./public-way";
import { routeTableOf, stopped, traceRoute, type RouteTrace } from "./routes";
import { admits, defaultGroupOf } from "./security-groups";
import { normalName, serves } from "./service-names";

/** Where a connection starts. */
export type Source =
  /** Outside every deployed network; also a Lambda function without a VPC. */
  | { readonly kind: "internet" }
  | {
      readonly kind: "vpc";
      readonly place: NetworkPlace;
      /** Lambda runs a function in any of its subnets, so all must connect; a person picks a machine that connects. */
      readonly subnets: "all" | "any";
    }
  /** The corporate network behind the hub: the hub's inbound resolver resolves its names, and its addresses are its own. */
  | { readonly kind: "corporate"; readonly resolver: ResolverFact; readonly address: string };

/** The connection succeeds: through the endpoint, or over the public network where there is none. */
export interface Reached {
  readonly reached: true;
  readonly endpoint: EndpointPath | undefined;
  readonly hops: readonly string[];
}

export interface Refused {
  readonly reached: false;
  /** With `no_such_name` the client fails at once; with `no_way` its packets are dropped, and it waits for its timeout. */
  readonly kind: "no_such_name" | "no_way";
  /** Id of the resource that refuses the connection; `dns` when the name does not resolve. */
  readonly hop: string;
  /** One clause, for people. */
  readonly reason: string;
}

export type Reach = Reached | Refused;

/**
 * Whether an HTTPS connection from the source to the host succeeds, and through which VPC endpoint.
 *
 * @throws {NotModelled} where the facts and this library do not tell
 */
export function reach(facts: NetworkFacts, source: Source, hostname: string): Reach {
  const host = normalName(hostname);
  switch (source.kind) {
    case "internet":
      return fromInternet(resolveName(facts, undefined, host));
    case "corporate":
      return fromCorporate(facts, source.resolver, source.address, host);
    case "vpc":
      return fromVpc(facts, source.place, source.subnets, host);
  }
}

/** Whose a bare address is, and what answers there, is not known. */
function requireNoAddress(
  resolution: Resolution,
): asserts resolution is Exclude<Resolution, { readonly kind: "addresses" }> {
  if (resolution.kind === "addresses")
    throw new NotModelled(resolution.zoneId, `what answers at ${resolution.addresses.join(", ")}`);
}

function fromInternet(resolution: Resolution): Reach {
  requireNoAddress(resolution);
  if (resolution.kind === "no_such_name") return noSuchName(resolution.reason);
  if (resolution.kind === "public") return { reached: true, endpoint: undefined, hops: resolution.hops };
  return unreachable(
    resolution.endpoint.vpcEndpointId,
    "the name resolves to private addresses, which the internet cannot reach",
  );
}

function fromCorporate(facts: NetworkFacts, resolver: ResolverFact, address: string, host: string): Reach {
  const resolution = resolveName(facts, resolver.vpcId, host);
  requireNoAddress(resolution);
  if (resolution.kind === "no_such_name") return noSuchName(resolution.reason);
  if (resolution.kind === "public") return { reached: true, endpoint: undefined, hops: resolution.hops };
  const { endpoint, hops } = resolution;
  return (
    endpointFault(facts, endpoint, host) ??
    admittance(facts, endpoint, address, []) ??
    arrive(endpoint, address, hops)
  );
}

function fromVpc(facts: NetworkFacts, place: NetworkPlace, mode: "all" | "any", host: string): Reach {
  const resolution = resolveName(facts, place.vpcId, host);
  requireNoAddress(resolution);
  if (resolution.kind === "no_such_name") return noSuchName(resolution.reason);
  const subnets = subnetsOf(facts, place.subnetIds);
  const answers = subnets.map((subnet) =>
    resolution.kind === "public"
      ? toPublicName(facts, place, subnet, host, resolution.hops)
      : toEndpoint(facts, place, subnet, resolution.endpoint, host, resolution.hops),
  );
  const decisive = answers.find((answer) => answer.reached === (mode === "any"));
  return decisive ?? answers[0] ?? unreachable(place.vpcId, `${place.name} is in no subnet that exists`);
}

function toEndpoint(
  facts: NetworkFacts,
  place: NetworkPlace,
  subnet: SubnetFact,
  endpoint: EndpointFact,
  host: string,
  dnsHops: readonly string[],
): Reach {
  const fault = endpointFault(facts, endpoint, host);
  if (fault) return fault;
  const address = addressIn(subnet.cidr, place.name);
  const trip = roundTrip(facts, subnet, address, endpoint);
  if (!trip.arrived) return unreachable(trip.hop, trip.reason);
  return (
    departure(facts, place, endpoint, trip.over) ??
    admittance(facts, endpoint, address, sharedGroups(facts, place, endpoint, trip.over)) ??
    arrive(endpoint, address, [...dnsHops, ...trip.hops])
  );
}

/** Traces the routes to every subnet of the endpoint and back, because DNS can return the address in any of them. */
function roundTrip(
  facts: NetworkFacts,
  subnet: SubnetFact,
  address: string,
  endpoint: EndpointFact,
): RouteTrace {
  const hops = new Set<string>();
  let over: Over = "local";
  for (const far of subnetsOf(facts, endpoint.subnetIds)) {
    const there = traceRoute(facts, subnet, {
      vpcId: endpoint.vpcId,
      address: addressIn(far.cidr, endpoint.vpcEndpointId),
    });
    if (!there.arrived) return there;
    const back = traceRoute(facts, far, { vpcId: subnet.vpcId, address });
    if (!back.arrived)
      return { ...back, reason: `no way back from ${endpoint.vpcEndpointId}: ${back.reason}` };
    const fault =
      subnet.subnetId === far.subnetId ? undefined : aclFaultBetween(facts, subnet, address, far, endpoint);
    if (fault) return stopped(fault.hop, fault.reason);
    for (const hop of [...there.hops, ...back.hops]) hops.add(hop);
    if (there.over !== "local") over = there.over;
  }
  if (hops.size === 0)
    return { arrived: false, hop: endpoint.vpcEndpointId, reason: "the endpoint is in no subnet" };
  return { arrived: true, hops: [...hops], over };
}

type Over = Extract<RouteTrace, { readonly arrived: true }>["over"];

/** Packets within a subnet meet no network ACL, packets between two meet both. */
function aclFaultBetween(
  facts: NetworkFacts,
  near: SubnetFact,
  address: string,
  far: SubnetFact,
  { vpcEndpointId }: EndpointFact,
): ReturnType<typeof aclFault> {
  const farAddress = addressIn(far.cidr, vpcEndpointId);
  return (
    aclFault(facts, { subnet: near, address: farAddress, client: true }) ??
    aclFault(facts, { subnet: far, address, client: false })
  );
}

function endpointFault(facts: NetworkFacts, endpoint: EndpointFact, host: string): Refused | undefined {
  const { vpcEndpointId: id, serviceName } = endpoint;
  if (!endpoint.available) return unreachable(id, "the endpoint is not available");
  const named = [...endpoint.dnsNames, ...(endpoint.domainNames ?? [])].includes(host);
  if (!named && !serves(serviceName, host))
    return unreachable(id, `${host} resolves to it, but it serves ${serviceName} of ${facts.region}`);
  return undefined;
}

/** Why the source's security groups refuse the connection, if they do. A source without groups (a machine) is not limited. */
function departure(
  facts: NetworkFacts,
  place: NetworkPlace,
  endpoint: EndpointFact,
  over: Over,
): Refused | undefined {
  if (place.securityGroupIds.length === 0) return undefined;
  const far = subnetsOf(facts, endpoint.subnetIds);
  // A Transit Gateway lets inbound rules alone refer to groups of another VPC.
  const groupIds = over === "transit" ? [] : groupsOf(facts, endpoint);
  const blocked = far.find((subnet) => {
    const address = addressIn(subnet.cidr, endpoint.vpcEndpointId);
    return !admits(facts, place.securityGroupIds, "egress", { address, groupIds });
  });
  if (!blocked) return undefined;
  return unreachable(
    place.securityGroupIds.join(", "),
    `its outbound rules do not allow TCP 443 to ${endpoint.vpcEndpointId} in ${blocked.cidr}`,
  );
}

function admittance(
  facts: NetworkFacts,
  endpoint: EndpointFact,
  address: string,
  peerGroups: readonly string[],
): Refused | undefined {
  const groups = groupsOf(facts, endpoint);
  if (admits(facts, groups, "ingress", { address, groupIds: peerGroups })) return undefined;
  return unreachable(
    groups.join(", "),
    `the security group of ${endpoint.vpcEndpointId} does not allow TCP 443 from ${address}`,
  );
}

function toPublicName(
  facts: NetworkFacts,
  place: NetworkPlace,
  subnet: SubnetFact,
  host: string,
  hops: readonly string[],
): Reach {
  const gateway = gatewayEndpointFor(facts, subnet, host);
  const peer = { address: undefined, groupIds: [], ...(gateway && { prefixListName: gateway.serviceName }) };
  const resolved = `no private zone for that name is associated with ${place.vpcId}; the name resolves to a public address`;
  const groups = place.securityGroupIds;
  // Routes come first: where there is no way at all, it does not matter which public addresses the rules hold.
  const trace = gateway ? undefined : traceToInternet(facts, subnet, groups.length === 0);
  if (trace?.arrived === false)
    return unreachable(trace.hop, `${resolved} and ${place.vpcId} has no route there (${trace.reason})`);
  if (groups.length > 0 && !admits(facts, groups, "egress", peer)) {
    const blocked = `its outbound rules do not allow TCP 443 to the public addresses of ${host}`;
    return unreachable(groups.join(", "), gateway ? blocked : `${resolved}, and ${blocked}`);
  }
  const fault = aclFault(facts, { subnet, address: undefined, client: true });
  if (fault) return unreachable(fault.hop, fault.reason);
  if (gateway) {
    const address = addressIn(subnet.cidr, place.name);
    return arrive(gateway, address, [...hops, `gateway endpoint ${gateway.vpcEndpointId}`]);
  }
  return { reached: true, endpoint: undefined, hops: [...hops, ...(trace?.hops ?? [])] };
}

/** A gateway endpoint works only for the route tables that it is in. */
function gatewayEndpointFor(facts: NetworkFacts, subnet: SubnetFact, host: string): EndpointFact | undefined {
  const tableId = routeTableOf(facts, subnet)?.routeTableId;
  const gateways = tableId === undefined ? [] : (indexOf(facts).gateways.get(tableId) ?? []);
  return gateways.find(({ serviceName }) => serves(serviceName, host));
}

function subnetsOf(facts: NetworkFacts, subnetIds: readonly string[]): readonly SubnetFact[] {
  const { subnets } = indexOf(facts);
  return subnetIds.flatMap((subnetId) => subnets.get(subnetId) ?? []);
}

function groupsOf(facts: NetworkFacts, endpoint: EndpointFact): readonly string[] {
  if (endpoint.securityGroupIds.length > 0) return endpoint.securityGroupIds;
  const fallback = defaultGroupOf(facts, endpoint.vpcId);
  return fallback ? [fallback.groupId] : [];
}

/**
 * The groups of the source that rules of the endpoint can refer to: within the VPC and over a peering; over a Transit Gateway
 * only with its security group referencing, which is not modelled.
 *
 * Sources: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html,
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
 */
function sharedGroups(
  facts: NetworkFacts,
  place: NetworkPlace,
  endpoint: EndpointFact,
  over: Over,
): readonly string[] {
  if (over !== "transit") return place.securityGroupIds;
  const ends = facts.attachments.filter(({ vpcId }) => vpcId === place.vpcId || vpcId === endpoint.vpcId);
  if (!ends.some(({ securityGroupReferencing }) => securityGroupReferencing === true)) return [];
  const { groups } = indexOf(facts);
  const named = groupsOf(facts, endpoint)
    .flatMap((groupId) => groups.get(groupId)?.ingress ?? [])
    .some(({ groupIds }) => groupIds.some((groupId) => place.securityGroupIds.includes(groupId)));
  if (named)
    throw new NotModelled(endpoint.vpcEndpointId, "security group referencing over a Transit Gateway");
  return [];
}

function arrive(endpoint: EndpointFact, sourceIp: string, hops: readonly string[]): Reached {
  const { vpcEndpointId, vpcId } = endpoint;
  return { reached: true, endpoint: { vpcEndpointId, vpcId, sourceIp }, hops: [...hops, vpcEndpointId] };
}

function noSuchName(reason: string): Refused {
  return { reached: false, kind: "no_such_name", hop: "dns", reason };
}

function unreachable(hop: string, reason: string): Refused {
  return { reached: false, kind: "no_way", hop, reason };
}
