import { couldAllow, statementsNaming } from "./could-allow";
import { faultOf, policyOf } from "./testing/fixtures";

const ACTION = "ec2:RunInstances";
const CONDITION = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
const anything = { Effect: "Allow", Action: "*", Resource: "*" };
const somewhere = {
  Effect: "Allow",
  Action: "ec2:Run*",
  Resource: "arn:aws:ec2:eu-west-1:111111111111:instance/*",
  Condition: CONDITION,
};
const deny = { Effect: "Deny", Action: "ec2:*", Resource: "*" };
const identity = policyOf("identity", somewhere);

describe("couldAllow", () => {
  it("allows an action that has an Allow on some resource and under some condition, and names the Allow", () => {
    expect(couldAllow({ identityPolicies: [identity] }, "EC2:runinstances")).toMatchObject({
      allowed: true,
      decidedBy: { kind: "identity", index: 0 },
    });
  });

  it.each([
    ["no identity policy", { identityPolicies: [] }, "identity"],
    [
      "no statement that names the action",
      { identityPolicies: [policyOf("identity", { ...anything, Action: "s3:*" })] },
      "identity",
    ],
    [
      "an Allow of all but this action",
      {
        identityPolicies: [
          policyOf("identity", { Effect: "Allow", NotAction: ["iam:*", ACTION], Resource: "*" }),
        ],
      },
      "identity",
    ],
    [
      "a boundary without it",
      {
        identityPolicies: [identity],
        permissionBoundary: policyOf("boundary", { ...anything, Action: "s3:*" }),
      },
      "boundary",
    ],
    [
      "session policies without it",
      {
        identityPolicies: [identity],
        sessionPolicies: [policyOf("session", { ...anything, Action: "s3:*" })],
      },
      "session",
    ],
  ])("denies with %s", (_, policies, missing) => {
    expect(couldAllow(policies, ACTION)).toMatchObject({ allowed: false, reason: "implicit_deny", missing });
  });

  it("denies by a Deny on every resource and under no condition, in any kind of policy, and names it", () => {
    const policies = {
      identityPolicies: [identity],
      permissionBoundary: policyOf("boundary", [anything, { Sid: "No", ...deny }]),
    };
    expect(couldAllow(policies, ACTION)).toMatchObject({
      allowed: false,
      reason: "explicit_deny",
      decidedBy: { kind: "boundary", index: 1, sid: "No" },
    });
  });

  it.each([
    ["under a condition", { ...deny, Condition: CONDITION }],
    ["on some resources", { ...deny, Resource: "arn:aws:ec2:*:*:vpc/*" }],
    ["on all but some resources", { Effect: "Deny", Action: "ec2:*", NotResource: "arn:aws:ec2:*:*:vpc/*" }],
    ["of other actions", { ...deny, Action: "ec2:TerminateInstances" }],
  ])("allows in spite of a Deny %s", (_, statement) => {
    const policies = { identityPolicies: [policyOf("identity", [somewhere, statement])] };
    expect(couldAllow(policies, ACTION).allowed).toBe(true);
  });

  it("refuses an action that AWS does not have", () => {
    expect(faultOf(() => couldAllow({ identityPolicies: [identity] }, "ec2:Fly"))).toMatchObject({
      code: "unknown_action",
    });
  });
});

describe("statementsNaming", () => {
  it("finds the statements whose Action or NotAction covers an action, whatever their effect and resource", () => {
    const policy = policyOf("identity", [somewhere, { ...anything, Action: "s3:*" }, deny]);
    expect(statementsNaming(policy, ACTION)).toEqual([0, 2]);
  });
});
