import { findingLines } from "../testing/findings";
import { deleted, resourceOf } from "../testing/plans";
import { manyDestroys } from "./many-destroys";

describe("many-destroys", () => {
  const three = ["a", "b", "c"].map((name) => deleted("aws_route", {}, { address: name }));
  const replaced = resourceOf({ type: "aws_vpc", kind: "replace", before: {}, after: {} });

  it("blocks more deletions than allowed, replacements included", () => {
    expect(findingLines(manyDestroys({ atMost: 3 }), ...three, replaced)).toEqual(["block"]);
    expect(findingLines(manyDestroys({ atMost: 4 }), ...three, replaced)).toEqual([]);
  });

  it("counts no association with a zone that the VPC goes on having by its profile", () => {
    const type = "aws_route53_vpc_association_authorization";
    const four = ["a", "b", "c", "d"].map((address) => deleted(type, { vpc_id: "vpc-1" }, { address }));
    const association = { resource_id: "vpc-1" };
    const profile = { type: "aws_route53profiles_association", before: association, after: association };
    const rule = manyDestroys({ atMost: 3 });
    expect(findingLines(rule, ...four)).toEqual(["block"]);
    expect(findingLines(rule, ...four, resourceOf({ ...profile, kind: "no-op" }))).toEqual([]);
  });
});
