import { sharing } from "./cidr";
import { attachmentKey, indexOf } from "./facts-index";
import type { NetworkFacts, RouteFact, RouteTableFact, SubnetFact } from "./facts";
import { allowsEverything } from "./network-acls";
import { NotModelled } from "./not-modelled";
import { blocksOf, routeFor, routeTableOf, servesZone } from "./routes";

/** Where packets of a VPC start and end. */
export interface VpcEnds {
  readonly subnets: readonly SubnetFact[];
  readonly addresses: readonly string[];
}

/**
 * For each VPC a text that is equal for VPCs which no route tells apart: {@link traceRoute} and {@link traceTransitGateway} give
 * the same for each of them as the one end, whatever other VPC the other end is.
 *
 * These read of a VPC the routes of its subnets, those to itself left aside; its attachments, with their state, Transit Gateway
 * route table, zones and ACLs; and where other route tables, and those of Transit Gateways, send its addresses. A VPC that has a
 * peering, or shares addresses with another one, is equal to none.
 */
export function vpcKinds(
  facts: NetworkFacts,
  endsOf: (vpcId: string) => VpcEnds,
): ReadonlyMap<string, string> {
  const alone = new Set([...facts.peerings.flatMap(({ vpcIds }) => vpcIds), ...sharingAddresses(facts)]);
  const contents = new RouteContents(facts);
  const gateways = gatewaysIn(facts);
  const subnets = new Map(
    facts.vpcs.map(({ vpcId }) => [
      vpcId,
      endsOf(vpcId).subnets.map((subnet) => [
        contents.numberOf(subnet),
        ...zonesServed(facts, gateways, subnet),
      ]),
    ]),
  );
  return new Map(
    facts.vpcs.map(({ vpcId }) => {
      if (alone.has(vpcId)) return [vpcId, vpcId];
      const kind = [
        subnets.get(vpcId),
        gateways.map((gateway) => attachmentKind(facts, gateway, vpcId)),
        endsOf(vpcId).addresses.map((address) => [contents.waysTo(address), exitsTo(facts, vpcId, address)]),
      ];
      return [vpcId, JSON.stringify(kind)];
    }),
  );
}

function sharingAddresses({ vpcs, subnets }: NetworkFacts): ReadonlySet<string> {
  return sharing([
    ...vpcs.flatMap(({ vpcId, cidrs }) => cidrs.map((cidr) => ({ owner: vpcId, cidr }))),
    ...subnets.map(({ vpcId, cidr }) => ({ owner: vpcId, cidr })),
  ]);
}

function gatewaysIn({ attachments }: NetworkFacts): readonly string[] {
  return [...new Set(attachments.map(({ transitGatewayId }) => transitGatewayId))];
}

function zonesServed(
  facts: NetworkFacts,
  gateways: readonly string[],
  subnet: SubnetFact,
): readonly boolean[] {
  const { entries } = indexOf(facts);
  return gateways.map((gateway) => {
    const entry = entries.get(attachmentKey(gateway, subnet.vpcId));
    return entry !== undefined && servesZone(facts, entry.subnetIds, subnet);
  });
}

function attachmentKind(facts: NetworkFacts, gateway: string, vpcId: string): unknown {
  const { acls, entries, transitTables } = indexOf(facts);
  const entry = entries.get(attachmentKey(gateway, vpcId));
  if (entry === undefined) return undefined;
  const ofEntry = entry.subnetIds.flatMap((subnetId) => acls.get(subnetId) ?? []);
  return [entry.state, transitTables.get(entry.attachmentId)?.routeTableId, ofEntry.every(allowsEverything)];
}

/** Where each Transit Gateway's table sends the address of a VPC: whether to the VPC itself, and the attachment's state. */
function exitsTo(facts: NetworkFacts, vpcId: string, address: string): unknown {
  const { attachments, transitRoutes } = indexOf(facts);
  return facts.transitRouteTables.map(({ routeTableId }) => {
    const exit = attachments.get(transitRoutes.get(routeTableId)?.find(address)?.attachmentId ?? "");
    return [exit?.state, exit?.vpcId === vpcId];
  });
}

/** The different contents of route tables. In a regular network there are few, however many tables there are. */
class RouteContents {
  readonly #numbers = new Map<string, number>();
  readonly #tables: RouteTableFact[] = [];

  constructor(readonly facts: NetworkFacts) {}

  /** Number of the content of a subnet's table; undefined where it has no table. */
  numberOf(subnet: SubnetFact): number | undefined {
    const table = routeTableOf(this.facts, subnet);
    if (table === undefined) return undefined;
    const own = indexOf(this.facts).vpcs.get(subnet.vpcId)?.cidrs ?? [];
    const routes = table.routes
      .filter(({ target, destination }) => !(target === "local" && own.includes(destination)))
      .filter((route) => this.#mayMatch(table, route))
      .map(withTargetKind);
    const key = JSON.stringify(routes);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#tables.length);
    return this.#tables.push({ ...table, routes }) - 1;
  }

  /** What each content does with an address that is none of its VPC's own. */
  waysTo(address: string): readonly unknown[] {
    return this.#tables.map((table) => {
      try {
        const route = routeFor(this.facts, table, address);
        return route === undefined ? undefined : [route.target, route.blackhole];
      } catch (error) {
        if (error instanceof NotModelled) return "not modelled";
        throw error;
      }
    });
  }

  /** A route for a list of AWS's own, as a gateway endpoint has it, matches no address in a VPC. */
  #mayMatch(table: RouteTableFact, route: RouteFact): boolean {
    try {
      return blocksOf(this.facts, table, route).length > 0;
    } catch (error) {
      if (error instanceof NotModelled) return true;
      throw error;
    }
  }
}

/** Of a target that leads to no VPC it does not matter which one it is. Between prefix lists, it is compared. */
function withTargetKind(route: RouteFact): RouteFact {
  const leads = /^(?:local$|pcx-|tgw-)/.test(route.target) || !route.destination.includes("/");
  return leads ? route : { ...route, target: "elsewhere" };
}
