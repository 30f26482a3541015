import type { ChangeJson, PlanJson, ResourceChangeJson } from "@studio-access/terraform";

import { attributeChanges, type AttributeChange } from "./attribute-changes";
import { resourcesThere } from "./resources-there";

/** What to do about something that was added by hand, since a deploy neither removes nor adopts it. */
export interface Remedy {
  /** `ingress tcp 22-22 0.0.0.0/0`. */
  readonly what: string;
  /** A command of the AWS CLI that removes it. */
  readonly undo: string;
  /** How to make it the stack's own: the type to declare it as, and what Terraform imports it by. */
  readonly keep: { readonly type: string } & ImportId;
}

/** What Terraform imports a resource by, or a command of the AWS CLI that prints it, since only AWS knows it. */
export type ImportId = { readonly id: string } | { readonly idCommand: string };

/** A resource that was changed outside of Terraform, so that it no longer matches the state and the config. */
export interface DriftedResource {
  readonly address: string;
  /** Path of the construct; absent where the config no longer has the resource. */
  readonly constructPath?: string;
  /** Account that it is in. */
  readonly account?: string;
  readonly kind: "changed" | "deleted" | "added to";
  /** From the values in the state to the present ones; none when the resource was deleted. */
  readonly attributes: readonly AttributeChange[];
  /** Absent where a deploy puts everything back. */
  readonly remedies?: readonly Remedy[];
}

/** A change that the next deploy would make because the config changed. */
export interface PendingChange {
  /** Address of a resource, or `output.NAME`. */
  readonly address: string;
  /** Path of the construct; absent for an output, and where the config no longer has the resource. */
  readonly constructPath?: string;
  readonly action: "create" | "update" | "delete" | "replace";
  /** From the present values to the config's; none when the resource is created or deleted. */
  readonly attributes: readonly AttributeChange[];
}

/** A resource with changed values that the config does not set, so that no deploy changes them back. */
export interface UnclaimedChange {
  readonly address: string;
  /** Names without values. */
  readonly attributes: readonly string[];
}

export interface Assessment {
  readonly drift: readonly DriftedResource[];
  readonly pending: readonly PendingChange[];
  readonly unclaimed: readonly UnclaimedChange[];
  /** Whether the stack had any resource. */
  readonly deployed: boolean;
}

/**
 * Separates changes made outside of Terraform from changes of the config.
 *
 * A refresh also finds differences that nobody made: AWS fills values in, and a security group lists the rules that are
 * resources of their own. So drift is what the refresh found **and** the next deploy would restore; the rest is
 * unclaimed.
 *
 * @param plan the plan with a refresh
 * @param unrefreshed the plan without a refresh: what the config alone would change. Needed only when
 *   {@link hasKnockOn} is true; without it, every planned change that is no drift counts as pending
 */
export function assess(plan: PlanJson, unrefreshed: PlanJson = plan): Assessment {
  const planned = new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change]));
  const found = plan.resource_drift ?? [];
  const drift = found.flatMap((resource) => drifted(resource, planned.get(resource.address)));
  return {
    drift,
    pending: pendingIn(unrefreshed, unrefreshed === plan ? drift : []),
    unclaimed: found.flatMap((resource) => unclaimed(resource, drift)),
    deployed: resourcesThere(plan).length > 0 || found.length > 0,
  };
}

/**
 * Whether there are both drift and other planned changes. Some of these may be consequences of the drift (another
 * resource refers to a deleted one); only a plan without a refresh separates them from changes of the config.
 */
export function hasKnockOn({ drift, pending }: Assessment): boolean {
  return drift.length > 0 && pending.length > 0;
}

function drifted(
  { address, change }: ResourceChangeJson,
  planned: ChangeJson | undefined,
): DriftedResource[] {
  if (planned === undefined) return [];
  if (change.actions.includes("delete"))
    return planned.actions.includes("create") ? [{ address, kind: "deleted", attributes: [] }] : [];
  // A resource that the config no longer has is deleted, so no change of it is restored.
  if (actionOf(planned) === "delete") return [];
  const putBack = new Set(knownChanges(planned).map(({ attribute }) => topOf(attribute)));
  const attributes = withoutTagsTwice(
    changesOf(change).filter(({ attribute }) => putBack.has(topOf(attribute))),
  );
  return attributes.length === 0 ? [] : [{ address, kind: "changed", attributes }];
}

function unclaimed(
  { address, change }: ResourceChangeJson,
  drift: readonly DriftedResource[],
): UnclaimedChange[] {
  if (change.actions.includes("delete")) return [];
  const claimed = drift.find((resource) => resource.address === address)?.attributes ?? [];
  const tops = new Set(claimed.map(({ attribute }) => topOf(attribute)));
  const names = new Set(changesOf(change).map(({ attribute }) => topOf(attribute)));
  const attributes = [...names].filter(
    (name) => !tops.has(name) && !(name === "tags_all" && tops.has("tags")),
  );
  return attributes.length === 0 ? [] : [{ address, attributes }];
}

function pendingIn(plan: PlanJson, drift: readonly DriftedResource[]): PendingChange[] {
  const explained = new Map(drift.map((resource) => [resource.address, resource]));
  const resources = (plan.resource_changes ?? []).flatMap(({ address, change }): PendingChange[] => {
    const action = actionOf(change);
    if (action === undefined) return [];
    const cause = explained.get(address);
    if (cause?.kind === "deleted") return [];
    if (action === "create" || action === "delete") return [{ address, action, attributes: [] }];
    const tops = new Set(cause?.attributes.map(({ attribute }) => topOf(attribute)));
    if (tops.has("tags")) tops.add("tags_all");
    const attributes = withoutTagsTwice(
      plannedChanges(change).filter(({ attribute }) => !tops.has(topOf(attribute))),
    );
    return cause !== undefined && attributes.length === 0 ? [] : [{ address, action, attributes }];
  });
  const outputs = Object.entries(plan.output_changes ?? {}).flatMap(([name, change]): PendingChange[] => {
    const action = actionOf(change);
    return action === undefined ? [] : [{ address: `output.${name}`, action, attributes: [] }];
  });
  return [...resources, ...outputs];
}

/** Undefined for actions that change nothing. */
function actionOf({ actions }: Pick<ChangeJson, "actions">): PendingChange["action"] | undefined {
  if (actions.includes("create")) return actions.includes("delete") ? "replace" : "create";
  if (actions.includes("delete")) return "delete";
  return actions.includes("update") ? "update" : undefined;
}

function changesOf(change: ChangeJson): AttributeChange[] {
  return attributeChanges(
    { value: change.before, sensitive: change.before_sensitive },
    { value: change.after, sensitive: change.after_sensitive },
  );
}

/** Leaves out values that are known only after the apply: AWS decides them, not the config. */
function knownChanges(change: ChangeJson): AttributeChange[] {
  return changesOf(change).filter(({ attribute }) => !isUnknown(change, attribute));
}

function plannedChanges(change: ChangeJson): AttributeChange[] {
  return changesOf(change).map((planned) =>
    planned.sensitive || !isUnknown(change, planned.attribute)
      ? planned
      : { ...planned, after: "(known after the deploy)" },
  );
}

function isUnknown({ after_unknown: marks }: ChangeJson, attribute: string): boolean {
  return (marks as Readonly<Record<string, unknown>> | undefined)?.[topOf(attribute)] === true;
}

/** `tags` of `tags.Owner`. */
function topOf(attribute: string): string {
  return attribute.split(/[.[]/, 1)[0] ?? attribute;
}

/**
 * Every tag is in `tags` and in `tags_all`, and only `tags_all` includes the provider's default tags. So the values come
 * from `tags_all`, under the better known name `tags`.
 */
function withoutTagsTwice(changes: readonly AttributeChange[]): AttributeChange[] {
  const names = new Set(changes.map(({ attribute }) => attribute));
  return changes
    .filter(
      ({ attribute }) => !names.has(attribute.replace(/^tags(?=\.|$)/, "tags_all")) || !isOwnTag(attribute),
    )
    .map((change) => ({ ...change, attribute: change.attribute.replace(/^tags_all(?=\.|$)/, "tags") }));
}

function isOwnTag(attribute: string): boolean {
  return /^tags(?=\.|$)/.test(attribute);
}
