import { publicCoverage } from "./cidr";
import type { NetworkFacts, RouteFact, RouteTableFact, SubnetFact } from "./facts";
import { attachmentKey, indexOf } from "./facts-index";
import { NotModelled } from "./not-modelled";
import { blocksOf, routeTableOf, stopped, type RouteTrace } from "./routes";

/** Where a public packet starts. */
interface Start {
  readonly facts: NetworkFacts;
  readonly subnet: SubnetFact;
  /** A person's machine may have a public address; a function, and what comes from elsewhere, has none. */
  readonly machine: boolean;
  /** The packet came through a Transit Gateway already: where another one leads is not followed. */
  readonly forwarded: boolean;
}

/**
 * Traces packets from a subnet to AWS's public addresses. Which address a name has is not known, so every route that holds
 * public addresses must have the same end.
 *
 * Sources: https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html,
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html,
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
 *
 * @throws {NotModelled} where ends differ, or where a target is not modelled
 */
export function traceToInternet(facts: NetworkFacts, subnet: SubnetFact, machine: boolean): RouteTrace {
  return trace({ facts, subnet, machine, forwarded: false });
}

function trace(start: Start): RouteTrace {
  const { facts, subnet } = start;
  const table = routeTableOf(facts, subnet);
  if (!table) return stopped(subnet.vpcId, `no route to the internet from ${subnet.subnetId}`);
  const family6 = table.routes.find(
    ({ destination, target }) => destination.includes(":") && target !== "local",
  );
  if (family6)
    throw new NotModelled(table.routeTableId, `its IPv6 route to ${family6.target}: IPv6 is not modelled`);
  const routes = table.routes.filter((route) => holdsPublic(facts, table, route));
  const ends = routes.map((route) => endOf(start, table, route));
  if (publicCoverage(routes.flatMap((route) => blocksOf(facts, table, route))) !== "all")
    ends.push(stopped(subnet.vpcId, `no route to the internet from ${subnet.subnetId}`));
  const [first, ...others] = ends;
  if (first === undefined) return stopped(subnet.vpcId, `no route to the internet from ${subnet.subnetId}`);
  if (others.some(({ arrived }) => arrived !== first.arrived))
    throw new NotModelled(
      table.routeTableId,
      `it leads to some public addresses from ${subnet.subnetId} and not to others`,
    );
  return first;
}

/** A list of AWS's own holds public addresses that the facts do not list. */
function holdsPublic(facts: NetworkFacts, table: RouteTableFact, route: RouteFact): boolean {
  const list = indexOf(facts).prefixLists.get(route.destination);
  if (list?.cidrs.length === 0) return !route.target.startsWith("vpce-");
  return publicCoverage(blocksOf(facts, table, route)) !== "none";
}

function endOf(start: Start, table: RouteTableFact, route: RouteFact): RouteTrace {
  const { subnet, machine } = start;
  const { target, destination, blackhole } = route;
  if (blackhole) return stopped(subnet.vpcId, `no route to the internet from ${subnet.subnetId}`);
  const hops = [`${table.routeTableId}: to ${target}`];
  const nowhere = stopped(
    table.routeTableId,
    `the route of ${subnet.subnetId} to ${target} does not lead to the internet`,
  );
  if (target.startsWith("nat-") || (target.startsWith("igw-") && machine))
    return { arrived: true, hops, over: "internet" };
  // Peering is not transitive: it leads to no gateway of the other VPC.
  if (target === "local" || target.startsWith("igw-") || target.startsWith("pcx-")) return nowhere;
  if (target.startsWith("tgw-")) return overTransitGateway(start, target, hops);
  throw new NotModelled(table.routeTableId, `where its route for ${destination} to ${target} leads`);
}

/** Central egress: the Transit Gateway leads to a VPC whose attachment's subnets have a route to a NAT gateway. */
function overTransitGateway(start: Start, transitGatewayId: string, hops: readonly string[]): RouteTrace {
  const { facts, subnet } = start;
  const { entries, transitTables, attachments, transitRoutes, subnets } = indexOf(facts);
  const entry = entries.get(attachmentKey(transitGatewayId, subnet.vpcId));
  if (entry?.state !== "available") return stopped(transitGatewayId, `${subnet.vpcId} is not attached to it`);
  const table = transitTables.get(entry.attachmentId);
  if (!table)
    return stopped(entry.attachmentId, "the attachment is associated with no Transit Gateway route table");
  if (table.routes.some(({ cidr }) => publicCoverage([cidr]) === "part"))
    throw new NotModelled(table.routeTableId, "it leads to some public addresses and not to others");
  const route = transitRoutes.get(table.routeTableId)?.find(SOME_PUBLIC_ADDRESS);
  if (route?.attachmentId === undefined)
    return stopped(table.routeTableId, "the Transit Gateway route table has no route to the internet");
  const exit = attachments.get(route.attachmentId);
  const far = exit?.subnetIds.flatMap((subnetId) => subnets.get(subnetId) ?? []) ?? [];
  if (exit === undefined || far.length === 0 || start.forwarded)
    throw new NotModelled(table.routeTableId, `where its route to ${route.attachmentId} leads`);
  const ends = far.map((next) => trace({ facts, subnet: next, machine: false, forwarded: true }));
  const end = ends.find(({ arrived }) => arrived) ?? ends[0];
  if (end?.arrived !== true) return end ?? stopped(exit.attachmentId, "it is in no subnet");
  return { ...end, hops: [...hops, `${table.routeTableId}: to ${exit.attachmentId}`, ...end.hops] };
}

/** Stands for any public address. TEST-NET-3 is reserved for documentation, so no service has it. */
const SOME_PUBLIC_ADDRESS = "203.0.113.1";
