import { attachedPolicies } from "../policies/attached-policies";
import type { AttachedPolicy } from "../policies/attached-policy";
import { widening, type NamedDocument } from "../policy-change";
import { findingOf } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "escalation";

/** Whoever has any of these actions can give themselves all others. */
const ACTIONS = [
  "iam:AttachRolePolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:CreateRole",
  "iam:CreateUser",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "kms:PutKeyPolicy",
  "lambda:AddPermission",
  "lambda:UpdateFunctionCode",
];

/** Denies all other actions: a policy that still allows something allows one of these. */
const REST: NamedDocument = {
  name: "the question",
  document: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", NotAction: ACTIONS, Resource: "*" }],
  },
};

function check({ resource, kind, before, after, isUnknown }: AttachedPolicy): readonly Finding[] {
  const isChanged = resource.kind !== "no-op" && before?.document !== after?.document;
  if (kind !== "identity" || after === undefined || isUnknown || !isChanged) return [];
  const old = before === undefined ? [REST] : [REST, before];
  const result = widening(old, [REST, after], "identity");
  // The rule policy-wider reports policies that cannot be decided.
  if (result.outcome !== "wider") return [];
  return [
    findingOf(NAME, "warn", resource, {
      message:
        "A policy lets its holder change rights or the code that guards them, and so take any other right.",
      details: result.grants.map(({ text }) => text).slice(0, 3),
      remedy: "Leave such actions to the roles that deploy.",
    }),
  ];
}

/** Reports permissions with which their holder can take more permissions. */
export const escalation: Rule = {
  name: NAME,
  severity: "warn",
  description:
    "Newly allows actions by which their holder can take any other right, such as iam:PutRolePolicy or lambda:UpdateFunctionCode; in a new role's policy as well.",
  check: ({ stacks }) => stacks.flatMap((plan) => attachedPolicies(plan).flatMap(check)),
};
