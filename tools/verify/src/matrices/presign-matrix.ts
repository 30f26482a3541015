import { evaluateAssumeRole, evaluateRequest, type RoleSession } from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { presignRoleArn, roleArn } from "../expect/roles";
import type { Model, ProfileModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import type { Answer, Matrix } from "./matrix";
import { orUnknown, PolicyShelf, reasonOf, RolePermissions, trailOf, type RolePolicies } from "./policies";
import { presignRows, type PresignRow } from "./presign-rows";
import { madeIn, ourResource, sessionOf } from "./sessions";
import { waysOf, type Way } from "./ways";

const ACTION = "sagemaker:CreatePresignedDomainUrl";

interface Scene {
  readonly permissions: RolePermissions;
  readonly ways: readonly Way[];
  readonly roles: ReadonlyMap<string, RoleModel>;
  readonly config: Config;
  /** Way to STS that the presign function takes. */
  readonly sts: Way | undefined;
}

/** Every principal × every user profile: the ways over which it may make a URL. */
export function presignMatrix(model: Model, config: Config): Matrix {
  const rows = new Map(presignRows(model, config).map((row) => [row.id, row]));
  const profiles = new Map(model.profiles.map((profile) => [profileId(profile), profile]));
  const ways = waysOf(model);
  const scene: Scene = {
    permissions: new RolePermissions(config, new PolicyShelf()),
    ways: ways
      .filter(({ id }) => id !== "sts")
      .map((way) => ({ ...way, context: { ...way.context, ...madeIn(config) } })),
    roles: new Map(model.roles.map((role) => [role.arn, role])),
    config,
    sts: ways.find(({ id }) => id === "sts"),
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
        row.kind === "presign" ? onBehalf(scene, row.user, profile) : bySession(scene, row, profile),
      );
    },
  };
}

export function profileId({ stack, user }: Pick<ProfileModel, "stack" | "user">): string {
  return `${stack}/${user}`;
}

/** The presign function for a user: the session that it would get, and whether it gets it. */
function onBehalf(scene: Scene, user: string, profile: ProfileModel): Answer {
  const accessArn = roleArn(scene.config, profile.account, profile.stack, "access");
  const role = scene.roles.get(accessArn);
  if (role === undefined) return { outcome: "no", reason: `there is no ${accessArn}` };
  // The cheaper half first: of all users, nearly all are refused here.
  const answer = overWays(scene, role, sessionOf(role.arn, user, scene.config), profile);
  if (answer.outcome === "no") return answer;
  const chain = assume(scene, user, role);
  if (chain.outcome !== "assumed") return chain;
  return { ...answer, steps: () => [...(chain.steps?.() ?? []), ...(answer.steps?.() ?? [])] };
}

function assume(scene: Scene, user: string, access: RoleModel): Answer {
  const { permissions, roles, config, sts } = scene;
  const presign = roles.get(presignRoleArn(config));
  if (presign === undefined) return { outcome: "no", reason: "there is no presign role" };
  if (sts === undefined) return { outcome: "no", reason: "there is no central endpoint of STS" };
  return permissions.ask(presign, (policies) => assumeWith(scene, policies, { presign, access, user, sts }));
}

interface Assumption {
  readonly presign: RoleModel;
  readonly access: RoleModel;
  readonly user: string;
  readonly sts: Way;
}

function assumeWith(
  { permissions: { shelf }, config }: Scene,
  policies: RolePolicies,
  { presign, access, user, sts }: Assumption,
): Answer {
  const decision = evaluateAssumeRole({
    ...policies,
    caller: sessionOf(presign.arn, undefined, config),
    roleArn: access.arn,
    trustPolicy: shelf.policy(access.trust, "trust"),
    roleSessionName: user,
    sourceIdentity: user,
    tags: { [USER_SESSION_TAG]: user },
    context: { ...sts.context, ...ourResource(config) },
    ...(sts.policy && { endpointPolicy: shelf.policy(sts.policy, "endpoint") }),
  });
  const steps = (): readonly string[] => trailOf(decision).map((line) => `${decision.action}: ${line}`);
  if (decision.allowed) return { outcome: "assumed", reason: reasonOf(decision), steps };
  return { outcome: "no", reason: `the access role is not assumed: ${reasonOf(decision)}`, steps };
}

function bySession(
  scene: Scene,
  row: PresignRow & { readonly kind: "session" },
  profile: ProfileModel,
): Answer {
  const { role, user } = row;
  // IAM's rule across accounts: the resource's side must allow too, and a user profile has no policy of its own.
  if (role.account !== profile.account)
    return {
      outcome: "no",
      reason: "another account's: a user profile has no resource policy that could let it in",
    };
  return overWays(scene, role, sessionOf(role.arn, user, scene.config), profile);
}

function overWays(scene: Scene, role: RoleModel, principal: RoleSession, profile: ProfileModel): Answer {
  return scene.permissions.ask(role, (policies) => overWaysWith(scene, policies, principal, profile));
}

function overWaysWith(
  { ways, permissions: { shelf } }: Scene,
  policies: RolePolicies,
  principal: RoleSession,
  profile: ProfileModel,
): Answer {
  const decisions = ways.map((way) => ({
    way,
    decision: evaluateRequest({
      ...policies,
      request: { principal, action: ACTION, resource: profile.arn, context: way.context },
      ...(way.policy && { endpointPolicy: shelf.policy(way.policy, "endpoint") }),
    }),
  }));
  const open = decisions.filter(({ decision }) => decision.allowed);
  const [telling = decisions[0]] = open;
  return {
    outcome: open.length === 0 ? "no" : open.map(({ way }) => way.id).join(" + "),
    reason: telling === undefined ? "there is no way" : reasonOf(telling.decision),
    steps: () => decisions.map(({ way, decision }) => `${way.id}: ${reasonOf(decision)}`),
  };
}
