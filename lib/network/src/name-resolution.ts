import { dnsVerdict } from "./dns-firewall";
import type { EndpointFact, NetworkFacts, RecordFact, ZoneFact } from "./facts";
import { indexOf } from "./facts-index";
import { NotModelled } from "./not-modelled";
import { isAwsName, isDualStackName, isWithin, normalName, publicNameOf, serves } from "./service-names";

/** The result of resolving a name. */
export type Resolution =
  | { readonly kind: "endpoint"; readonly endpoint: EndpointFact; readonly hops: readonly string[] }
  /** The name resolves to one of AWS's public addresses. */
  | { readonly kind: "public"; readonly hops: readonly string[] }
  /** A record holds addresses instead of a name. */
  | {
      readonly kind: "addresses";
      readonly addresses: readonly string[];
      readonly zoneId: string;
      readonly hops: readonly string[];
    }
  | { readonly kind: "no_such_name"; readonly reason: string };

/** A chain of records that is longer than this is taken for a loop. */
const MAX_STEPS = 8;

/** A query of one VPC's resolver. */
interface Query {
  readonly facts: NetworkFacts;
  readonly vpcId: string | undefined;
  /** Whether the DNS firewall also has to allow the names that CNAMEs lead to. */
  readonly inspectsRedirection: boolean;
  /** Route 53 follows an alias itself: no rule of the VPC forwards its target. */
  readonly followsAlias?: true;
}

/**
 * Resolves a name as the resolver of a VPC does: unless the VPC's DNS firewall blocks it, by the most specific private
 * zone that is associated with the VPC or with its Route 53 Profile, or the zone that AWS makes for an endpoint of the VPC's own with private DNS; else the
 * public name. Within a zone that matches, a missing record is NXDOMAIN: the resolver does not go on to the public name.
 *
 * Sources: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
 *
 * @param vpcId - undefined for the public internet, where there are no private zones and no firewall
 * @throws {NotModelled} where another server answers, or the name has IPv6 addresses
 */
export function resolveName(facts: NetworkFacts, vpcId: string | undefined, hostname: string): Resolution {
  const name = normalName(hostname);
  const vpc = vpcId === undefined ? undefined : indexOf(facts).vpcs.get(vpcId);
  const servers = vpc?.domainNameServers?.filter((server) => server !== "AmazonProvidedDNS") ?? [];
  if (vpc && servers.length > 0)
    throw new NotModelled(vpc.vpcId, `its name servers are ${servers.join(", ")}`);
  if (vpc?.dnsSupport === false)
    return { kind: "no_such_name", reason: `${vpc.vpcId} has no name server: enableDnsSupport is off` };
  const verdict = dnsVerdict(facts, vpcId, name);
  if (!verdict.allowed) return { kind: "no_such_name", reason: verdict.reason };
  const query = { facts, vpcId, inspectsRedirection: verdict.rule?.trustsRedirection === false };
  return resolveStep(query, name, [], MAX_STEPS);
}

function resolveStep(query: Query, name: string, hops: readonly string[], stepsLeft: number): Resolution {
  if (stepsLeft === 0) return { kind: "no_such_name", reason: `${name}: the records form a loop` };
  const { facts, vpcId } = query;
  if (vpcId !== undefined) {
    const resolved = resolvePrivately(query, vpcId, name, hops, stepsLeft);
    if (resolved) return resolved;
  }
  const named = endpointNamedBy(facts, name);
  if (named) return found(named, [...hops, `${name} names ${named.vpcEndpointId}`]);
  // The name of a deleted endpoint does not resolve, although it lies in AWS's domain.
  if (isAwsName(name) && !name.startsWith("vpce-"))
    return { kind: "public", hops: [...hops, `${name} is public`] };
  return { kind: "no_such_name", reason: `${name} is not a name that the local AWS knows` };
}

/** By what the VPC alone knows: a forwarding rule, a private zone, or an endpoint's private DNS. The most specific counts. */
function resolvePrivately(
  query: Query,
  vpcId: string,
  name: string,
  hops: readonly string[],
  stepsLeft: number,
): Resolution | undefined {
  const { facts } = query;
  const zone = zoneFor(facts, vpcId, name);
  const own = endpointWithPrivateDns(facts, vpcId, name);
  const ownName = own === undefined ? "" : publicNameOf(own.serviceName);
  if (!query.followsAlias)
    requireNoForwarding(facts, vpcId, name, Math.max(zone?.name.length ?? 0, ownName.length));
  // AWS refuses private DNS where a zone of the same name is associated already, so that two of equal length do not meet.
  if (own && ownName.length > (zone?.name.length ?? -1)) {
    if (serves(own.serviceName, name)) return found(own, [...hops, `private DNS of ${own.vpcEndpointId}`]);
    return {
      kind: "no_such_name",
      reason: `the private DNS of ${own.vpcEndpointId} has no record for ${name}`,
    };
  }
  if (zone) return resolveInZone(query, zone, name, hops, stepsLeft);
  if (isDualStackName(name))
    throw new NotModelled(vpcId, `${name} has IPv6 addresses too, which are not modelled`);
  return undefined;
}

/** "The Resolver rule takes precedence" over a private zone of the same name, and is more specific where it is longer. */
function requireNoForwarding(facts: NetworkFacts, vpcId: string, name: string, length: number): void {
  const matching = (facts.resolverRules ?? []).filter(
    ({ domain, vpcIds }) => vpcIds.includes(vpcId) && (domain === "." || isWithin(name, domain)),
  );
  const [rule] = matching.toSorted((left, right) => ruleLength(right.domain) - ruleLength(left.domain));
  if (rule?.type === "FORWARD" && ruleLength(rule.domain) >= length)
    throw new NotModelled(rule.ruleId, `it forwards ${name} to another name server`);
}

function ruleLength(domain: string): number {
  return domain === "." ? 0 : domain.length;
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
  if (record === "no data")
    return {
      kind: "no_such_name",
      reason: `${where} has a record for ${name}, but of another type than A or CNAME`,
    };
  if (!record)
    return {
      kind: "no_such_name",
      reason: `${where} is associated with ${query.vpcId ?? "-"} but has no record for ${name}`,
    };
  const next = record.alias ?? (record.type === "CNAME" ? record.values[0] : undefined);
  if (next === undefined) {
    const { values: addresses, name: recordName } = record;
    return {
      kind: "addresses",
      addresses,
      zoneId: zone.zoneId,
      hops: [...hops, `${where}, record ${recordName}`],
    };
  }
  const target = normalName(next);
  // Route 53 follows an alias itself, so that no response, and no firewall, shows its target.
  if (record.alias === undefined && query.inspectsRedirection) {
    const verdict = dnsVerdict(query.facts, query.vpcId, target);
    if (!verdict.allowed) return { kind: "no_such_name", reason: `${where}: ${verdict.reason}` };
  }
  const following = record.alias === undefined ? query : { ...query, followsAlias: true as const };
  const resolved = resolveStep(
    following,
    target,
    [...hops, `${where}, record ${record.name}`],
    stepsLeft - 1,
  );
  if (resolved.kind !== "no_such_name") return resolved;
  return {
    kind: "no_such_name",
    reason: `${where}: the record ${record.name} points at ${target}, which no VPC endpoint has`,
  };
}

/**
 * The most specific zone of the VPC that the name lies in; of two with one name the VPC's own, before its profile's. Zones need
 * both DNS attributes of the VPC.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html, "How Route 53 Profile settings are prioritized"
 */
export function zoneFor(facts: NetworkFacts, vpcId: string, name: string): ZoneFact | undefined {
  if (indexOf(facts).vpcs.get(vpcId)?.dnsHostnames === false) return undefined;
  const matching = (indexOf(facts).zones.get(vpcId) ?? []).filter((zone) => isWithin(name, zone.name));
  return matching.reduce<ZoneFact | undefined>(
    (best, zone) => (best && best.name.length >= zone.name.length ? best : zone),
    undefined,
  );
}

/**
 * The record of exactly that name, else the nearest wildcard above it. A name that exists with another type alone has no data:
 * a wildcard does not stand in for it.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
function recordFor(zone: ZoneFact, name: string): RecordFact | "no data" | undefined {
  const labels = name.split(".");
  const candidates = [name, ...labels.map((_, index) => ["*", ...labels.slice(index + 1)].join("."))];
  const match = candidates.find((candidate) => zone.records.some((record) => record.name === candidate));
  if (match === undefined) return undefined;
  const usable = zone.records.filter(({ type }) => ["A", "CNAME"].includes(type));
  return usable.find((record) => record.name === match) ?? "no data";
}

/** The endpoint of the VPC whose hidden zone is the most specific that holds the name. Private DNS needs both DNS attributes. */
function endpointWithPrivateDns(facts: NetworkFacts, vpcId: string, name: string): EndpointFact | undefined {
  if (indexOf(facts).vpcs.get(vpcId)?.dnsHostnames === false) return undefined;
  const own = indexOf(facts).privateDns.get(vpcId) ?? [];
  return own
    .filter(({ serviceName }) => isWithin(name, publicNameOf(serviceName)))
    .toSorted(
      (left, right) => publicNameOf(right.serviceName).length - publicNameOf(left.serviceName).length,
    )[0];
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
