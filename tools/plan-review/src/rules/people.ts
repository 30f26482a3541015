import { providerNameOf } from "@studio-access/shared-types";

import type { ChangeKind, ResourceChange, StackPlan } from "../model";
import { changesOf, stackFinding, textOf } from "./changes";
import { isGroupRow, rowOf } from "./directory-rows";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "people";

/** Who or what a resource stands for, such as `user alice`; people by the name that their provider has for them. */
function nameOf(resource: ResourceChange): string | undefined {
  const attributes = resource.after ?? resource.before;
  const row = rowOf(resource, attributes);
  if (row !== undefined) {
    const { PK: key = "", LOB: lob } = row;
    if (lob === undefined) return `line of business ${key}`;
    return isGroupRow(resource) ? `group ${key}` : `user ${providerNameOf(key)}`;
  }
  const user = resource.type === "aws_cognito_user" ? textOf(attributes, "username") : undefined;
  const profile =
    resource.type === "aws_sagemaker_user_profile" ? textOf(attributes, "user_profile_name") : undefined;
  if (user !== undefined) return `sign-in of ${user}`;
  return profile === undefined ? undefined : `Studio profile ${providerNameOf(profile)}`;
}

function namesOf(context: RuleContext, plan: StackPlan, ...kinds: readonly ChangeKind[]): string {
  const names = changesOf({ ...context, stacks: [plan] }, ...kinds).flatMap(
    (resource) => nameOf(resource) ?? [],
  );
  return [...new Set(names)].sort().join(", ");
}

function check(context: RuleContext, plan: StackPlan): readonly Finding[] {
  const [come, changed, gone] = [
    namesOf(context, plan, "create"),
    namesOf(context, plan, "update", "replace"),
    namesOf(context, plan, "delete"),
  ];
  const lines = [
    ...(come === "" ? [] : [`new: ${come}`]),
    ...(changed === "" ? [] : [`changed: ${changed}`]),
    ...(gone === "" ? [] : [`gone: ${gone}`]),
  ];
  if (lines.length === 0) return [];
  return [stackFinding(NAME, "note", plan, { message: "Who may enter changes.", details: lines })];
}

/** Reports changed users and lines of business by name. */
export const people: Rule = {
  name: NAME,
  severity: "note",
  description: "Names the users, groups and lines of business that come, change and go.",
  check: (context) => context.stacks.flatMap((plan) => check(context, plan)),
};
