import { contains, prefixLength } from "./cidr";
import { attachmentKey, indexOf } from "./facts-index";
import type { NetworkFacts, RouteFact, RouteTableFact, SubnetFact, TransitRouteTableFact } from "./facts";

/** The hops of a packet that arrives, or the hop that drops it and why. */
export type RouteTrace =
  | { readonly arrived: true; readonly hops: readonly string[] }
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
  const route = routeFor(table, to.address);
  if (!route)
    return stopped(table.routeTableId, `the route table of ${from.subnetId} has no route to ${to.address}`);
  const here = `${table.routeTableId}: ${route.destination} to ${route.target}`;
  if (route.blackhole)
    return stopped(table.routeTableId, `its route for ${route.destination} is a blackhole`);
  const step = { vpcId: from.vpcId, here, to };
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

/** The most specific route that matches the address. */
export function routeFor(table: RouteTableFact, address: string): RouteFact | undefined {
  const matching = table.routes.filter(
    (route) => route.destination.includes("/") && contains(route.destination, address),
  );
  return longest(matching, (route) => route.destination);
}

interface StartedTrace {
  readonly vpcId: string;
  readonly here: string;
  readonly to: Destination;
}

function local({ vpcId, here, to }: StartedTrace): RouteTrace {
  if (vpcId === to.vpcId) return { arrived: true, hops: [here] };
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
  return { arrived: true, hops: [here] };
}

function overTransitGateway(
  facts: NetworkFacts,
  transitGatewayId: string,
  { vpcId, here, to }: StartedTrace,
): RouteTrace {
  const exit = traceTransitGateway(facts, transitGatewayId, vpcId, to);
  return exit.arrived ? { arrived: true, hops: [here, ...exit.hops] } : exit;
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
  return { arrived: true, hops: [`${table.routeTableId}: to ${exit.attachmentId}`] };
}

/** The attachment that a Transit Gateway's route table sends the address to; undefined without a route or with a blackhole. */
function transitRouteFor(
  facts: NetworkFacts,
  table: TransitRouteTableFact,
  address: string,
): string | undefined {
  return indexOf(facts).transitRoutes.get(table.routeTableId)?.find(address)?.attachmentId;
}

function longest<Route>(routes: readonly Route[], cidrOf: (route: Route) => string): Route | undefined {
  return routes.reduce<Route | undefined>(
    (best, route) => (best && prefixLength(cidrOf(best)) >= prefixLength(cidrOf(route)) ? best : route),
    undefined,
  );
}

function stopped(hop: string, reason: string): RouteTrace {
  return { arrived: false, hop, reason };
}
