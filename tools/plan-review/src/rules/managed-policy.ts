import type { ResourceChange } from "../model";
import { findingOf, isUnknown, textOf, written } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "managed-policy";

export interface ManagedPolicyParameters {
  /** ARNs of managed policies that roles and users may have. */
  readonly allowed: readonly string[];
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** ARNs of the managed policies that a resource attaches. */
function attachedBy({ type, after }: ResourceChange): readonly string[] {
  const one = textOf(after, "policy_arn") ?? textOf(after, "managed_policy_arn");
  const isAttachment =
    /^aws_iam_.*(policy_attachment|policy_attachments_exclusive)$/.test(type) ||
    type.startsWith("aws_ssoadmin_");
  return [
    ...(isAttachment && one !== undefined ? [one] : []),
    ...listOf(after?.["managed_policy_arns"]),
    ...listOf(after?.["policy_arns"]),
  ];
}

function attachments(resource: ResourceChange, allowed: readonly string[]): readonly Finding[] {
  const { before } = resource;
  const old = before === null ? [] : attachedBy({ ...resource, after: before });
  const added = attachedBy(resource).filter((arn) => !old.includes(arn) && !allowed.includes(arn));
  // A policy that the same apply creates is reviewed as a resource of its own.
  const isUnknownArn = resource.type.endsWith("_policy_attachment") && isUnknown(resource, "policy_arn");
  if (added.length === 0 && !isUnknownArn) return [];
  const details = added.length > 0 ? added : ["the policy's ARN is known only after the apply"];
  return [
    findingOf(NAME, added.length > 0 ? "block" : "warn", resource, {
      message:
        "A managed policy would be attached. What it allows is not in the plan, and AWS changes its own: AmazonSageMakerFullAccess, for one, presigns for everybody from anywhere.",
      details,
      remedy:
        "Write the few actions that are needed as a policy of your own, or add the ARN to this rule's `allowed`.",
    }),
  ];
}

function boundaries(resource: ResourceChange): readonly Finding[] {
  if (!/^aws_iam_(role|user)$/.test(resource.type)) return [];
  const [old, now] = [
    textOf(resource.before, "permissions_boundary"),
    textOf(resource.after, "permissions_boundary"),
  ];
  if (old === undefined || old === now) return [];
  return [
    findingOf(NAME, "block", resource, {
      message:
        now === undefined
          ? "The permissions boundary would be gone."
          : "The permissions boundary would be another one.",
      details: [`was ${old}`, ...(now === undefined ? [] : [`would be ${now}`])],
    }),
  ];
}

/** Reports permissions that come from managed policies. */
export function managedPolicy({ allowed }: ManagedPolicyParameters): Rule {
  return {
    name: NAME,
    severity: "block",
    description:
      "Attaches a managed policy that is not in `allowed` (whose text no plan holds), or takes a permissions boundary away.",
    check: (context) =>
      written(context).flatMap((resource) => [...attachments(resource, allowed), ...boundaries(resource)]),
  };
}
