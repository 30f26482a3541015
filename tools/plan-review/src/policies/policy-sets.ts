import type { ResourceChange, StackPlan } from "../model";
import type { ComparedKind, NamedDocument } from "../policy-change";
import { attachedPolicies } from "./attached-policies";
import type { AttachedPolicy } from "./attached-policy";

/** All policies of one kind that one role, endpoint, key … has. They are evaluated together, as AWS does it. */
export interface PolicySet {
  readonly stack: string;
  readonly kind: ComparedKind;
  /** The resource that a finding names: the first one that changes. */
  readonly about: ResourceChange;
  readonly before: readonly NamedDocument[];
  readonly after: readonly NamedDocument[];
  /** Whether the same apply creates the resource that the policies are attached to. */
  readonly isNew: boolean;
  /** Policies that are known only after the apply. */
  readonly unknown: readonly AttachedPolicy[];
}

const IDS = ["id", "arn", "name", "function_name", "key_id", "bucket", "url"];

function isNamed({ before, after }: ResourceChange, target: string): boolean {
  return IDS.some((name) => before?.[name] === target || after?.[name] === target);
}

/**
 * The resource with the target's name, if the stack's plan has it. Resources that are policies themselves are left out,
 * since they carry the names of their targets.
 */
function resourceNamed(target: string, resources: readonly ResourceChange[]): ResourceChange | undefined {
  return (
    resources.find(({ address }) => address === target) ??
    resources.find(
      (resource) => !/_policy$|_permission$|_attachment$/.test(resource.type) && isNamed(resource, target),
    )
  );
}

function keyOf({ kind, target, resource }: AttachedPolicy, owner: ResourceChange | undefined): string {
  return `${kind} ${owner?.address ?? target ?? resource.address}`;
}

function wins(policies: readonly AttachedPolicy[]): readonly AttachedPolicy[] {
  const [first] = policies;
  // The policies of an identity add up. Of every other kind there is one, and the resource's own attribute repeats it.
  if (first?.kind === "identity" || first?.attribute === "permission") return policies;
  const separate = policies.filter(({ isSeparate }) => isSeparate);
  return separate.length === 0 ? policies : separate;
}

function toSet(
  { stack }: StackPlan,
  all: readonly AttachedPolicy[],
  owner: ResourceChange | undefined,
): readonly PolicySet[] {
  const policies = wins(all);
  const changed = policies.find(({ resource }) => resource.kind !== "no-op");
  const [first] = policies;
  if (changed === undefined || first === undefined || owner?.kind === "delete") return [];
  // A target without a name yet is created by the same apply.
  const isNew =
    owner === undefined
      ? first.target === undefined && first.resource.kind === "create"
      : owner.kind === "create";
  return [
    {
      stack,
      kind: first.kind,
      about: changed.resource,
      before: policies.flatMap(({ before }) => before ?? []),
      after: policies.flatMap(({ after, isUnknown }) => (after === undefined || isUnknown ? [] : [after])),
      isNew,
      unknown: policies.filter(({ isUnknown, resource }) => isUnknown && resource.kind !== "no-op"),
    },
  ];
}

/** The policies of a stack that an apply would change, grouped by what they are attached to. */
export function changedPolicySets(plan: StackPlan): readonly PolicySet[] {
  const groups = new Map<
    string,
    { readonly owner: ResourceChange | undefined; readonly all: AttachedPolicy[] }
  >();
  for (const policy of attachedPolicies(plan)) {
    const owner = policy.target === undefined ? undefined : resourceNamed(policy.target, plan.resources);
    const key = keyOf(policy, owner);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { owner, all: [policy] });
    else group.all.push(policy);
  }
  return [...groups.values()].flatMap(({ owner, all }) => toSet(plan, all, owner));
}
