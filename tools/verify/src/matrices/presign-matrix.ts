import type { Config } from "@studio-access/config";
import { couldAllow } from "@studio-access/policy";
import { presignRoleArn } from "../expect/roles";
import type { Model, ProfileModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import { ask, marked, together, type Circumstances } from "./asking";
import { askAssumeRole, inNameOf } from "./asking-assume-role";
import { maybe, NONE } from "./known-keys";
import { byId, type CellResult, type Matrix } from "./matrix";
import { orUnknown, PolicyCache, reasonOf, RolePermissions, trailOf, type RolePolicies } from "./policies";
import { presignClasses } from "./presign-classes";
import { accessRoleArn, presignRows, type PresignRow } from "./presign-rows";
import { requestOriginsOf, type RequestOrigin } from "./request-origins";
import { inRegion, ownAccounts, ownCaller, ownResource, sessionOf, untagged } from "./sessions";

const PRESIGN_ACTION = "sagemaker:CreatePresignedDomainUrl";

/** What every cell is worked out from. */
interface PresignInput {
  readonly permissions: RolePermissions;
  readonly origins: readonly RequestOrigin[];
  readonly roles: ReadonlyMap<string, RoleModel>;
  readonly config: Config;
  /** The hub's STS endpoint, through which the presign function calls AssumeRole. */
  readonly sts: RequestOrigin | undefined;
  /** What is known of every request: a caller and a resource of ours. */
  readonly ours: Circumstances;
}

/** Every principal × every user profile: through which endpoints it may make a URL. */
export function presignMatrix(model: Model, config: Config): Matrix {
  const rows = presignRows(model, config);
  const profiles = byId(model.profiles, profileId);
  const origins = requestOriginsOf(model, config, ownAccounts(config));
  const input: PresignInput = {
    permissions: new RolePermissions(config, new PolicyCache()),
    origins: origins.filter(({ id }) => id !== "sts"),
    roles: byId(model.roles, ({ arn }) => arn),
    config,
    sts: origins.find(({ id }) => id === "sts"),
    ours: together(ownCaller(config), ownResource(config)),
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
    classes: presignClasses(input, rows, profiles),
  };
}

export function profileId({ stack, user }: Pick<ProfileModel, "stack" | "user">): string {
  return `${stack}/${user}`;
}

/** The presign function on behalf of a user: whether it may assume the access role, and what that session may do. */
function onBehalf(input: PresignInput, user: string, profile: ProfileModel): CellResult {
  const accessArn = accessRoleArn(profile, input.config);
  const role = input.roles.get(accessArn);
  if (role === undefined) return { outcome: "no", reason: `there is no ${accessArn}` };
  // The session's rights come first: they refuse nearly every pair of user and profile, and cost less than AssumeRole.
  const answer = overOrigins(input, role, { user, profile, ownApps: false });
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
  { permissions: { cache }, config, ours }: PresignInput,
  own: RolePolicies,
  { presign, access, user, sts }: Assumption,
): CellResult {
  const found = askAssumeRole({
    ...own,
    ...(sts.policy && { endpointPolicy: cache.policy(sts.policy, "endpoint") }),
    trustPolicy: cache.policy(access.trust, "trust"),
    roleArn: access.arn,
    caller: sessionOf(presign.arn, undefined, config),
    circumstances: together(ours, inRegion(config), sts.circumstances, inNameOf(user)),
  });
  const steps = (): readonly string[] => trailOf(found.decision).map((line) => `sts:AssumeRole: ${line}`);
  if (found.allowed) return { outcome: marked("assumed", [found]), reason: reasonOf(found.decision), steps };
  return { outcome: "no", reason: `the access role is not assumed: ${reasonOf(found.decision)}`, steps };
}

function bySession(
  input: PresignInput,
  { role, user }: PresignRow & { readonly kind: "session" },
  profile: ProfileModel,
): CellResult {
  // Across accounts IAM requires an Allow of the resource's policy too, and a user profile has no resource policy.
  if (role.account !== profile.account)
    return {
      outcome: "no",
      reason:
        "the role belongs to another account, and a user profile has no resource policy that could allow it",
    };
  return overOrigins(input, role, { user, profile, ownApps: true });
}

interface PresignRequest {
  readonly user: string | undefined;
  readonly profile: ProfileModel;
  /** Whether it may come from Studio's apps, for whose requests AWS sends the name of the user's profile. */
  readonly ownApps: boolean;
}

function overOrigins(input: PresignInput, role: RoleModel, request: PresignRequest): CellResult {
  return input.permissions.evaluate(role, (policies) => overOriginsWith(input, policies, role, request));
}

function overOriginsWith(
  { origins, permissions: { cache }, config, ours }: PresignInput,
  policies: RolePolicies,
  role: RoleModel,
  { user, profile, ownApps }: PresignRequest,
): CellResult {
  const never = couldAllow(policies, PRESIGN_ACTION);
  // A user profile has no policy of its own.
  if (!never.allowed) return { outcome: "no", reason: reasonOf(never), steps: () => trailOf(never) };
  const profileName = user !== undefined && ownApps ? maybe(user) : NONE;
  const session = { stated: untagged(user), facts: { "sagemaker:userprofilename": profileName } };
  const answers = origins.map((origin) => ({
    origin,
    answer: ask({
      ...policies,
      principal: sessionOf(role.arn, user, config),
      action: PRESIGN_ACTION,
      resource: profile.arn,
      circumstances: together(ours, inRegion(config), session, origin.circumstances),
      ...(origin.policy && { endpointPolicy: cache.policy(origin.policy, "endpoint") }),
    }),
  }));
  const open = answers.filter(({ answer }) => answer.allowed);
  const [telling = answers[0]] = open;
  const ways = open.map(({ origin }) => origin.id).join(" + ");
  return {
    outcome:
      open.length === 0
        ? "no"
        : marked(
            ways,
            open.map(({ answer }) => answer),
          ),
    reason:
      telling === undefined ? "there is no endpoint to call through" : reasonOf(telling.answer.decision),
    steps: () => answers.map(({ origin, answer }) => `${origin.id}: ${reasonOf(answer.decision)}`),
  };
}
