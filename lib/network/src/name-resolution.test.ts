import { ACCESS, exampleNetwork as facts, HUB } from "./testing/example-network";
import type { NetworkFacts, ZoneFact } from "./facts";
import { resolveName } from "./name-resolution";
import { publicNameOf, serves } from "./service-names";

const zone = facts.zones[0]!;
const alias = zone.records[0]!.alias;

function withZones(...zones: readonly ZoneFact[]): NetworkFacts {
  return { ...facts, zones };
}

describe("resolveName", () => {
  it("prefers the most specific zone", () => {
    const wide = { ...zone, zoneId: "Z-wide", name: "eu-west-1.amazonaws.com", records: [] };
    expect(resolveName(withZones(wide, zone), ACCESS, "sts.eu-west-1.amazonaws.com").kind).toBe("endpoint");
    expect(resolveName(withZones(wide, zone), ACCESS, "logs.eu-west-1.amazonaws.com").kind).toBe(
      "no_such_name",
    );
  });

  it("ignores zones of other VPCs", () => {
    expect(
      resolveName(withZones({ ...zone, vpcIds: [HUB] }), ACCESS, "sts.eu-west-1.amazonaws.com").kind,
    ).toBe("public");
  });

  it("resolves by an association, a Route 53 profile or both, so that each can take over from the other", () => {
    const kind = (vpcIds: string[], profileVpcIds: string[]): string =>
      resolveName(withZones({ ...zone, vpcIds, profileVpcIds }), ACCESS, "sts.eu-west-1.amazonaws.com").kind;
    expect(kind([ACCESS], [])).toBe("endpoint");
    expect(kind([ACCESS], [ACCESS])).toBe("endpoint");
    expect(kind([], [ACCESS])).toBe("endpoint");
    expect(kind([], [HUB])).toBe("public");
  });

  it("takes a zone of the VPC's own before one of that name in its profile, and a more specific one before both", () => {
    const own = { ...zone, zoneId: "Z-own", records: [], vpcIds: [ACCESS] };
    const ofProfile = { ...zone, vpcIds: [], profileVpcIds: [ACCESS] };
    const kind = (...zones: readonly ZoneFact[]): string =>
      resolveName(withZones(...zones), ACCESS, "sts.eu-west-1.amazonaws.com").kind;
    expect(kind(ofProfile, own)).toBe("no_such_name");
    expect(kind(ofProfile, { ...own, name: "eu-west-1.amazonaws.com" })).toBe("endpoint");
  });

  it("takes the exact record before a wildcard", () => {
    const records = [
      { name: "*.eu-west-1.amazonaws.com", type: "A", alias: "nowhere.example", values: [] },
      { name: "sts.eu-west-1.amazonaws.com", type: "A", alias, values: [] },
    ];
    const both = withZones({ ...zone, name: "eu-west-1.amazonaws.com", records });
    expect(resolveName(both, ACCESS, "STS.eu-west-1.amazonaws.com.").kind).toBe("endpoint");
    expect(resolveName(both, ACCESS, "logs.eu-west-1.amazonaws.com").kind).toBe("no_such_name");
  });

  it("resolves no alias whose endpoint is gone", () => {
    const gone = { ...facts, endpoints: [] };
    expect(resolveName(gone, ACCESS, "sts.eu-west-1.amazonaws.com")).toMatchObject({
      kind: "no_such_name",
      reason: expect.stringContaining("which no VPC endpoint has") as string,
    });
  });

  it("stops when CNAMEs form a loop", () => {
    const records = [{ name: "a.example", type: "CNAME", alias: undefined, values: ["a.example."] }];
    expect(resolveName(withZones({ ...zone, name: "example", records }), ACCESS, "a.example").kind).toBe(
      "no_such_name",
    );
  });

  it("uses an endpoint's private DNS in the endpoint's own VPC only", () => {
    const endpoints = facts.endpoints.map((endpoint) => ({ ...endpoint, privateDns: true }));
    const noZones = { ...facts, endpoints, zones: [] };
    expect(resolveName(noZones, HUB, "sts.eu-west-1.amazonaws.com").kind).toBe("endpoint");
    expect(resolveName(noZones, ACCESS, "sts.eu-west-1.amazonaws.com").kind).toBe("public");
  });

  it("resolves no names outside AWS", () => {
    expect(resolveName(facts, undefined, "example.com").kind).toBe("no_such_name");
  });
});

describe("service names", () => {
  it.each([
    ["com.amazonaws.eu-west-1.sts", "sts.eu-west-1.amazonaws.com"],
    ["com.amazonaws.eu-west-1.sagemaker.api", "api.sagemaker.eu-west-1.amazonaws.com"],
    ["com.amazonaws.eu-west-1.ecr.dkr", "dkr.ecr.eu-west-1.amazonaws.com"],
    ["aws.sagemaker.eu-west-1.studio", "studio.eu-west-1.sagemaker.aws"],
  ])("%s is found at %s", (service, name) => {
    expect(publicNameOf(service)).toBe(name);
  });

  it("serve the names below their own for some services only", () => {
    expect(serves("com.amazonaws.eu-west-1.execute-api", "abc.execute-api.eu-west-1.amazonaws.com")).toBe(
      true,
    );
    expect(serves("com.amazonaws.eu-west-1.sts", "abc.sts.eu-west-1.amazonaws.com")).toBe(false);
  });
});
