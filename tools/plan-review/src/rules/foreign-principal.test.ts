import { found, told } from "../testing/findings";
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
  it("blocks another account in a trust, also where a condition keeps it out", () => {
    const both = { AWS: [ours.AWS, "arn:aws:iam::999999999999:root"] };
    expect(found(foreignPrincipal, updated("aws_iam_role", role(ours), role(both)))[0]).toMatchObject({
      severity: "block",
      details: ['Sid "Trust" names arn:aws:iam::999999999999:root'],
    });
  });

  it.each([
    ["everybody", { AWS: "*" }],
    ["everybody", "*"],
    ["a provider", { Federated: "accounts.example.com" }],
  ])("blocks %s in a new trust", (_, principal) => {
    expect(told(foreignPrincipal, created("aws_iam_role", role(principal)))).toEqual([
      "block aws_iam_role.Example",
    ]);
  });

  it("lets our accounts, services, and what was there before be", () => {
    expect(
      told(foreignPrincipal, created("aws_iam_role", role({ Service: "lambda.amazonaws.com" }))),
    ).toEqual([]);
    expect(told(foreignPrincipal, created("aws_iam_role", role({ AWS: "222222222222" })))).toEqual([]);
    expect(
      told(foreignPrincipal, updated("aws_iam_role", role({ AWS: "*" }), role({ AWS: "*" }, {}))),
    ).toEqual([]);
  });

  it("lets everybody into a resource's policy only with a condition", () => {
    const policy = (Condition: object): Record<string, unknown> => ({
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*", Condition }],
      }),
    });
    const tied = policy({ StringEquals: { "kms:CallerAccount": "111111111111" } });
    expect(told(foreignPrincipal, created("aws_kms_key", tied))).toEqual([]);
    expect(told(foreignPrincipal, created("aws_kms_key", policy({})))).toHaveLength(1);
  });
});
