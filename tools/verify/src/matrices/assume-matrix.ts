import {
  evaluateAssumeRole,
  evaluateRequest,
  type Principal,
  type RequestContext,
} from "@studio-access/policy";
import { USER_SESSION_TAG } from "@studio-access/shared-types";

import type { Config } from "@studio-access/config";
import { claimsOf, githubProviderArn } from "../expect/workflows";
import type { Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { couldAssume } from "./assume-rights";
import { assumeRows, type AssumeRow } from "./assume-rows";
import type { CellResult, Matrix } from "./matrix";
import {
  ANYTHING,
  orUnknown,
  PolicyCache,
  reasonOf,
  RolePermissions,
  FOREIGN_ACCOUNT,
  trailOf,
  type RolePolicies,
} from "./policies";
import { regionContext, ownResourceContext, sessionOf } from "./sessions";

/** Every role, service, token and account × every role: who may assume it, and whether only in a user's name. */
export function assumeMatrix(model: Model, config: Config): Matrix {
  const rows = new Map(assumeRows(model, config).map((row) => [row.id, row]));
  const targets = new Map(model.roles.map((role) => [role.arn, role]));
  const permissions = new RolePermissions(config, new PolicyCache());
  return {
    name: "assume",
    rows: [...rows.keys()],
    columns: [...targets.keys(), TRUSTING],
    cell: (rowId, column) => {
      const row = rows.get(rowId);
      const target = targets.get(column);
      if (column === TRUSTING && row !== undefined)
        return orUnknown(() => evaluateTrustingRole({ permissions, config }, row));
      if (row === undefined || target === undefined) throw new RangeError(`no cell ${rowId} × ${column}`);
      return orUnknown(() => evaluateCell({ permissions, config, target }, row));
    },
  };
}

/** Stands for any role of a foreign account whose trust policy allows everyone: only the caller's own policies decide. */
export const TRUSTING = "a foreign role that trusts everyone";
export const NOT_ASKED = "not asked";
/** Outcome for a token: whoever holds it may assume the role. */
export const LET_IN = "let in";

const TRUSTING_ROLE: RoleModel = {
  arn: `arn:aws:iam::${FOREIGN_ACCOUNT}:role/trusting`,
  name: "trusting",
  account: FOREIGN_ACCOUNT,
  stack: "",
  trust: {
    name: "trust in everyone",
    json: JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      },
    }),
  },
  identity: [],
  boundary: undefined,
  boundaryArn: "",
  attached: [],
  opaque: [],
};

function evaluateTrustingRole(input: Omit<AssumeInput, "target">, row: AssumeRow): CellResult {
  if (row.kind !== "role")
    return {
      outcome: NOT_ASKED,
      reason: "this column asks only what our own roles can assume outside our accounts",
    };
  return evaluateRole({ ...input, target: TRUSTING_ROLE }, row.role);
}

/** What a cell is worked out from, besides its row. */
interface AssumeInput {
  readonly permissions: RolePermissions;
  readonly config: Config;
  readonly target: RoleModel;
}

function evaluateCell(input: AssumeInput, row: AssumeRow): CellResult {
  const { target } = input;
  switch (row.kind) {
    case "service":
      return evaluateService(input, row.service);
    case "token":
      return evaluateToken(input, githubProviderArn(target.account), claimsOf(row.token));
    case "provider":
      return evaluateToken(input, row.provider, {});
    case "account": {
      const account = row.account ?? target.account;
      const anything = input.permissions.cache.policy(ANYTHING, "identity");
      return evaluateCaller(input, `arn:aws:iam::${account}:role/administrator`, {
        identityPolicies: [anything],
      });
    }
    case "role":
      return evaluateRole(input, row.role);
  }
}

function evaluateRole(input: AssumeInput, caller: RoleModel): CellResult {
  const { target, permissions } = input;
  // Across accounts the caller's own policies must allow too, whatever the trust policy says.
  if (caller.account !== target.account && caller.opaque.length === 0 && !couldAssume(caller))
    return {
      outcome: "no",
      reason: "the role belongs to another account, and none of its own policies allows sts:AssumeRole",
    };
  return permissions.evaluate(caller, (policies) => evaluateCaller(input, caller.arn, policies));
}

function evaluateCaller(
  { permissions: { cache }, config, target }: AssumeInput,
  arn: string,
  policies: RolePolicies,
): CellResult {
  const attempt = (user: string | undefined): ReturnType<typeof evaluateAssumeRole> =>
    evaluateAssumeRole({
      ...policies,
      caller: sessionOf(arn, undefined, config),
      roleArn: target.arn,
      trustPolicy: cache.policy(target.trust, "trust"),
      roleSessionName: user ?? "session",
      ...(user === undefined ? {} : { sourceIdentity: user, tags: { [USER_SESSION_TAG]: user } }),
      context: target.account === FOREIGN_ACCOUNT ? regionContext(config) : ownResourceContext(config),
    });
  const freely = attempt(undefined);
  if (freely.allowed) return { outcome: "freely", reason: reasonOf(freely), steps: () => trailOf(freely) };
  const named = attempt("any-user");
  const steps = (): readonly string[] => trailOf(named).map((line) => `${named.action}: ${line}`);
  if (named.allowed) return { outcome: "in a user's name", reason: reasonOf(named), steps };
  return { outcome: "no", reason: reasonOf(named), steps };
}

/** Evaluates AssumeRoleWithWebIdentity, called with a token of that identity provider. */
function evaluateToken(
  { permissions: { cache }, config, target }: AssumeInput,
  provider: string,
  claims: RequestContext,
): CellResult {
  const decision = evaluateRequest({
    identityPolicies: [],
    resourcePolicy: cache.policy(target.trust, "trust"),
    request: {
      principal: { type: "federated", provider },
      action: "sts:AssumeRoleWithWebIdentity",
      resource: target.arn,
      context: { ...claims, ...ownResourceContext(config) },
    },
  });
  return {
    outcome: decision.allowed ? LET_IN : "no",
    reason: reasonOf(decision),
    steps: () => trailOf(decision),
  };
}

/**
 * A service acts on behalf of a resource. A trust policy without a condition on aws:SourceAccount lets resources of any
 * account use the role.
 */
function evaluateService({ permissions: { cache }, target }: AssumeInput, service: string): CellResult {
  const caller: Principal = { type: "service", name: service };
  const attempt = (account: string): ReturnType<typeof evaluateAssumeRole> =>
    evaluateAssumeRole({
      identityPolicies: [],
      caller,
      roleArn: target.arn,
      trustPolicy: cache.policy(target.trust, "trust"),
      roleSessionName: "service",
      context: { "aws:SourceAccount": account },
    });
  const foreign = attempt(FOREIGN_ACCOUNT);
  if (foreign.allowed)
    return { outcome: "any account", reason: reasonOf(foreign), steps: () => trailOf(foreign) };
  const own = attempt(target.account);
  return { outcome: own.allowed ? "own account" : "no", reason: reasonOf(own), steps: () => trailOf(own) };
}
