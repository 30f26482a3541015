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

  it("accepts a new resource, and the deletion of a function", () => {
    expect(findingLines(networkCut, created("aws_vpc_endpoint", {}), deleted("aws_lambda_function"))).toEqual(
      [],
    );
  });
});
