import { reach, type NetworkFacts, type Reached } from "@studio-access/network";

import { API, BELOW_ZONE, OTHER_NAMES, serviceId, serviceHosts } from "../expect/services";
import type { Config } from "@studio-access/config";
import type { Model } from "../model/model";
import { dnsLeadsOut } from "./dns-question";
import { byId, type CellResult, type Matrix } from "./matrix";
import { orUnknown } from "./policies";
import { vantagesOf, type Vantage } from "./vantages";

/** Ends the outcome where only the DNS firewall stands in the way: who knows the address needs no name. */
export const BY_ADDRESS = ", by address";

/**
 * Every vantage × every service's host name, the name of every private zone that no service accounts for, and whether DNS
 * leads out: a query for a name of somebody's own carries data to whoever answers for it.
 */
export function reachMatrix(model: Model, config: Config): Matrix {
  const vantages = byId(vantagesOf(model, config.network.corporateCidrs), ({ id }) => id);
  const hosts = new Map(
    [...byId([...hostsOf(model, config), ...unexpectedZones(model, config)], ([id]) => id)].map(
      ([id, [, host]]) => [id, host],
    ),
  );
  const networks: Networks = {
    deployed: model.facts,
    // One object for all cells, since facts are indexed once per object.
    withoutFirewalls: { ...model.facts, dnsFirewalls: [] },
  };
  return {
    name: "reach",
    rows: [...vantages.keys()],
    columns: [...hosts.keys(), OTHER_NAMES],
    cell: (row, column) => {
      const vantage = vantages.get(row);
      if (vantage !== undefined && column === OTHER_NAMES)
        return orUnknown(() => dnsLeadsOut(vantage, model.facts));
      const host = hosts.get(column);
      if (vantage === undefined || host === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return orUnknown(() => answer(vantage, host, networks));
    },
  };
}

interface Networks {
  readonly deployed: NetworkFacts;
  readonly withoutFirewalls: NetworkFacts;
}

/**
 * A DNS firewall stops names and no packets. So where it alone refuses, the cell says what is behind it: a NAT gateway
 * or a route must not hide behind a name that does not resolve.
 */
function answer(vantage: Vantage, host: string, { deployed, withoutFirewalls }: Networks): CellResult {
  if (vantage.dnsRefusal !== undefined) return { outcome: "refused", reason: vantage.dnsRefusal };
  const result = reach(deployed, vantage.source, host);
  if (result.reached) return arrival(result, deployed);
  const refused = { reason: result.reason, steps: () => [`refused at ${result.hop}`] };
  const direct = reach(withoutFirewalls, vantage.source, host);
  if (!direct.reached) return { outcome: "refused", ...refused };
  return { ...refused, outcome: `${arrival(direct, deployed).outcome}${BY_ADDRESS}` };
}

function arrival({ endpoint, hops }: Reached, facts: NetworkFacts): CellResult {
  if (endpoint === undefined)
    return { outcome: "public", reason: "over the public network", steps: () => hops };
  const { vpcEndpointId, vpcId } = endpoint;
  const stack = facts.vpcs.find((vpc) => vpc.vpcId === vpcId)?.stack;
  const service = facts.endpoints.find((each) => each.vpcEndpointId === vpcEndpointId)?.serviceName;
  return {
    outcome: `endpoint ${stack ?? vpcId}/${serviceId(service ?? "")}`,
    reason: `through ${vpcEndpointId}`,
    steps: () => hops,
  };
}

function hostsOf(model: Model, config: Config): readonly (readonly [string, string])[] {
  const [api] = model.apis;
  return serviceHosts(config).flatMap(({ id, host }) => {
    if (host !== undefined) return [[id, host] as const];
    // Without an API this column is missing, and the comparison reports its cells as not deployed.
    return api === undefined ? [] : [[API, apiHost(api.id, config.region)] as const];
  });
}

function apiHost(apiId: string, region: string): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

/** A private zone for any other name gets a column of its own, so that it turns up as a surprise. */
function unexpectedZones(model: Model, config: Config): readonly (readonly [string, string])[] {
  const known = new Set(hostsOf(model, config).map(([service, host]) => zoneOf(service, host)));
  return model.facts.zones
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => [`zone ${name}`, name] as const);
}

/** Name of the private zone that holds the service's record. */
function zoneOf(service: string, host: string): string {
  return BELOW_ZONE.includes(service) ? host.slice(host.indexOf(".") + 1) : host;
}
