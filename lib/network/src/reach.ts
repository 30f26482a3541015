import type { EndpointPath, NetworkPlace } from "./place";
import { addressIn } from "./cidr";
import type { EndpointFact, NetworkFacts, ResolverFact, SubnetFact } from "./facts";
import { indexOf } from "./facts-index";
import { resolveName, type Resolution } from "./name-resolution";
import { routeFor, routeTableOf, traceRoute, type RouteTrace } from "./routes";
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

/** Whether an HTTPS connection from the source to the host succeeds, and through which VPC endpoint. */
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

function fromInternet(resolution: Resolution): Reach {
  if (resolution.kind === "no_such_name") return noSuchName(resolution.reason);
  if (resolution.kind === "public") return { reached: true, endpoint: undefined, hops: resolution.hops };
  return unreachable(
    resolution.endpoint.vpcEndpointId,
    "the name resolves to private addresses, which the internet cannot reach",
  );
}

function fromCorporate(facts: NetworkFacts, resolver: ResolverFact, address: string, host: string): Reach {
  const resolution = resolveName(facts, resolver.vpcId, host);
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
    departure(facts, place, endpoint) ??
    admittance(facts, endpoint, address, sharedGroups(facts, place, endpoint)) ??
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
  for (const far of subnetsOf(facts, endpoint.subnetIds)) {
    const there = traceRoute(facts, subnet, {
      vpcId: endpoint.vpcId,
      address: addressIn(far.cidr, endpoint.vpcEndpointId),
    });
    if (!there.arrived) return there;
    const back = traceRoute(facts, far, { vpcId: subnet.vpcId, address });
    if (!back.arrived)
      return { ...back, reason: `no way back from ${endpoint.vpcEndpointId}: ${back.reason}` };
    for (const hop of [...there.hops, ...back.hops]) hops.add(hop);
  }
  if (hops.size === 0)
    return { arrived: false, hop: endpoint.vpcEndpointId, reason: "the endpoint is in no subnet" };
  return { arrived: true, hops: [...hops] };
}

function endpointFault(facts: NetworkFacts, endpoint: EndpointFact, host: string): Refused | undefined {
  const { vpcEndpointId: id, serviceName } = endpoint;
  if (!endpoint.available) return unreachable(id, "the endpoint is not available");
  const byItsOwnName = endpoint.dnsNames.includes(host);
  if (!byItsOwnName && !serves(serviceName, host))
    return unreachable(id, `${host} resolves to it, but it serves ${serviceName} of ${facts.region}`);
  return undefined;
}

/** Why the source's security groups refuse the connection, if they do. A source without groups (a machine) is not limited. */
function departure(facts: NetworkFacts, place: NetworkPlace, endpoint: EndpointFact): Refused | undefined {
  if (place.securityGroupIds.length === 0) return undefined;
  const far = subnetsOf(facts, endpoint.subnetIds);
  const groupIds = near(facts, place.vpcId, endpoint.vpcId) ? groupsOf(facts, endpoint) : [];
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
  if (groups.length > 0 && !admits(facts, groups, "egress", peer)) {
    const blocked = `its outbound rules do not allow TCP 443 to the public addresses of ${host}`;
    return unreachable(groups.join(", "), gateway ? blocked : `${resolved}, and ${blocked}`);
  }
  const address = addressIn(subnet.cidr, place.name);
  if (gateway) return arrive(gateway, address, [...hops, `gateway endpoint ${gateway.vpcEndpointId}`]);
  const trace = traceToInternet(facts, place, subnet);
  if (trace.arrived) return { reached: true, endpoint: undefined, hops: [...hops, ...trace.hops] };
  return unreachable(trace.hop, `${resolved} and ${place.vpcId} has no route there (${trace.reason})`);
}

/** A gateway endpoint works only for the route tables that it is in. */
function gatewayEndpointFor(facts: NetworkFacts, subnet: SubnetFact, host: string): EndpointFact | undefined {
  const tableId = routeTableOf(facts, subnet)?.routeTableId;
  const gateways = tableId === undefined ? [] : (indexOf(facts).gateways.get(tableId) ?? []);
  return gateways.find(({ serviceName }) => serves(serviceName, host));
}

function traceToInternet(facts: NetworkFacts, place: NetworkPlace, subnet: SubnetFact): RouteTrace {
  const table = routeTableOf(facts, subnet);
  const route = table && routeFor(table, SOME_PUBLIC_ADDRESS);
  if (!table || !route || route.blackhole)
    return { arrived: false, hop: place.vpcId, reason: `no route to the internet from ${subnet.subnetId}` };
  if (route.target.startsWith("nat-"))
    return { arrived: true, hops: [`${table.routeTableId}: to ${route.target}`] };
  const machine = place.securityGroupIds.length === 0;
  if (route.target.startsWith("igw-") && machine)
    return { arrived: true, hops: [`${table.routeTableId}: to ${route.target}`] };
  return {
    arrived: false,
    hop: table.routeTableId,
    reason: `the route of ${subnet.subnetId} to ${route.target} does not lead to the internet`,
  };
}

/** Stands for any public address. TEST-NET-3 is reserved for documentation, so no service has it. */
const SOME_PUBLIC_ADDRESS = "203.0.113.1";

function subnetsOf(facts: NetworkFacts, subnetIds: readonly string[]): readonly SubnetFact[] {
  const { subnets } = indexOf(facts);
  return subnetIds.flatMap((subnetId) => subnets.get(subnetId) ?? []);
}

function groupsOf(facts: NetworkFacts, endpoint: EndpointFact): readonly string[] {
  if (endpoint.securityGroupIds.length > 0) return endpoint.securityGroupIds;
  const fallback = defaultGroupOf(facts, endpoint.vpcId);
  return fallback ? [fallback.groupId] : [];
}

function sharedGroups(facts: NetworkFacts, place: NetworkPlace, endpoint: EndpointFact): readonly string[] {
  return near(facts, place.vpcId, endpoint.vpcId) ? place.securityGroupIds : [];
}

/** Security group rules can refer to groups of the same VPC, or of a VPC that is peered with it. */
function near(facts: NetworkFacts, left: string, right: string): boolean {
  if (left === right) return true;
  return facts.peerings.some(
    (peering) => peering.active && peering.vpcIds.includes(left) && peering.vpcIds.includes(right),
  );
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
