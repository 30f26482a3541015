import { validate, type Config } from "@studio-access/config";

import {
  CONFIGS,
  withBlocked,
  withGroups,
  withLobs,
  withLongestNames,
  type NamedConfig,
} from "./testing/configs";
import {
  allResources,
  localConfig,
  object,
  synthApp,
  text,
  type SynthesizedResource,
} from "./testing/synth-app";

/** As many tags of one's own as the config's rules allow, found by asking them. */
function withMostTags(config: Config): Config {
  const tagged = (count: number): Config => ({
    ...config,
    tags: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"])),
  });
  const most = Array.from({ length: 60 }, (_, count) => count).findLast(
    (count) => !("problems" in validate(tagged(count))),
  );
  return tagged(most ?? 0);
}

/** As many lines of business with the longest names as the config's rules allow outside an Organization. */
function withMostLongNames(change: (config: Config) => Config = (config) => config): Config {
  const named = (count: number): Config => change(withLongestNames(withLobs(count)));
  const most = Array.from({ length: 101 }, (_, count) => count).findLast(
    (count) => count >= 2 && !("problems" in validate(named(count))),
  );
  return named(most ?? 2);
}

const longestDomain = `${"a".repeat(50)}.${"b".repeat(50)}.example.com`;

function withLongDomains(config: Config): Config {
  const resolver = {
    inbound: true,
    outboundRules: [{ domain: longestDomain, targetIps: ["192.168.10.53"] }],
  };
  return { ...config, network: { ...config.network, resolver } };
}

/** As many blocked users as the config's rules allow, with the longest names, where as much else stands in their policies as may. */
function withMostBlocked(config: Config): Config {
  const blocked = (count: number): Config =>
    withBlocked(
      config,
      Array.from({ length: count }, (_, index) => `${"b".repeat(60)}${100 + index}`),
    );
  const most = Array.from({ length: 101 }, (_, count) => count).findLast(
    (count) => !("problems" in validate(blocked(count))),
  );
  return blocked(most ?? 0);
}

const EXTREMES: readonly NamedConfig[] = [
  ...CONFIGS,
  ["with the most tags", withMostTags(localConfig())],
  ["with the most lines of business of long names", withMostLongNames()],
  ["with the most blocked users", withMostBlocked(withLongestNames(localConfig()))],
  ["with the most lines of business of long names with groups", withMostLongNames(withGroups)],
  ["with long domains of the company's own", withLongDomains(localConfig())],
];

/** Characters as IAM counts them: without blanks. A reference to another resource counts as at least itself. */
function size(document: unknown): number {
  return typeof document === "string" ? document.replaceAll(/\s/g, "").length : 0;
}

/** Sizes, by name, that are over a limit. */
function over(limit: number, sizes: ReadonlyMap<string, number>): readonly string[] {
  return [...sizes].filter(([, found]) => found > limit).map(([name, found]) => `${name}: ${found}`);
}

function sizesOf(
  resources: readonly SynthesizedResource[],
  type: string,
  sizeOf: (resource: SynthesizedResource) => number,
): ReadonlyMap<string, number> {
  const found = resources.filter((resource) => resource.type === type);
  return new Map(found.map((resource) => [`${resource.stack}/${resource.address}`, sizeOf(resource)]));
}

/**
 * Limits that a plan does not show and an apply meets.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html,
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html and
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateResolverRule.html
 */
describe.each(EXTREMES)("AWS's limits, %s,", (_name, config) => {
  const resources = allResources(synthApp(config));

  it("leave room for all inline policies of a role together", () => {
    const sizes = new Map<string, number>();
    for (const { stack, type, body } of resources) {
      if (type !== "aws_iam_role_policy") continue;
      const role = `${stack}/${text(body["role"])}`;
      sizes.set(role, (sizes.get(role) ?? 0) + size(body["policy"]));
    }
    expect(sizes.size).toBeGreaterThan(3);
    expect(over(10_240, sizes)).toEqual([]);
  });

  it("leave room for managed policies, trusts, and the names of roles", () => {
    expect(
      over(
        6_144,
        sizesOf(resources, "aws_iam_policy", ({ body }) => size(body["policy"])),
      ),
    ).toEqual([]);
    const trusts = sizesOf(resources, "aws_iam_role", ({ body }) => size(body["assume_role_policy"]));
    expect(over(2_048, trusts)).toEqual([]);
    expect(
      over(
        64,
        sizesOf(resources, "aws_iam_role", ({ body }) => size(body["name"])),
      ),
    ).toEqual([]);
  });

  it("leave room for the policies of endpoints, keys and buckets, in which white space counts", () => {
    const length = ({ body }: SynthesizedResource): number =>
      typeof body["policy"] === "string" ? body["policy"].length : 0;
    const endpoints = sizesOf(resources, "aws_vpc_endpoint", length);
    expect(endpoints.size).toBeGreaterThan(3);
    expect(over(20_480, endpoints)).toEqual([]);
    expect(over(32_768, sizesOf(resources, "aws_kms_key", length))).toEqual([]);
    expect(over(20_480, sizesOf(resources, "aws_s3_bucket_policy", length))).toEqual([]);
  });

  it("leave room for a hosted zone's tags", () => {
    const provider = object(object(synthApp(config).get("networking")?.json)["provider"]);
    const [first] = provider["aws"] as readonly { default_tags: readonly { tags: object }[] }[];
    const shared = Object.keys(first?.default_tags[0]?.tags ?? {}).length;
    expect(shared).toBeGreaterThan(1);
    const sizes = sizesOf(
      resources,
      "aws_route53_zone",
      ({ body }) => shared + Object.keys(object(body["tags"] ?? {})).length,
    );
    expect(sizes.size).toBeGreaterThan(3);
    expect(over(10, sizes)).toEqual([]);
  });

  it("leave room for the names of resolver rules, and of the DNS firewall's parts", () => {
    const named = resources.filter(
      ({ type, body }) => type.startsWith("aws_route53_resolver_") && "name" in body,
    );
    expect(named.length).toBeGreaterThan(12);
    const names = new Map(
      named.map(({ stack, address, body }) => [`${stack}/${address}`, size(body["name"])]),
    );
    expect(over(64, names)).toEqual([]);
  });
});
