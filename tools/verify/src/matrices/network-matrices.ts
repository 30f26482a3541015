import {
  addressIn,
  routeTableOf,
  traceTransitGateway,
  traceRoute,
  type NetworkFacts,
  type SubnetFact,
  type RouteTrace,
} from "@studio-access/network";

import type { Model } from "../model/model";
import type { CellResult, Matrix, MatrixName } from "./matrix";
import { orUnknown } from "./policies";
import { networkIds } from "./vantages";

/** Every VPC × every other: whether the routes of both lead there and back. */
export function networksMatrix({ facts }: Model): Matrix {
  const samples = sampleSubnets(facts);
  return square("networks", facts, (from, to) =>
    byRoutes(facts, samples.get(from) ?? [], samples.get(to) ?? []),
  );
}

/**
 * Every VPC × every other, by the Transit Gateway's route tables alone. A line of business can change the route tables of
 * its VPC, so only the Transit Gateway's tables keep it from the other ones.
 */
export function transitMatrix({ facts }: Model): Matrix {
  const gateways = [...new Set(facts.attachments.map(({ transitGatewayId }) => transitGatewayId))];
  const cidrs = new Map(facts.vpcs.map((vpc) => [vpc.vpcId, vpc.cidrs]));
  return square("transit", facts, (from, to) =>
    byTransit(facts, gateways, { from, to, cidrs: cidrs.get(to) ?? [] }),
  );
}

type Ask = (fromVpcId: string, toVpcId: string) => CellResult;

function square(name: MatrixName, facts: NetworkFacts, ask: Ask): Matrix {
  const ids = new Map(networkIds(facts));
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
      const there = traceRoute(facts, near, { vpcId: far.vpcId, address: addressIn(far.cidr, "far") });
      if (!there.arrived) {
        refusal = there.reason;
        continue;
      }
      const back = traceRoute(facts, far, { vpcId: near.vpcId, address: addressIn(near.cidr, "near") });
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
