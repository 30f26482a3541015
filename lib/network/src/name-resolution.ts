import { dnsVerdict } from "./dns-firewall";
import type { EndpointFact, NetworkFacts, RecordFact, ZoneFact } from "./facts";
import { indexOf } from "./facts-index";
import { isAwsName, isWithin, normalName, serves } from "./service-names";

/** The result of resolving a name. */
export type Resolution =
  | { readonly kind: "endpoint"; readonly endpoint: EndpointFact; readonly hops: readonly string[] }
  /** The name resolves to one of AWS's public addresses. */
  | { readonly kind: "public"; readonly hops: readonly string[] }
  | { readonly kind: "no_such_name"; readonly reason: string };

/** A chain of records that is longer than this is taken for a loop. */
const MAX_STEPS = 8;

/** A query of one VPC's resolver. */
interface Query {
  readonly facts: NetworkFacts;
  readonly vpcId: string | undefined;
  /** Whether the DNS firewall also has to allow the names that CNAMEs lead to. */
  readonly inspectsRedirection: boolean;
}

/**
 * Resolves a name as the resolver of a VPC does: unless the VPC's DNS firewall blocks it, by the most specific private
 * zone that is associated with the VPC; else an endpoint of the VPC's own with private DNS; else the public name. Within
 * a zone that matches, a missing record is NXDOMAIN: the resolver does not go on to the public name.
 *
 * @param vpcId - undefined for the public internet, where there are no private zones and no firewall
 */
export function resolveName(facts: NetworkFacts, vpcId: string | undefined, hostname: string): Resolution {
  const name = normalName(hostname);
  const verdict = dnsVerdict(facts, vpcId, name);
  if (!verdict.allowed) return { kind: "no_such_name", reason: verdict.reason };
  const query = { facts, vpcId, inspectsRedirection: verdict.rule?.trustsRedirection === false };
  return resolveStep(query, name, [], MAX_STEPS);
}

function resolveStep(query: Query, name: string, hops: readonly string[], stepsLeft: number): Resolution {
  if (stepsLeft === 0) return { kind: "no_such_name", reason: `${name}: the records form a loop` };
  const { facts, vpcId } = query;
  const zone = vpcId === undefined ? undefined : zoneFor(facts, vpcId, name);
  if (zone) return resolveInZone(query, zone, name, hops, stepsLeft);
  const own = vpcId === undefined ? undefined : endpointWithPrivateDns(facts, vpcId, name);
  if (own) return found(own, [...hops, `private DNS of ${own.vpcEndpointId}`]);
  const named = endpointNamedBy(facts, name);
  if (named) return found(named, [...hops, `${name} names ${named.vpcEndpointId}`]);
  // The name of a deleted endpoint does not resolve, although it lies in AWS's domain.
  if (isAwsName(name) && !name.startsWith("vpce-"))
    return { kind: "public", hops: [...hops, `${name} is public`] };
  return { kind: "no_such_name", reason: `${name} is not a name that the local AWS knows` };
}

function resolveInZone(
  query: Query,
  zone: ZoneFact,
  name: string,
  hops: readonly string[],
  stepsLeft: number,
): Resolution {
  const where = `zone ${zone.name} (${zone.zoneId})`;
  const record = recordFor(zone, name);
  if (!record)
    return {
      kind: "no_such_name",
      reason: `${where} is associated with ${query.vpcId ?? "-"} but has no record for ${name}`,
    };
  const next = record.alias ?? (record.type === "CNAME" ? record.values[0] : undefined);
  if (next === undefined) {
    return {
      kind: "no_such_name",
      reason: `${where}: the record ${record.name} holds IP addresses, not the name of a VPC endpoint`,
    };
  }
  const target = normalName(next);
  // Route 53 follows an alias itself, so that no response, and no firewall, shows its target.
  if (record.alias === undefined && query.inspectsRedirection) {
    const verdict = dnsVerdict(query.facts, query.vpcId, target);
    if (!verdict.allowed) return { kind: "no_such_name", reason: `${where}: ${verdict.reason}` };
  }
  const resolved = resolveStep(query, target, [...hops, `${where}, record ${record.name}`], stepsLeft - 1);
  if (resolved.kind !== "no_such_name") return resolved;
  return {
    kind: "no_such_name",
    reason: `${where}: the record ${record.name} points at ${target}, which no VPC endpoint has`,
  };
}

/** The most specific zone of the VPC that the name lies in. */
export function zoneFor(facts: NetworkFacts, vpcId: string, name: string): ZoneFact | undefined {
  const matching = (indexOf(facts).zones.get(vpcId) ?? []).filter((zone) => isWithin(name, zone.name));
  return matching.reduce<ZoneFact | undefined>(
    (best, zone) => (best && best.name.length >= zone.name.length ? best : zone),
    undefined,
  );
}

/** The record of exactly that name, else the nearest wildcard above it. */
function recordFor(zone: ZoneFact, name: string): RecordFact | undefined {
  const usable = zone.records.filter((record) => ["A", "CNAME"].includes(record.type));
  const labels = name.split(".");
  const candidates = [name, ...labels.map((_, index) => ["*", ...labels.slice(index + 1)].join("."))];
  const match = candidates.find((candidate) => usable.some((record) => record.name === candidate));
  return usable.find((record) => record.name === match);
}

function endpointWithPrivateDns(facts: NetworkFacts, vpcId: string, name: string): EndpointFact | undefined {
  const own = indexOf(facts).privateDns.get(vpcId) ?? [];
  return own.find((endpoint) => serves(endpoint.serviceName, name));
}

/** Finds an endpoint by a name that resolves to it everywhere: its own DNS names, and `{api}-{vpce}.execute-api…`. */
function endpointNamedBy(facts: NetworkFacts, name: string): EndpointFact | undefined {
  const inApiName = /^[a-z0-9]+-(vpce-[0-9a-f]+)\.execute-api\./.exec(name)?.[1];
  if (inApiName === undefined) return indexOf(facts).endpointNames.get(name);
  return facts.endpoints.find(({ vpcEndpointId }) => vpcEndpointId === inApiName);
}

function found(endpoint: EndpointFact, hops: readonly string[]): Resolution {
  return { kind: "endpoint", endpoint, hops };
}
