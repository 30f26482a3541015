import { findingLines } from "../testing/findings";
import { created, deleted, resourceOf, updated } from "../testing/plans";
import { dataLoss } from "./data-loss";

describe("data-loss", () => {
  it.each([
    "aws_sagemaker_domain",
    "aws_dynamodb_table",
    "aws_cognito_user_pool",
    "aws_kms_key",
    "aws_s3_bucket",
  ])("blocks a deletion and a replacement of %s", (type) => {
    expect(findingLines(dataLoss, deleted(type))).toEqual([`block ${type}.Example`]);
    const replaced = resourceOf({ type, kind: "replace", before: {}, after: {} });
    expect(findingLines(dataLoss, replaced)).toEqual([`block ${type}.Example`]);
  });

  it("accepts creating and changing the same types, and deleting others", () => {
    const table = "aws_dynamodb_table";
    expect(findingLines(dataLoss, created(table, {}), updated(table, {}, {}), deleted("aws_route"))).toEqual(
      [],
    );
  });
});
