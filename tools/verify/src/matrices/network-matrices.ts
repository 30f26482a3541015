import {
  addressIn,
  routeTableOf,
  traceTransitGateway,
  traceRoute,
  vpcKinds,
  type NetworkFacts,
  type SubnetFact,
  type RouteTrace,
  type VpcEnds,
} from "@studio-access/network";

import type { Model } from "../model/model";
import { groupBy, type CellResult, type Matrix, type MatrixName } from "./matrix";
import { orUnknown } from "./policies";
import { networkIds } from "./vantages";

/** Every VPC × every other: whether the routes of both lead there and back. */
export function networksMatrix({ facts }: Pick<Model, "facts">): Matrix {
  const samples = sampleSubnets(facts);
  const endsOf = (vpcId: string): VpcEnds => {
    const subnets = samples.get(vpcId) ?? [];
    return { subnets, addresses: subnets.map(({ cidr }) => addressIn(cidr, NEAR)) };
  };
  return square("networks", facts, {
    kinds: vpcKinds(facts, endsOf),
    ask: (from, to) => byRoutes(facts, samples.get(from) ?? [], samples.get(to) ?? []),
  });
}

/**
 * Every VPC × every other, by the Transit Gateway's route tables alone. A line of business can change the route tables of
 * its VPC, so only the Transit Gateway's tables keep it from the other ones.
 */
export function transitMatrix({ facts }: Pick<Model, "facts">): Matrix {
  const gateways = [...new Set(facts.attachments.map(({ transitGatewayId }) => transitGatewayId))];
  const cidrs = new Map(facts.vpcs.map((vpc) => [vpc.vpcId, vpc.cidrs]));
  return square("transit", facts, {
    // A row is where packets start, and the tables of its subnets do not matter.
    kinds: vpcKinds(facts, () => ({ subnets: [], addresses: [] })),
    ask: (from, to) => byTransit(facts, gateways, { from, to, cidrs: cidrs.get(to) ?? [] }),
  });
}

/** Seeds of the addresses at a row's end and at a column's. */
const NEAR = "near";
const FAR = "far";

interface Square {
  /** By VPC: those of one kind have equal cells in each column but their own. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly ask: (fromVpcId: string, toVpcId: string) => CellResult;
}

function square(name: MatrixName, facts: NetworkFacts, { kinds, ask }: Square): Matrix {
  const ids = new Map(networkIds(facts));
  const rowsOf = groupBy([...ids.keys()], (id) => ids.get(id));
  return {
    name,
    rows: [...ids.keys()],
    columns: [...ids.keys()],
    cell: (row, column) => {
      const from = ids.get(row);
      const to = ids.get(column);
      if (from === undefined || to === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return from === to ? { outcome: "itself", reason: "the same network" } : orUnknown(() => ask(from, to));
    },
    classes: {
      groups: [...groupBy([...ids.keys()], (id) => kinds.get(ids.get(id) ?? "")).values()],
      apart: (column) => [rowsOf.get(ids.get(column)) ?? []],
    },
  };
}

/** One subnet per route table of each VPC: all subnets of a route table have the same routes. */
function sampleSubnets(facts: NetworkFacts): ReadonlyMap<string, readonly SubnetFact[]> {
  const byTable = new Map<string, SubnetFact>();
  for (const subnet of facts.subnets)
    byTable.set(routeTableOf(facts, subnet)?.routeTableId ?? subnet.subnetId, subnet);
  const samples = new Map<string, SubnetFact[]>();
  for (const subnet of byTable.values())
    samples.set(subnet.vpcId, [...(samples.get(subnet.vpcId) ?? []), subnet]);
  return samples;
}

function byRoutes(facts: NetworkFacts, from: readonly SubnetFact[], to: readonly SubnetFact[]): CellResult {
  let oneWay: RouteTrace | undefined;
  let refusal = "neither has subnets";
  for (const near of from) {
    for (const far of to) {
      const there = traceRoute(facts, near, { vpcId: far.vpcId, address: addressIn(far.cidr, FAR) });
      if (!there.arrived) {
        refusal = there.reason;
        continue;
      }
      const back = traceRoute(facts, far, { vpcId: near.vpcId, address: addressIn(near.cidr, NEAR) });
      if (back.arrived)
        return {
          outcome: "reached",
          reason: "routes there and back",
          steps: () => [...there.hops, ...back.hops],
        };
      oneWay = there;
    }
  }
  if (oneWay?.arrived === true)
    return { outcome: "one way", reason: "routes there, and none back", steps: () => oneWay.hops };
  return { outcome: "refused", reason: refusal };
}

function byTransit(
  facts: NetworkFacts,
  gateways: readonly string[],
  way: { readonly from: string; readonly to: string; readonly cidrs: readonly string[] },
): CellResult {
  let refusal = "neither is attached to a Transit Gateway";
  for (const gateway of gateways) {
    for (const cidr of way.cidrs) {
      const exit = traceTransitGateway(facts, gateway, way.from, {
        vpcId: way.to,
        address: addressIn(cidr, "transit"),
      });
      if (exit.arrived) return { outcome: "joined", reason: `through ${gateway}`, steps: () => exit.hops };
      refusal = exit.reason;
    }
  }
  return { outcome: "apart", reason: refusal };
}
