import { dnsVerdict, reach, type Reach, type Source } from "@studio-access/network";

import { API, BELOW_ZONE, OTHER_NAMES, serviceId, serviceHosts } from "../expect/services";
import type { Config } from "@studio-access/config";
import type { Model } from "../model/model";
import type { CellResult, Matrix } from "./matrix";
import { vantagesOf, type Vantage } from "./vantages";

/** The outcomes for {@link OTHER_NAMES}. */
export const STAYS = "stays in the network";
export const LEAVES = "leaves the network";

/**
 * Every vantage × every service's host name, the name of every private zone that no service accounts for, and whether DNS
 * leads out: a query for a name of somebody's own carries data to whoever answers for it.
 */
export function reachMatrix(model: Model, config: Config): Matrix {
  const vantages = new Map(vantagesOf(model, config.network.corporateCidrs).map((each) => [each.id, each]));
  const hosts = new Map([...hostsOf(model, config), ...unexpectedZones(model, config)]);
  const stackOf = new Map(model.facts.vpcs.map(({ vpcId, stack }) => [vpcId, stack]));
  return {
    name: "reach",
    rows: [...vantages.keys()],
    columns: [...hosts.keys(), OTHER_NAMES],
    cell: (row, column) => {
      const vantage = vantages.get(row);
      if (vantage !== undefined && column === OTHER_NAMES) return otherNames(vantage, model);
      const host = hosts.get(column);
      if (vantage === undefined || host === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return answer(vantage, host, model, stackOf);
    },
  };
}

/** A name that only a stranger's name server can answer. `.example` is reserved, so that no list has it by chance. */
const STRANGERS_NAME = "stolen-data.stranger.example";

function otherNames({ source, dnsRefusal }: Vantage, { facts }: Model): CellResult {
  if (dnsRefusal !== undefined) return { outcome: STAYS, reason: dnsRefusal };
  const vpcId = resolverOf(source);
  const verdict = dnsVerdict(facts, vpcId, STRANGERS_NAME);
  if (!verdict.allowed) return { outcome: STAYS, reason: verdict.reason };
  const { rule } = verdict;
  const reason =
    rule === undefined ? "no rule of a DNS firewall blocks it" : "a rule of the DNS firewall lets it through";
  return {
    outcome: LEAVES,
    reason: `${STRANGERS_NAME}: ${reason}${vpcId === undefined ? "" : ` in ${vpcId}`}`,
  };
}

/** The VPC whose resolver answers; undefined on the public internet. */
function resolverOf(source: Source): string | undefined {
  switch (source.kind) {
    case "vpc":
      return source.place.vpcId;
    case "corporate":
      return source.resolver.vpcId;
    case "internet":
      return undefined;
  }
}

function answer(
  vantage: Vantage,
  host: string,
  model: Model,
  stackOf: ReadonlyMap<string, string | undefined>,
): CellResult {
  if (vantage.dnsRefusal !== undefined) return { outcome: "refused", reason: vantage.dnsRefusal };
  const result: Reach = reach(model.facts, vantage.source, host);
  if (!result.reached)
    return { outcome: "refused", reason: result.reason, steps: () => [`refused at ${result.hop}`] };
  if (result.endpoint === undefined)
    return { outcome: "public", reason: "over the public network", steps: () => result.hops };
  const { vpcEndpointId, vpcId } = result.endpoint;
  const service = model.facts.endpoints.find(
    (endpoint) => endpoint.vpcEndpointId === vpcEndpointId,
  )?.serviceName;
  return {
    outcome: `endpoint ${stackOf.get(vpcId) ?? vpcId}/${serviceId(service ?? "")}`,
    reason: `through ${vpcEndpointId}`,
    steps: () => result.hops,
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
