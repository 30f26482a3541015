import { contains, prefixLength } from "./cidr";
import { attachmentKey, indexOf } from "./facts-index";
import { allowsEverything } from "./network-acls";
import { NotModelled } from "./not-modelled";
import type { NetworkFacts, RouteFact, RouteTableFact, SubnetFact, TransitRouteTableFact } from "./facts";

/** The hops of a packet that arrives, or the hop that drops it and why. */
export type RouteTrace =
  | {
      readonly arrived: true;
      readonly hops: readonly string[];
      /** What it left its VPC over. Security groups of the other side can be named within a VPC and over a peering alone. */
      readonly over: "local" | "peering" | "transit" | "internet";
    }
  | { readonly arrived: false; readonly hop: string; readonly reason: string };

/** The destination of a packet: an address in a VPC. */
export interface Destination {
  readonly vpcId: string;
  readonly address: string;
}

/** Traces a packet from a subnet to an address in a VPC: by the route table, then by peering or Transit Gateway. */
export function traceRoute(facts: NetworkFacts, from: SubnetFact, to: Destination): RouteTrace {
  const table = routeTableOf(facts, from);
  if (!table) return stopped(from.subnetId, "the subnet has no route table");
  const route = routeFor(facts, table, to.address);
  if (!route)
    return stopped(table.routeTableId, `the route table of ${from.subnetId} has no route to ${to.address}`);
  const here = `${table.routeTableId}: ${route.destination} to ${route.target}`;
  if (route.blackhole)
    return stopped(table.routeTableId, `its route for ${route.destination} is a blackhole`);
  const step = { from, vpcId: from.vpcId, here, to };
  if (route.target === "local") return local(step);
  if (route.target.startsWith("pcx-")) return overPeering(facts, route.target, step);
  if (route.target.startsWith("tgw-")) return overTransitGateway(facts, route.target, step);
  return stopped(
    table.routeTableId,
    `its route for ${route.destination} leads to ${route.target}, which does not lead to ${to.vpcId}`,
  );
}

/** The route table that a subnet uses: the one it is associated with, else the main one of its VPC. */
export function routeTableOf(facts: NetworkFacts, subnet: SubnetFact): RouteTableFact | undefined {
  const { ownTables, mainTables } = indexOf(facts);
  return ownTables.get(subnet.subnetId) ?? mainTables.get(subnet.vpcId);
}

/**
 * The most specific route that matches the address; of equal blocks, a route to the block itself before one to a prefix list.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 *
 * @throws {NotModelled} where two prefix lists hold the same block: "we randomly choose which route takes priority"
 */
export function routeFor(facts: NetworkFacts, table: RouteTableFact, address: string): RouteFact | undefined {
  const matching = table.routes.flatMap((route) =>
    blocksOf(facts, table, route)
      .filter((cidr) => contains(cidr, address))
      .map((cidr) => ({ route, length: prefixLength(cidr) })),
  );
  const length = Math.max(...matching.map((match) => match.length));
  const routes = matching.filter((match) => match.length === length).map(({ route }) => route);
  const own = routes.find(({ destination }) => destination.includes("/"));
  if (own === undefined && routes.some(({ target }) => target !== routes[0]?.target))
    throw new NotModelled(table.routeTableId, `which of its prefix lists takes ${address}`);
  return own ?? routes[0];
}

/** The IPv4 blocks that a route is for; none of a list of AWS's own, whose public addresses the facts do not hold. */
export function blocksOf(
  facts: NetworkFacts,
  table: RouteTableFact,
  { destination, target }: RouteFact,
): readonly string[] {
  if (destination.includes(":")) return [];
  if (destination.includes("/")) return [destination];
  const list = indexOf(facts).prefixLists.get(destination);
  // A gateway endpoint's route is for a list of AWS's own.
  if (list === undefined && !target.startsWith("vpce-"))
    throw new NotModelled(
      table.routeTableId,
      `the prefix list ${destination} of its route to ${target} is not known`,
    );
  return (list?.cidrs ?? []).filter((cidr) => !cidr.includes(":"));
}

interface StartedTrace {
  readonly from: SubnetFact;
  readonly vpcId: string;
  readonly here: string;
  readonly to: Destination;
}

function local({ vpcId, here, to }: StartedTrace): RouteTrace {
  if (vpcId === to.vpcId) return { arrived: true, hops: [here], over: "local" };
  return stopped(
    vpcId,
    `${to.address} lies in the address range of ${vpcId} itself, so it never leaves for ${to.vpcId}`,
  );
}

function overPeering(facts: NetworkFacts, peeringId: string, { vpcId, here, to }: StartedTrace): RouteTrace {
  const peering = facts.peerings.find((candidate) => candidate.peeringId === peeringId);
  if (!peering?.active) return stopped(peeringId, "the peering is not active");
  if (!peering.vpcIds.includes(vpcId)) return stopped(peeringId, `the peering does not include ${vpcId}`);
  // Peering is not transitive: it leads to the other VPC and no further.
  if (!peering.vpcIds.includes(to.vpcId))
    return stopped(peeringId, `the peering does not lead to ${to.vpcId}`);
  return { arrived: true, hops: [here], over: "peering" };
}

function overTransitGateway(
  facts: NetworkFacts,
  transitGatewayId: string,
  { from, vpcId, here, to }: StartedTrace,
): RouteTrace {
  const exit = traceTransitGateway(facts, transitGatewayId, vpcId, to);
  if (!exit.arrived) return exit;
  const { entries } = indexOf(facts);
  const ends = [vpcId, to.vpcId].flatMap((end) => entries.get(attachmentKey(transitGatewayId, end)) ?? []);
  for (const { attachmentId, subnetIds } of ends) requireOpenAcls(facts, attachmentId, subnetIds);
  const entry = entries.get(attachmentKey(transitGatewayId, vpcId));
  if (entry && !servesZone(facts, entry.subnetIds, from)) {
    const where = `${from.subnetId} is in ${from.zone ?? "-"}, where the attachment has no subnet`;
    return stopped(entry.attachmentId, where);
  }
  return { ...exit, hops: [here, ...exit.hops] };
}

/**
 * "Resources in Availability Zones where there is no transit gateway attachment cannot reach the transit gateway."
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export function servesZone(facts: NetworkFacts, subnetIds: readonly string[], from: SubnetFact): boolean {
  const { subnets } = indexOf(facts);
  const zones = subnetIds.map((subnetId) => subnets.get(subnetId)?.zone);
  return from.zone === undefined || zones.includes(undefined) || zones.includes(from.zone);
}

/** How the ACL of an attachment's subnet is applied depends on where the packet comes from. */
function requireOpenAcls(facts: NetworkFacts, attachmentId: string, subnetIds: readonly string[]): void {
  const { acls } = indexOf(facts);
  const closed = subnetIds
    .flatMap((subnetId) => acls.get(subnetId) ?? [])
    .find((acl) => !allowsEverything(acl));
  if (closed)
    throw new NotModelled(
      closed.aclId,
      `the network ACL of the attachment ${attachmentId} allows not everything`,
    );
}

/**
 * Traces a packet from a VPC's attachment through the Transit Gateway. It ignores the route tables of the VPC: the VPC's
 * owner can change those, so only the Transit Gateway's route tables keep spokes apart.
 */
export function traceTransitGateway(
  facts: NetworkFacts,
  transitGatewayId: string,
  vpcId: string,
  to: Destination,
): RouteTrace {
  const { attachments, entries, transitTables } = indexOf(facts);
  const entry = entries.get(attachmentKey(transitGatewayId, vpcId));
  if (!entry) return stopped(transitGatewayId, `${vpcId} is not attached to it`);
  if (entry.state !== "available")
    return stopped(entry.attachmentId, `the attachment of ${vpcId} is ${entry.state}`);
  const table = transitTables.get(entry.attachmentId);
  if (!table)
    return stopped(
      entry.attachmentId,
      `the attachment of ${vpcId} is associated with no Transit Gateway route table`,
    );
  const exitId = transitRouteFor(facts, table, to.address);
  if (exitId === undefined)
    return stopped(
      table.routeTableId,
      `the Transit Gateway route table of ${vpcId} has no route to ${to.address}`,
    );
  const exit = attachments.get(exitId);
  if (exit?.state !== "available") return stopped(exitId, `the attachment is ${exit?.state ?? "gone"}`);
  if (exit.vpcId !== to.vpcId)
    return stopped(
      table.routeTableId,
      `its route to ${to.address} leads to ${exit.vpcId}, not to ${to.vpcId}`,
    );
  return { arrived: true, hops: [`${table.routeTableId}: to ${exit.attachmentId}`], over: "transit" };
}

/** The attachment that a Transit Gateway's route table sends the address to; undefined without a route or with a blackhole. */
function transitRouteFor(
  facts: NetworkFacts,
  table: TransitRouteTableFact,
  address: string,
): string | undefined {
  return indexOf(facts).transitRoutes.get(table.routeTableId)?.find(address)?.attachmentId;
}

export function stopped(hop: string, reason: string): RouteTrace {
  return { arrived: false, hop, reason };
}
