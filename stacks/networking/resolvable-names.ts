import type { Config } from "@studio-access/config";
import { CENTRAL_SERVICES, centralServices, recordName, type CentralServiceName } from "./endpoint-catalog";

/**
 * What resolves in each VPC. The lists follow from the endpoints: a service without one could not be reached anyway, so
 * its name is not needed.
 */

/** The names that these services of the hub answer to. */
export function centralNames(region: string, services: readonly CentralServiceName[]): readonly string[] {
  return services.map((name) => recordName(CENTRAL_SERVICES[name], region));
}

/** The hub: what corporate resolvers ask its inbound endpoint for, and what it forwards to them. */
export function hubNames(config: Config): readonly string[] {
  const forwarded = config.network.resolver.outboundRules.map(({ domain }) => domain);
  return [
    ...centralNames(config.region, centralServices(config)),
    // The API's id is known only after the access stack, which reads this one.
    `*.execute-api.${config.region}.amazonaws.com`,
    ...(config.access?.domain === undefined ? [] : [config.access.domain.name]),
    ...atAndBelow([...forwarded, ...allowedDomains(config)]),
  ];
}

/**
 * A line of business: what Studio's apps call. Domains that the hub forwards are not among them: no forward rule is
 * associated with the VPC, so a query would go to public name servers.
 */
export function lobNames(config: Config): readonly string[] {
  const { region } = config;
  return [
    ...centralNames(region, centralServices(config)),
    `s3.${region}.amazonaws.com`,
    // Buckets, and with them the layers of ECR's images.
    `*.s3.${region}.amazonaws.com`,
    // Home directories: the resolver itself answers with the mount target's address.
    `*.efs.${region}.amazonaws.com`,
    ...atAndBelow(allowedDomains(config)),
  ];
}

function allowedDomains({ network }: Config): readonly string[] {
  return network.dnsFirewall?.allowedDomains ?? [];
}

/** A wildcard does not cover the domain itself. A domain that is both forwarded and allowed counts once. */
function atAndBelow(domains: readonly string[]): readonly string[] {
  return [...new Set(domains)].flatMap((domain) => [domain, `*.${domain}`]);
}
