import { findingsOf, findingLines } from "../testing/findings";
import { created, updated } from "../testing/plans";
import { foreignPrincipal } from "./foreign-principal";

const pinned = { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/presign" } };

function role(principal: unknown, Condition: object = pinned): Record<string, unknown> {
  const statement = {
    Sid: "Trust",
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    Condition,
  };
  return { assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) };
}

const ours = { AWS: "arn:aws:iam::111111111111:root" };

describe("foreign-principal", () => {
  it("blocks another account in a trust policy, even where a condition excludes it", () => {
    const both = { AWS: [ours.AWS, "arn:aws:iam::999999999999:root"] };
    expect(findingsOf(foreignPrincipal, updated("aws_iam_role", role(ours), role(both)))[0]).toMatchObject({
      severity: "block",
      details: ['Sid "Trust" names arn:aws:iam::999999999999:root'],
    });
  });

  it.each([
    ["everybody", { AWS: "*" }],
    ["everybody", "*"],
    ["a provider", { Federated: "accounts.example.com" }],
  ])("blocks %s in a new trust", (_, principal) => {
    expect(findingLines(foreignPrincipal, created("aws_iam_role", role(principal)))).toEqual([
      "block aws_iam_role.Example",
    ]);
  });

  it("accepts our accounts, AWS services, and principals that were there before", () => {
    expect(
      findingLines(foreignPrincipal, created("aws_iam_role", role({ Service: "lambda.amazonaws.com" }))),
    ).toEqual([]);
    expect(findingLines(foreignPrincipal, created("aws_iam_role", role({ AWS: "222222222222" })))).toEqual(
      [],
    );
    expect(
      findingLines(foreignPrincipal, updated("aws_iam_role", role({ AWS: "*" }), role({ AWS: "*" }, {}))),
    ).toEqual([]);
  });

  it("lets everybody into a resource's policy only with a condition", () => {
    const policy = (Condition: object): Record<string, unknown> => ({
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*", Condition }],
      }),
    });
    const tied = policy({ StringEquals: { "kms:CallerAccount": "111111111111" } });
    expect(findingLines(foreignPrincipal, created("aws_kms_key", tied))).toEqual([]);
    expect(findingLines(foreignPrincipal, created("aws_kms_key", policy({})))).toHaveLength(1);
  });
});
