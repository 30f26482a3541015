import type { Config } from "@studio-access/config";
import { couldAllow } from "@studio-access/policy";

import { expectedRoles } from "../expect/roles";
import { workflowRoleArn } from "../expect/workflows";
import { ofType, text } from "../model/attributes";
import { accountIn, type Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { ask, marked, together, type Circumstances } from "./asking";
import { ANY_OR_NONE } from "./known-keys";
import type { CellResult } from "./matrix";
import { orUnknown, PolicyCache, RolePermissions, type RolePolicies } from "./policies";
import { UNKNOWN_USER } from "./presign-rows";
import { requestOriginsOf, type RequestOrigin } from "./request-origins";
import { inRegion, ownAccounts, ownCaller, ownResource, sessionOf, untagged } from "./sessions";

type Setting = readonly [name: string, answer: () => CellResult];

/** Outcome for a profile maker: a session in a person's name makes that person's profile and no other. */
const OWN_ALONE = "its own user's, through sagemaker-api";

const NOBODYS: CellResult = { outcome: "no", reason: "no policy allows it" };

/** Actions that make a profile, or change whose it is and as which role its apps run. */
const ACTIONS = ["CreateUserProfile", "UpdateUserProfile", "DeleteUserProfile"].map(
  (action) => `sagemaker:${action}`,
);

function rowName(roleArn: string): string {
  return `${roleArn} makes Studio profiles`;
}

/** The workflows' apply roles run Terraform, which makes the profiles of listed users. */
function isApplyRole(arn: string, config: Config): boolean {
  return workflowRoleArn(config, accountIn(arn), "apply") === arn;
}

/** One row per role of an account with a Studio domain: whose profiles it may make, change or delete, and through what. */
export function profileMakerSettings(model: Model, config: Config): readonly Setting[] {
  const permissions = new RolePermissions(config, new PolicyCache());
  const origins = requestOriginsOf(model, config, ownAccounts(config));
  const domains = ofType(model.resources, "aws_sagemaker_domain").map((domain) => text(domain, "arn"));
  return model.roles
    .filter(({ arn }) => !isApplyRole(arn, config))
    .flatMap((role): readonly Setting[] => {
      const own = domains.filter((arn) => accountIn(arn) === role.account);
      if (own.length === 0) return [];
      const input = { permissions, config, origins, role, domains: own };
      return [
        [
          rowName(role.arn),
          () => orUnknown(() => permissions.evaluate(role, (policies) => answerWith(input, policies))),
        ],
      ];
    });
}

export function expectedProfileMakers(config: Config): readonly (readonly [name: string, value: string])[] {
  const accounts = new Set(config.linesOfBusiness.map(({ account }) => account.id));
  return expectedRoles(config)
    .filter(({ arn, account }) => accounts.has(account) && !isApplyRole(arn, config))
    .map(({ arn, kind }) => [rowName(arn), kind === "profiles" ? OWN_ALONE : "no"] as const);
}

interface Input {
  readonly permissions: RolePermissions;
  readonly config: Config;
  readonly origins: readonly RequestOrigin[];
  readonly role: RoleModel;
  /** ARNs of the domains of the role's account. */
  readonly domains: readonly string[];
}

/** What the presign function sends: the one tag, and no setting. */
const AS_MEANT: Circumstances = {
  stated: {
    "aws:RequestTag/studio-access:made-by": "sign-in",
    "aws:TagKeys": "studio-access:made-by",
    "sagemaker:VpcSecurityGroupIds": undefined,
  },
  facts: {},
};

/** Whatever a caller may send. */
const AT_WILL: Circumstances = {
  stated: {},
  facts: Object.fromEntries(
    ["vpcsecuritygroupids", "instancetypes", "imagearns", "userprofilename"].map((key) => [
      `sagemaker:${key}`,
      ANY_OR_NONE,
    ]),
  ),
};

function answerWith(input: Input, policies: RolePolicies): CellResult {
  // A profile has no policy of its own, so that what the role's policies never allow need not be asked for each endpoint.
  if (!ACTIONS.some((action) => couldAllow(policies, action).allowed)) return NOBODYS;
  const others = [undefined, UNKNOWN_USER].map((user) =>
    waysOf(input, policies, { user, profile: "another-person", actions: ACTIONS, sent: AT_WILL }),
  );
  const anybodys = others.find((ways) => ways !== "");
  if (anybodys !== undefined)
    return { outcome: `anybody's, through ${anybodys}`, reason: `policies of ${input.role.name}` };
  const mine = { user: UNKNOWN_USER, profile: UNKNOWN_USER } as const;
  const changed = waysOf(input, policies, { ...mine, actions: ACTIONS.slice(1), sent: AT_WILL });
  if (changed !== "")
    return {
      outcome: `changes its own user's, through ${changed}`,
      reason: `policies of ${input.role.name}`,
    };
  const made = waysOf(input, policies, { ...mine, actions: ACTIONS.slice(0, 1), sent: AS_MEANT });
  return made === ""
    ? NOBODYS
    : { outcome: `its own user's, through ${made}`, reason: `policies of ${input.role.name}` };
}

interface Question {
  /** In whose name the session is. */
  readonly user: string | undefined;
  readonly profile: string;
  readonly actions: readonly string[];
  readonly sent: Circumstances;
}

/** The endpoints through which one of the actions is allowed on the profile, in any of the domains; empty for none. */
function waysOf(
  { permissions: { cache }, config, origins, role, domains }: Input,
  policies: RolePolicies,
  { user, profile, actions, sent }: Question,
): string {
  const session: Circumstances = { stated: untagged(user), facts: {} };
  const answers = origins.flatMap((origin) =>
    domains.flatMap((domain) =>
      actions.map((action) => ({
        id: origin.id,
        answer: ask({
          ...policies,
          principal: sessionOf(role.arn, user, config),
          action,
          resource: `${domain.replace(":domain/", ":user-profile/")}/${profile}`,
          circumstances: together(
            ownCaller(config),
            ownResource(config),
            inRegion(config),
            session,
            sent,
            origin.circumstances,
          ),
          ...(origin.policy && { endpointPolicy: cache.policy(origin.policy, "endpoint") }),
        }),
      })),
    ),
  );
  const open = answers.filter(({ answer }) => answer.allowed);
  const ids = [...new Set(open.map(({ id }) => id))].join(" + ");
  return open.length === 0
    ? ""
    : marked(
        ids,
        open.map(({ answer }) => answer),
      );
}
