import type { ResourceInstance } from "@studio-access/terraform";
import { groupBy } from "../matrices/matrix";
import { blocks, ofType, text, texts } from "./attributes";

/** A policy's JSON, with the name by which reasons refer to it. */
export interface PolicyText {
  readonly name: string;
  readonly json: string;
}

/** A role as deployed, with its policies, its boundary and its trust policy. */
export interface RoleModel {
  readonly arn: string;
  readonly name: string;
  /** 12 digits. */
  readonly account: string;
  readonly stack: string;
  readonly trust: PolicyText;
  readonly identity: readonly PolicyText[];
  readonly boundary: PolicyText | undefined;
  /** Empty where there is none. */
  readonly boundaryArn: string;
  /** ARNs of the managed policies that are attached. */
  readonly attached: readonly string[];
  /** ARNs of attached policies whose text the state does not hold: what they allow is not known. */
  readonly opaque: readonly string[];
}

type Owned = ReadonlyMap<string, readonly ResourceInstance[]>;

export function readRoles(resources: readonly ResourceInstance[]): readonly RoleModel[] {
  const roles = ofType(resources, "aws_iam_role");
  const inline = byRole(resources, "aws_iam_role_policy", roles);
  const attached = byRole(resources, "aws_iam_role_policy_attachment", roles);
  const documents = managedPolicies(resources);
  return roles.map((role) => {
    const arn = text(role, "arn");
    // After a refresh, a role lists its attached policies, also those that are resources of their own.
    const listed = texts(role, "managed_policy_arns");
    const separate = (attached.get(arn) ?? []).map((attachment) => text(attachment, "policy_arn"));
    const managed = [...new Set([...listed, ...separate])];
    const boundaryArn = text(role, "permissions_boundary");
    const known = managed.flatMap(documents);
    const boundaries = documents(boundaryArn);
    return {
      arn,
      name: text(role, "name"),
      account: arn.split(":")[4] ?? "",
      stack: role.stack,
      trust: { name: `trust of ${text(role, "name")}`, json: text(role, "assume_role_policy") },
      identity: [...inlinePolicies(role, inline.get(arn) ?? []), ...known],
      boundary: boundaries[0],
      boundaryArn,
      attached: managed,
      // Which of two boundaries AWS has is not known.
      opaque: [
        ...managed.filter((policyArn) => documents(policyArn).length === 0),
        ...(boundaryArn === "" || boundaries.length === 1 ? [] : [boundaryArn]),
      ],
    };
  });
}

/**
 * Resources that name a role, by the role's ARN. They name it without its account, so the role of that name in their own
 * stack is meant. Where that stack has none, they count for every role of that name, so that no right is overlooked.
 */
function byRole(
  resources: readonly ResourceInstance[],
  type: string,
  roles: readonly ResourceInstance[],
): Owned {
  const byName = new Map<string, ResourceInstance[]>();
  for (const role of roles) byName.set(text(role, "name"), [...(byName.get(text(role, "name")) ?? []), role]);
  const owned = new Map<string, ResourceInstance[]>();
  for (const resource of ofType(resources, type)) {
    const named = byName.get(text(resource, "role")) ?? [];
    const near = named.filter((role) => role.stack === resource.stack);
    for (const role of near.length > 0 ? near : named)
      owned.set(text(role, "arn"), [...(owned.get(text(role, "arn")) ?? []), resource]);
  }
  return owned;
}

function inlinePolicies(
  role: ResourceInstance,
  separate: readonly ResourceInstance[],
): readonly PolicyText[] {
  const name = (policy: string): string => `${text(role, "name")}/${policy}`;
  const own = separate.map((policy) => ({ name: name(text(policy, "name")), json: text(policy, "policy") }));
  // After a refresh, a role lists its inline policies, also those that are resources of their own.
  const listed = blocks(role, "inline_policy")
    .map((policy) => ({ name: name(text(policy, "name")), json: text(policy, "policy") }))
    .filter((policy) => policy.json !== "" && own.every((other) => other.name !== policy.name));
  return [...own, ...listed];
}

/** The texts of a managed policy: of several with one ARN all, since which of them AWS has is not known. */
function managedPolicies(resources: readonly ResourceInstance[]): (arn: string) => readonly PolicyText[] {
  const policies = ofType(resources, "aws_iam_policy").map((policy) => ({
    name: text(policy, "arn"),
    json: text(policy, "policy"),
  }));
  const byArn = groupBy(policies, ({ name }) => name);
  return (arn) => byArn.get(arn) ?? [];
}
