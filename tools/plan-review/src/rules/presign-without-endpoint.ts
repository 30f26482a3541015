import type { StackPlan } from "../model";
import { attachedPolicies } from "../policies/attached-policies";
import type { AttachedPolicy } from "../policies/attached-policy";
import { widening, type NamedDocument } from "../policy-change";
import { findingOf } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "presign-without-endpoint";
const PRESIGN = "sagemaker:CreatePresignedDomainUrl";

/** Denies everything except presigning without an endpoint: a policy that still allows something allows that. */
const REST: NamedDocument = {
  name: "the question",
  document: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", NotAction: PRESIGN, Resource: "*" },
      { Effect: "Deny", Action: PRESIGN, Resource: "*", Condition: { Null: { "aws:SourceVpce": "false" } } },
      { Effect: "Deny", Action: PRESIGN, Resource: "*", Condition: { Null: { "aws:SourceVpc": "false" } } },
    ],
  },
};

function check({ resource, kind, before, after, isUnknown }: AttachedPolicy): readonly Finding[] {
  const isChanged = resource.kind !== "no-op" && before?.document !== after?.document;
  if (kind !== "identity" || after === undefined || isUnknown || !isChanged) return [];
  const result = widening([REST], [REST, after], "identity");
  if (result.outcome === "not-wider") return [];
  const isCertain = result.outcome === "wider";
  return [
    findingOf(NAME, isCertain ? "block" : "warn", resource, {
      message: isCertain
        ? `A policy allows ${PRESIGN} without a VPC endpoint: the URL works from anywhere, for as long as its session.`
        : `It cannot be decided whether a policy allows ${PRESIGN} without a VPC endpoint.`,
      details: isCertain ? result.grants.map(({ text }) => text).slice(0, 3) : result.reasons,
      remedy:
        "Tie it to the endpoints of the SageMaker API and of Studio with StringEquals on aws:SourceVpce.",
    }),
  ];
}

/** Reports permissions to presign that work without the private network. */
export const presignWithoutEndpoint: Rule = {
  name: NAME,
  severity: "block",
  description: `Allows ${PRESIGN} in a way that needs no VPC endpoint, in a new policy as well.`,
  check: ({ stacks }) => stacks.flatMap((plan: StackPlan) => attachedPolicies(plan).flatMap(check)),
};
