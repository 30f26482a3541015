import { evaluateAssumeRole, evaluateRequest, type RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { presignRoleArn, roleArn } from "../expect/roles";
import type { Model, ProfileModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import type { CellResult, Matrix } from "./matrix";
import { orUnknown, PolicyCache, reasonOf, RolePermissions, trailOf, type RolePolicies } from "./policies";
import { presignRows, type PresignRow } from "./presign-rows";
import { regionContext, ownResourceContext, sessionOf } from "./sessions";
import { requestOriginsOf, type RequestOrigin } from "./request-origins";

const ACTION = "sagemaker:CreatePresignedDomainUrl";

/** What every cell is worked out from. */
interface PresignInput {
  readonly permissions: RolePermissions;
  readonly origins: readonly RequestOrigin[];
  readonly roles: ReadonlyMap<string, RoleModel>;
  readonly config: Config;
  /** The hub's STS endpoint, through which the presign function calls AssumeRole. */
  readonly sts: RequestOrigin | undefined;
}

/** Every principal × every user profile: through which endpoints it may make a URL. */
export function presignMatrix(model: Model, config: Config): Matrix {
  const rows = new Map(presignRows(model, config).map((row) => [row.id, row]));
  const profiles = new Map(model.profiles.map((profile) => [profileId(profile), profile]));
  const origins = requestOriginsOf(model);
  const input: PresignInput = {
    permissions: new RolePermissions(config, new PolicyCache()),
    origins: origins
      .filter(({ id }) => id !== "sts")
      .map((origin) => ({ ...origin, context: { ...origin.context, ...regionContext(config) } })),
    roles: new Map(model.roles.map((role) => [role.arn, role])),
    config,
    sts: origins.find(({ id }) => id === "sts"),
  };
  return {
    name: "presign",
    rows: [...rows.keys()],
    columns: [...profiles.keys()],
    cell: (rowId, column) => {
      const row = rows.get(rowId);
      const profile = profiles.get(column);
      if (row === undefined || profile === undefined) throw new RangeError(`no cell ${rowId} × ${column}`);
      return orUnknown(() =>
        row.kind === "presign" ? onBehalf(input, row.user, profile) : bySession(input, row, profile),
      );
    },
  };
}

export function profileId({ stack, user }: Pick<ProfileModel, "stack" | "user">): string {
  return `${stack}/${user}`;
}

/** The presign function on behalf of a user: whether it may assume the access role, and what that session may do. */
function onBehalf(input: PresignInput, user: string, profile: ProfileModel): CellResult {
  const accessArn = roleArn(input.config, profile.account, profile.stack, "access");
  const role = input.roles.get(accessArn);
  if (role === undefined) return { outcome: "no", reason: `there is no ${accessArn}` };
  // The session's rights come first: they refuse nearly every pair of user and profile, and cost less than AssumeRole.
  const answer = overOrigins(input, role, sessionOf(role.arn, user, input.config), profile);
  if (answer.outcome === "no") return answer;
  const chain = assume(input, user, role);
  if (chain.outcome !== "assumed") return chain;
  return { ...answer, steps: () => [...(chain.steps?.() ?? []), ...(answer.steps?.() ?? [])] };
}

function assume(input: PresignInput, user: string, access: RoleModel): CellResult {
  const { permissions, roles, config, sts } = input;
  const presign = roles.get(presignRoleArn(config));
  if (presign === undefined) return { outcome: "no", reason: "there is no presign role" };
  if (sts === undefined) return { outcome: "no", reason: "there is no central endpoint of STS" };
  return permissions.evaluate(presign, (policies) =>
    assumeWith(input, policies, { presign, access, user, sts }),
  );
}

interface Assumption {
  readonly presign: RoleModel;
  readonly access: RoleModel;
  readonly user: string;
  readonly sts: RequestOrigin;
}

function assumeWith(
  { permissions: { cache }, config }: PresignInput,
  policies: RolePolicies,
  { presign, access, user, sts }: Assumption,
): CellResult {
  const decision = evaluateAssumeRole({
    ...policies,
    caller: sessionOf(presign.arn, undefined, config),
    roleArn: access.arn,
    trustPolicy: cache.policy(access.trust, "trust"),
    roleSessionName: user,
    sourceIdentity: user,
    tags: { [USER_SESSION_TAG]: user },
    context: { ...sts.context, ...ownResourceContext(config) },
    ...(sts.policy && { endpointPolicy: cache.policy(sts.policy, "endpoint") }),
  });
  const steps = (): readonly string[] => trailOf(decision).map((line) => `${decision.action}: ${line}`);
  if (decision.allowed) return { outcome: "assumed", reason: reasonOf(decision), steps };
  return { outcome: "no", reason: `the access role is not assumed: ${reasonOf(decision)}`, steps };
}

function bySession(
  input: PresignInput,
  row: PresignRow & { readonly kind: "session" },
  profile: ProfileModel,
): CellResult {
  const { role, user } = row;
  // Across accounts IAM requires an Allow of the resource's policy too, and a user profile has no resource policy.
  if (role.account !== profile.account)
    return {
      outcome: "no",
      reason:
        "the role belongs to another account, and a user profile has no resource policy that could allow it",
    };
  return overOrigins(input, role, sessionOf(role.arn, user, input.config), profile);
}

function overOrigins(
  input: PresignInput,
  role: RoleModel,
  principal: RoleSession,
  profile: ProfileModel,
): CellResult {
  return input.permissions.evaluate(role, (policies) => overOriginsWith(input, policies, principal, profile));
}

function overOriginsWith(
  { origins, permissions: { cache } }: PresignInput,
  policies: RolePolicies,
  principal: RoleSession,
  profile: ProfileModel,
): CellResult {
  const decisions = origins.map((origin) => ({
    origin,
    decision: evaluateRequest({
      ...policies,
      request: { principal, action: ACTION, resource: profile.arn, context: origin.context },
      ...(origin.policy && { endpointPolicy: cache.policy(origin.policy, "endpoint") }),
    }),
  }));
  const open = decisions.filter(({ decision }) => decision.allowed);
  const [telling = decisions[0]] = open;
  return {
    outcome: open.length === 0 ? "no" : open.map(({ origin }) => origin.id).join(" + "),
    reason: telling === undefined ? "there is no endpoint to call through" : reasonOf(telling.decision),
    steps: () => decisions.map(({ origin, decision }) => `${origin.id}: ${reasonOf(decision)}`),
  };
}
