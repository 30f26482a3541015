import type { Principal, RoleSession, User } from "@studio-access/policy";
import { arnsOf, textsOfElement, type Answer } from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { claimsOf, githubProviderArn } from "../expect/workflows";
import { accountIn, type Model } from "../model/model";
import type { RoleModel } from "../model/roles";
import { marked, together, type Circumstances } from "./asking";
import { askAssumeRole, WITH_USER, WITHOUT_USER, type Naming } from "./asking-assume-role";
import { assumeClasses, trustsAccount } from "./assume-classes";
import { couldAssume } from "./assume-rights";
import { evaluateService, evaluateToken } from "./assume-outsiders";
import { assumeRows, type AssumeRow } from "./assume-rows";
import { byId, type CellResult, type Matrix } from "./matrix";
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
import { centralEndpoints, fromAnywhere } from "./request-origins";
import {
  foreignCaller,
  foreignResource,
  inSomeRegion,
  ownAccounts,
  ownCaller,
  ownResource,
  sessionOf,
} from "./sessions";
import { statementsIn } from "./statements";

/** Stands for any role of a foreign account whose trust policy allows everyone: only the caller's own policies decide. */
export const TRUSTING = "a foreign role that trusts everyone";
export const NOT_ASKED = "not asked";

/** What a cell is worked out from, besides its row and its column. */
interface AssumeInput {
  readonly permissions: RolePermissions;
  readonly config: Config;
  readonly accounts: ReadonlySet<string>;
  readonly roles: ReadonlyMap<string, RoleModel>;
  /** From anywhere; what is meant comes through the hub's endpoint of STS. */
  readonly origin: Circumstances;
}

/** Every role, service, token and account × every role: who may assume it, and whether only in a user's name. */
export function assumeMatrix(model: Model, config: Config): Matrix {
  const rows = assumeRows(model, config);
  const roles = byId(model.roles, ({ arn }) => arn);
  const input: AssumeInput = {
    permissions: new RolePermissions(config, new PolicyCache()),
    config,
    accounts: new Set(ownAccounts(config)),
    roles,
    origin: fromAnywhere(centralEndpoints(model, "sts")[0]),
  };
  return {
    name: "assume",
    rows: [...rows.keys()],
    columns: [...roles.keys(), TRUSTING],
    cell: (rowId, column) => {
      const row = rows.get(rowId);
      const target = roles.get(column);
      if (column === TRUSTING && row !== undefined) return orUnknown(() => evaluateTrusting(input, row));
      if (row === undefined || target === undefined) throw new RangeError(`no cell ${rowId} × ${column}`);
      return orUnknown(() => evaluateCell(input, target, row));
    },
    classes: assumeClasses(rows, roles),
  };
}

function trusting(arn: string): RoleModel {
  return {
    arn,
    name: "trusting",
    account: accountIn(arn),
    stack: "",
    trust: TRUST_IN_EVERYONE,
    identity: [],
    boundary: undefined,
    boundaryArn: "",
    attached: [],
    opaque: [],
  };
}

const TRUST_IN_EVERYONE = {
  name: "trust in everyone",
  json: JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    },
  }),
};

const ROLE_ARN = /^arn:[^:]+:iam::\d{12}:role\//;

/** Roles that are not in the state: a stranger's, and those that the caller's own policies name. */
function foreignRoles({ roles }: AssumeInput, caller: RoleModel): readonly RoleModel[] {
  const statements = caller.identity.flatMap(({ json }) => statementsIn(json));
  const named = [...arnsOf(textsOfElement(statements, "Resource")).keys()];
  const arns = [`arn:aws:iam::${FOREIGN_ACCOUNT}:role/trusting`, ...named];
  return arns.filter((arn) => ROLE_ARN.test(arn) && !roles.has(arn)).map(trusting);
}

function evaluateTrusting(input: AssumeInput, row: AssumeRow): CellResult {
  if (row.kind !== "role")
    return {
      outcome: NOT_ASKED,
      reason: "this column asks only what our own roles can assume outside our accounts",
    };
  if (row.role.opaque.length === 0 && !couldAssume(row.role)) return POWERLESS;
  const found = foreignRoles(input, row.role).map((target) => ({
    target,
    result: evaluateRole(input, target, row),
  }));
  const open =
    found.find(({ result }) => result.outcome !== "no" || result.unproven !== undefined) ?? found[0];
  if (open === undefined) return POWERLESS;
  return { ...open.result, reason: `${open.target.arn}: ${open.result.reason}` };
}

const POWERLESS: CellResult = {
  outcome: "no",
  reason: "the role belongs to another account, and none of its own policies allows sts:AssumeRole",
};

function evaluateCell(input: AssumeInput, target: RoleModel, row: AssumeRow): CellResult {
  switch (row.kind) {
    case "service":
      return evaluateService(input, target, row.service);
    case "token":
      return evaluateToken(input, target, githubProviderArn(target.account), claimsOf(row.token));
    case "provider":
      return evaluateToken(input, target, row.provider, {});
    case "account": {
      const account = row.account ?? target.account;
      const kinds = ["role", "user"].map((kind) => `arn:aws:iam::${account}:${kind}/administrator`);
      return widest(kinds.map((arn) => evaluateStranger(input, target, principalOf(arn))));
    }
    case "named":
      return evaluateStranger(input, target, row.principal);
    case "role":
      return evaluateRole(input, target, row);
  }
}

function principalOf(arn: string): RoleSession | User {
  if (arn.includes(":user/")) return { type: "user", arn };
  return { type: "role_session", roleArn: arn, sessionName: "session" };
}

const WIDEST = ["freely", "in a user's name"];

/** Of several principals that a row stands for, the one with the most rights. */
function widest(results: readonly CellResult[]): CellResult {
  const rank = ({ outcome }: CellResult): number => {
    const index = WIDEST.findIndex((word) => outcome.startsWith(word));
    return index === -1 ? (outcome === "no" ? 9 : 8) : index;
  };
  const [first] = [...results].sort((one, other) => rank(one) - rank(other));
  if (first === undefined) throw new RangeError("a row stands for no principal");
  return first;
}

/** A principal whose own policies allow everything. */
function evaluateStranger(input: AssumeInput, target: RoleModel, principal: RoleSession | User): CellResult {
  const anything = input.permissions.cache.policy(ANYTHING, "identity");
  const account = accountIn("arn" in principal ? principal.arn : principal.roleArn);
  if (!trustsAccount(input.permissions.cache.policy(target.trust, "trust"), account)) return unnamed(account);
  const isOurs = input.accounts.has(account);
  const { organizationId } = input.config;
  const caller =
    isOurs && organizationId !== null ? { ...principal, organization: { id: organizationId } } : principal;
  const circumstances = isOurs ? ownCaller(input.config) : foreignCaller(input.config);
  return evaluateCaller(input, { target, caller, circumstances }, { identityPolicies: [anything] });
}

function evaluateRole(
  input: AssumeInput,
  target: RoleModel,
  { role, sessionName = "session" }: AssumeRow & { readonly kind: "role" },
): CellResult {
  const trust = input.permissions.cache.policy(target.trust, "trust");
  // The trust policy must name the caller or its account, and across accounts the caller's own policies must allow it too.
  if (!trustsAccount(trust, role.account)) return unnamed(role.account);
  const isFar = role.account !== target.account;
  if (isFar && role.opaque.length === 0 && !couldAssume(role)) return POWERLESS;
  const caller = { ...sessionOf(role.arn, undefined, input.config), sessionName };
  const circumstances = ownCaller(input.config);
  return input.permissions.evaluate(role, (policies) =>
    evaluateCaller(input, { target, caller, circumstances }, policies),
  );
}

function unnamed(account: string): CellResult {
  return { outcome: "no", reason: `the trust policy names nobody of account ${account}` };
}

interface Caller {
  readonly target: RoleModel;
  readonly caller: Principal;
  readonly circumstances: Circumstances;
}

function evaluateCaller(
  { permissions: { cache }, config, origin, accounts }: AssumeInput,
  { target, caller, circumstances }: Caller,
  policies: RolePolicies,
): CellResult {
  const resource = accounts.has(target.account) ? ownResource(config) : foreignResource(config);
  const attempt = (named: Naming): Answer =>
    askAssumeRole({
      ...policies,
      trustPolicy: cache.policy(target.trust, "trust"),
      roleArn: target.arn,
      caller,
      circumstances: together(origin, inSomeRegion(config), resource, circumstances, named.circumstances),
      sent: named.sent,
    });
  const freely = WITHOUT_USER.map(attempt).find(({ allowed }) => allowed);
  if (freely !== undefined)
    return { outcome: "freely", reason: reasonOf(freely.decision), steps: () => trailOf(freely.decision) };
  const named = attempt(WITH_USER);
  const reason = reasonOf(named.decision);
  const steps = (): readonly string[] => trailOf(named.decision).map((line) => `sts:AssumeRole: ${line}`);
  return { outcome: named.allowed ? marked("in a user's name", [named]) : "no", reason, steps };
}
