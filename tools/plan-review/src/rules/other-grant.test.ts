import { findingsOf, findingLines } from "../testing/findings";
import { created } from "../testing/plans";
import { otherGrant } from "./other-grant";

describe("other-grant", () => {
  it.each([
    ["aws_kms_grant", { grantee_principal: "arn:aws:iam::999999999999:role/x" }],
    ["aws_iam_access_key", {}],
    ["aws_iam_openid_connect_provider", {}],
    ["aws_lambda_function_url", { authorization_type: "NONE" }],
    ["aws_s3_bucket_public_access_block", { block_public_policy: false }],
  ])("blocks %s", (type, after) => {
    expect(findingLines(otherGrant, created(type, after))).toEqual([`block ${type}.Example`]);
  });

  it("names whom it is given to", () => {
    const grant = created("aws_kms_grant", { grantee_principal: "arn:aws:iam::999999999999:role/x" });
    expect(findingsOf(otherGrant, grant)[0]?.message).toContain("999999999999");
  });

  it("accepts settings that close access", () => {
    const closed = { block_public_acls: true, block_public_policy: true };
    const url = { authorization_type: "AWS_IAM" };
    expect(
      findingLines(
        otherGrant,
        created("aws_s3_bucket_public_access_block", closed),
        created("aws_lambda_function_url", url),
      ),
    ).toEqual([]);
  });
});
