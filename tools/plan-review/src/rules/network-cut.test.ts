import { findingsOf, findingLines } from "../testing/findings";
import { created, deleted, resourceOf } from "../testing/plans";
import { networkCut } from "./network-cut";

describe("network-cut", () => {
  it.each([
    "aws_ec2_transit_gateway",
    "aws_route53_zone_association",
    "aws_vpc_endpoint",
    "aws_ram_principal_association",
    "aws_api_gateway_domain_name",
    "aws_api_gateway_domain_name_access_association",
    "aws_api_gateway_base_path_mapping",
    "aws_route53profiles_profile",
    "aws_route53profiles_resource_association",
    "aws_route53profiles_association",
  ])("blocks a deletion of %s", (type) => {
    expect(findingLines(networkCut, deleted(type))).toEqual([`block ${type}.Example`]);
  });

  it("says why something is replaced", () => {
    const replaced = resourceOf({
      type: "aws_vpc",
      kind: "replace",
      before: {},
      after: {},
      replacePaths: [["cidr_block"]],
    });
    expect(findingsOf(networkCut, replaced)[0]).toMatchObject({
      details: ["replaced because of cidr_block"],
    });
  });

  it.each([
    ["networking/Endpoints/Endpoint-studio", true],
    ["networking/Endpoints/Endpoint-sagemaker-api", true],
    ["networking/Endpoints/Endpoint-kms", false],
  ])("says of %s whether every LOB must be deployed again", (constructPath, isNamed) => {
    const [finding] = findingsOf(networkCut, deleted("aws_vpc_endpoint", {}, { constructPath }));
    expect(finding?.remedy?.includes("Every line of business's roles name its id") ?? false).toBe(isNamed);
  });

  it("reports several resources of one type once", () => {
    const zones = ["a", "b", "c"].map((address) => deleted("aws_route53_zone_association", {}, { address }));
    expect(findingsOf(networkCut, ...zones)).toMatchObject([{ severity: "block", details: ["a", "b", "c"] }]);
  });

  describe("where a profile takes over from associations, or they from it,", () => {
    const vpc = { vpc_id: "vpc-1" };
    const profiled = { resource_id: "vpc-1" };
    const zone = "aws_route53_zone_association";
    const profile = "aws_route53profiles_association";
    const stays = (type: string, before: object): ReturnType<typeof resourceOf> =>
      resourceOf({ type, kind: "no-op", before: { ...before }, after: { ...before } });

    it("accepts that one way goes while the other stays", () => {
      expect(findingLines(networkCut, deleted(zone, vpc), stays(profile, profiled))).toEqual([]);
      expect(findingLines(networkCut, deleted(profile, profiled), stays(zone, vpc))).toEqual([]);
    });

    it.each([
      ["is made by the same plan", created(profile, profiled)],
      ["goes too", deleted(profile, profiled)],
      ["is another VPC's", stays(profile, { resource_id: "vpc-2" })],
    ])("blocks it where the other %s", (_name, other) => {
      expect(findingLines(networkCut, deleted(zone, vpc), other)).toContain(`block ${zone}.Example`);
    });
  });

  it("accepts a new resource, and the deletion of a function", () => {
    expect(findingLines(networkCut, created("aws_vpc_endpoint", {}), deleted("aws_lambda_function"))).toEqual(
      [],
    );
  });
});
