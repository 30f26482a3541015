import type { Config } from "@studio-access/config";
import { boundaryArn, workflowRoleArn } from "../expect/workflows";
import type { Model } from "../model/model";
import { ofType, text } from "../model/attributes";
import { ask, together, type Asked, type Circumstances } from "./asking";
import { anyBut } from "./known-keys";
import type { CellResult } from "./matrix";
import { ANYTHING, orUnknown, PolicyCache, reasonOf, RolePermissions } from "./policies";
import { fromAnywhere } from "./request-origins";
import { inSomeRegion, ownCaller, ownResource, sessionOf } from "./sessions";

type Setting = readonly [name: string, answer: () => CellResult];

const NO_BOUNDARY = "none";

export function boundaryRow(roleArn: string): string {
  return `${roleArn} is bounded by`;
}

/** Actions that the boundary must refuse to a role whose own policies allow everything. */
export const BOUNDED = ["iam:CreateRole", "iam:AttachRolePolicy", "sts:AssumeRole"] as const;

export function boundedRow(account: string, action: string): string {
  return `boundary in ${account}: ${action}`;
}

/** Actions that the apply role must not have: change its own policies, make a role without the boundary, remove one. */
export const APPLY_REFUSALS = [
  "iam:PutRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePermissionsBoundary",
] as const;

export function applyRow(account: string, action: string): string {
  return `apply role in ${account}: ${action}`;
}

/** The boundary of each role, and whether the boundaries and the apply roles refuse what docs/decisions/0008 says. */
export function workflowSettings(model: Model, config: Config): readonly Setting[] {
  const hasWorkflows = (config.ci ?? null) !== null;
  const bounds = model.roles
    .filter((role) => role.boundaryArn !== "" || (hasWorkflows && !isWorkflowRole(role.arn, config)))
    .map((role): Setting => {
      const found = role.boundaryArn === "" ? NO_BOUNDARY : role.boundaryArn;
      return [boundaryRow(role.arn), () => ({ outcome: found, reason: `as ${role.stack} made it` })];
    });
  if (!hasWorkflows) return bounds;
  const accounts = [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)];
  return [
    ...bounds,
    ...accounts.flatMap(({ id }) => [...boundaryHolds(model, config, id), ...applyHolds(model, config, id)]),
  ];
}

function isWorkflowRole(arn: string, config: Config): boolean {
  const account = arn.split(":")[4] ?? "";
  return (["plan", "apply"] as const).some((role) => workflowRoleArn(config, account, role) === arn);
}

/** A request from anywhere, of a role of ours, for a role with another boundary or none. */
function withoutBoundary(config: Config, boundary: string): Circumstances {
  const facts = { "iam:permissionsboundary": anyBut(boundary) };
  return together(fromAnywhere(), inSomeRegion(config), ownCaller(config), ownResource(config), {
    stated: {},
    facts,
  });
}

function answerTo(asked: Asked): CellResult {
  const { allowed, decision } = ask(asked);
  return { outcome: allowed ? "allowed" : "no", reason: reasonOf(decision) };
}

function boundaryHolds(model: Model, config: Config, account: string): readonly Setting[] {
  const arn = boundaryArn(config, account);
  const cache = new PolicyCache();
  const boundaries = ofType(model.resources, "aws_iam_policy").filter((each) => text(each, "arn") === arn);
  const principal = sessionOf(`arn:aws:iam::${account}:role/example`, undefined, config);
  const resource = workflowRoleArn(config, account, "apply");
  const circumstances = withoutBoundary(config, arn);
  return boundaries.flatMap((policy) => {
    const boundary = { name: arn, json: text(policy, "policy") };
    return BOUNDED.map((action): Setting => [
      boundedRow(account, action),
      () =>
        orUnknown(() => {
          const identityPolicies = [cache.policy(ANYTHING, "identity")];
          const permissionBoundary = cache.policy(boundary, "boundary");
          return answerTo({
            identityPolicies,
            permissionBoundary,
            principal,
            action,
            resource,
            circumstances,
          });
        }),
    ]);
  });
}

function applyHolds(model: Model, config: Config, account: string): readonly Setting[] {
  const arn = workflowRoleArn(config, account, "apply");
  const roles = model.roles.filter((each) => each.arn === arn);
  const permissions = new RolePermissions(config, new PolicyCache());
  const principal = sessionOf(arn, undefined, config);
  const circumstances = withoutBoundary(config, boundaryArn(config, account));
  const made = `arn:aws:iam::${account}:role/studio-access/${config.environment}/example`;
  return roles.flatMap((role) =>
    APPLY_REFUSALS.map((action): Setting => [
      applyRow(account, action),
      () =>
        orUnknown(() =>
          permissions.evaluate(role, (policies) => {
            const resource = action === "iam:PutRolePolicy" ? arn : made;
            return answerTo({ ...policies, principal, action, resource, circumstances });
          }),
        ),
    ]),
  );
}
