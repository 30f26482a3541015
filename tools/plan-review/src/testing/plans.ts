import type { AccountConfig, Config } from "@studio-access/config";
import { sampleConfig, sampleLob } from "@studio-access/config/testing";

import {
  emptyPlan,
  type Action,
  type Attributes,
  type ChangeKind,
  type ResourceChange,
  type StackPlan,
} from "../model";
import type { RuleContext } from "../rules/rule";

/** Small plans, written by hand, for unit tests. */

const ACTIONS: Readonly<Record<ChangeKind, readonly Action[]>> = {
  "no-op": ["no-op"],
  read: ["read"],
  create: ["create"],
  update: ["update"],
  replace: ["delete", "create"],
  delete: ["delete"],
  forget: ["forget"],
};

type Given = Partial<ResourceChange> & Pick<ResourceChange, "type">;

function kindOf({ before, after }: Given): ChangeKind {
  if (before === undefined) return after === undefined ? "no-op" : "create";
  return after === undefined || after === null ? "delete" : "update";
}

/** A resource that is created, changed or deleted, as `before` and `after` say. */
export function resourceOf(given: Given): Omit<ResourceChange, "stack"> {
  const kind = given.kind ?? kindOf(given);
  const name = given.name ?? "Example";
  return {
    address: `${given.type}.${name}`,
    mode: "managed",
    name,
    providerSource: "registry.terraform.io/hashicorp/aws",
    accountId: "222222222222",
    actions: ACTIONS[kind],
    afterUnknown: false,
    beforeSensitive: false,
    afterSensitive: false,
    replacePaths: [],
    ...given,
    kind,
    before: given.before ?? null,
    after: given.after ?? null,
  };
}

export function created(
  type: string,
  after: Attributes,
  more: Partial<ResourceChange> = {},
): Omit<ResourceChange, "stack"> {
  return resourceOf({ type, after, ...more });
}

export function deleted(
  type: string,
  before: Attributes = {},
  more: Partial<ResourceChange> = {},
): Omit<ResourceChange, "stack"> {
  return resourceOf({ type, before, ...more });
}

export function updated(
  type: string,
  before: Attributes,
  after: Attributes,
  more: Partial<ResourceChange> = {},
): Omit<ResourceChange, "stack"> {
  return resourceOf({ type, before, after, ...more });
}

/** A plan of a stack with these resources and nothing else. */
export function planOf(
  stack: string,
  resources: readonly Omit<ResourceChange, "stack">[],
  more: Partial<StackPlan> = {},
): StackPlan {
  return {
    ...emptyPlan(stack),
    ...more,
    resources: resources.map((resource) => ({ ...resource, stack })),
  };
}

function account(id: string): AccountConfig {
  return { id, credentials: { assumeRole: `arn:aws:iam::${id}:role/studio-access-deploy` } };
}

/** Two lines of business and no Organization, as in the example config. */
export const CONFIG: Config = {
  ...sampleConfig(),
  sharedServices: account("111111111111"),
  linesOfBusiness: [
    { ...sampleLob("lob-a", "", "10.100.0.0/16", ["user-lob-a"]), account: account("222222222222") },
    { ...sampleLob("lob-b", "", "10.101.0.0/16", ["user-lob-b"]), account: account("333333333333") },
  ],
  dataRetention: "retain",
};

/** The context of a rule, with these stacks. */
export function contextOf(...stacks: readonly StackPlan[]): RuleContext {
  return { stacks, config: CONFIG };
}

export function contextWith(...resources: readonly Omit<ResourceChange, "stack">[]): RuleContext {
  return contextOf(planOf("lob-a", resources));
}
