import type { Decision } from "@studio-access/policy";

import { identityPolicy } from "./testing/example-caller";
import { authorizationResultOf } from "./authorization-result";

const request = {
  who: "arn:aws:sts::111111111111:assumed-role/presign/fn",
  action: "dynamodb:GetItem",
  actions: ["dynamodb:GetItem"],
  resource: "arn:aws:dynamodb:eu-west-1:111111111111:table/users",
};
const asked = [identityPolicy({ Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" })];

const denied = (reason: "explicit_deny" | "implicit_deny", by: Partial<Decision>): Decision => ({
  allowed: false,
  reason,
  trail: [],
  ...by,
});

describe("an authorization result", () => {
  it.each<[string, Decision, string, string]>([
    [
      "names the statement that denied",
      denied("explicit_deny", { decidedBy: { kind: "endpoint", policy: "vpce-1", index: 2, sid: "Ours" } }),
      "explicit Deny in endpoint policy vpce-1, statement 2 (Ours)",
      " with an explicit deny in a VPC endpoint policy",
    ],
    [
      "names the policies that have no Allow",
      denied("implicit_deny", { missing: "identity" }),
      "no Allow of dynamodb:GetItem in identity policy inline",
      " because no identity-based policy allows the dynamodb:GetItem action",
    ],
    [
      "says that there is no such policy",
      denied("implicit_deny", { missing: "resource" }),
      "no Allow of dynamodb:GetItem: there is no resource policy",
      " because no resource-based policy allows the dynamodb:GetItem action",
    ],
    [
      'names an identity-based policy with the article "an"',
      denied("explicit_deny", { decidedBy: { kind: "identity", policy: "inline", index: 0 } }),
      "explicit Deny in identity policy inline, statement 0",
      " with an explicit deny in an identity-based policy",
    ],
    [
      "names the statement that allowed",
      {
        allowed: true,
        reason: "allowed",
        trail: [],
        decidedBy: { kind: "identity", policy: "inline", index: 0 },
      },
      "Allow in identity policy inline, statement 0",
      "",
    ],
  ])("%s", (_, decision, why, awsReason) => {
    expect(authorizationResultOf(request, decision, asked)).toEqual({
      ...request,
      allowed: decision.allowed,
      why,
      awsReason,
    });
  });
});
