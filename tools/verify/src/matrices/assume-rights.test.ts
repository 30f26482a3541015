import type { RoleModel } from "../model/roles";
import { couldAssume } from "./assume-rights";

function roleWith(statement: object | string): RoleModel {
  const json = typeof statement === "string" ? statement : JSON.stringify({ Statement: statement });
  return {
    arn: "arn:aws:iam::111111111111:role/r",
    name: "r",
    account: "111111111111",
    stack: "s",
    trust: { name: "trust", json: "{}" },
    identity: [{ name: "p", json }],
    boundary: undefined,
    boundaryArn: "",
    attached: [],
    opaque: [],
  };
}

describe("a role's own policies", () => {
  it.each([
    { Effect: "Allow", Action: "sts:AssumeRole" },
    { Effect: "Allow", Action: ["s3:GetObject", "STS:assume*"] },
    { Effect: "Allow", Action: "*" },
    { Effect: "Allow", Action: "s?s:AssumeRole" },
    { Effect: "Allow", NotAction: "s3:*" },
    "not JSON",
  ])("could allow AssumeRole: %j", (statement) => {
    expect(couldAssume(roleWith(statement))).toBe(true);
  });

  it.each([
    { Effect: "Allow", Action: "s3:*" },
    { Effect: "Allow", Action: "sts:GetCallerIdentity" },
    { Effect: "Deny", Action: "*" },
  ])("could not allow AssumeRole: %j", (statement) => {
    expect(couldAssume(roleWith(statement))).toBe(false);
  });
});
