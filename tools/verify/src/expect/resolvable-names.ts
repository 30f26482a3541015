import type { Config } from "@studio-access/config";

import { BELOW_ZONE, centralServices, serviceHosts } from "./services";

/** The names that resolve in each VPC without a way to the internet, by the stack that makes the VPC. */
export function resolvableNames(config: Config): ReadonlyMap<string, string> {
  const { region, network } = config;
  const regional = (...services: readonly string[]): readonly string[] =>
    services.map((service) => `${service}.${region}.amazonaws.com`);
  const allowed = network.dnsFirewall?.allowedDomains ?? [];
  const domain = config.access?.domain === undefined ? [] : [config.access.domain.name];
  const forwarded = network.resolver.outboundRules.map(({ domain }) => domain);
  const central = namesOf(config, centralServices(config));
  const ofLob = [...central, ...regional("s3", "*.s3", "*.efs"), ...allBelow(allowed)];
  return new Map(
    [
      [
        "networking",
        [...central, ...regional("*.execute-api"), ...domain, ...allBelow([...allowed, ...forwarded])],
      ] as const,
      ["access", [...namesOf(config, ["sts", "sagemaker-api"]), ...regional("dynamodb")]] as const,
      ...config.linesOfBusiness.map(({ name }) => [name, ofLob] as const),
    ].map(([stack, names]) => [stack, listOf(names)]),
  );
}

/** One text for a set of names, whatever their order. */
export function listOf(names: readonly string[]): string {
  return [...new Set(names)].sort().join(" ");
}

function namesOf(config: Config, services: readonly string[]): readonly string[] {
  return serviceHosts(config).flatMap(({ id, host = "" }) => {
    if (!services.includes(id)) return [];
    return [BELOW_ZONE.includes(id) ? host.replace(/^[^.]+/, "*") : host];
  });
}

function allBelow(domains: readonly string[]): readonly string[] {
  return domains.flatMap((domain) => [domain, `*.${domain}`]);
}
