import { reach, type Reach } from "@studio-access/network";

import { API, serviceId, serviceHosts } from "../expect/services";
import type { Config } from "@studio-access/config";
import type { Model } from "../model/model";
import type { CellResult, Matrix } from "./matrix";
import { vantagesOf, type Vantage } from "./vantages";

/** Every vantage × every service name, and every private zone that no service of the config explains. */
export function reachMatrix(model: Model, config: Config): Matrix {
  const vantages = new Map(vantagesOf(model, config.network.corporateCidrs).map((each) => [each.id, each]));
  const hosts = new Map([...hostsOf(model, config), ...unexpectedZones(model, config)]);
  const stackOf = new Map(model.facts.vpcs.map(({ vpcId, stack }) => [vpcId, stack]));
  return {
    name: "reach",
    rows: [...vantages.keys()],
    columns: [...hosts.keys()],
    cell: (row, column) => {
      const vantage = vantages.get(row);
      const host = hosts.get(column);
      if (vantage === undefined || host === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return answer(vantage, host, model, stackOf);
    },
  };
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
    // Without an API the column stays away, which is a surprise by itself.
    return api === undefined ? [] : [[API, apiHost(api.id, config.region)] as const];
  });
}

function apiHost(apiId: string, region: string): string {
  return `${apiId}.execute-api.${region}.amazonaws.com`;
}

/** A zone over a name that we do not ask for would go unseen: it gets a column of its own. */
function unexpectedZones(model: Model, config: Config): readonly (readonly [string, string])[] {
  const known = new Set(hostsOf(model, config).map(([service, host]) => zoneOf(service, host)));
  return model.facts.zones
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => [`zone ${name}`, name] as const);
}

/** The zone that is meant to answer for a service. */
function zoneOf(service: string, host: string): string {
  return BELOW_ZONE.includes(service) ? host.slice(host.indexOf(".") + 1) : host;
}

/** Services whose names lie below the zone's. */
const BELOW_ZONE = ["studio", "ecr-dkr"];
