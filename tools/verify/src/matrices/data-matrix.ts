import type { Policy, RoleSession, User } from "@studio-access/policy";
import { namedPrincipals } from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { presignRoleArn } from "../expect/roles";
import { serviceId } from "../expect/services";
import { ask, marked, together, type Circumstances } from "./asking";
import { namedId } from "./assume-rows";
import { accountIn, type Model, type TableModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import { byId, type CellResult, type Matrix } from "./matrix";
import {
  ANYTHING,
  orUnknown,
  PolicyCache,
  reasonOf,
  RolePermissions,
  FOREIGN_ACCOUNT,
  type RolePolicies,
} from "./policies";
import { fromAnywhere, throughEndpoint } from "./request-origins";
import { foreignCaller, inRegion, ownAccounts, ownCaller, ownResource, sessionOf } from "./sessions";
import { statementsIn } from "./statements";

/** Actions that change a table's items, or the table and its policy. */
export const WRITES = [
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "PartiQLInsert",
  "PartiQLUpdate",
  "PartiQLDelete",
  "DeleteTable",
  "UpdateTable",
  "PutResourcePolicy",
];
const READS = ["GetItem", "BatchGetItem", "Query", "Scan", "PartiQLSelect", "ExportTableToPointInTime"];

export const FOREIGNER = "anyone of a foreign account";

/**
 * Every role, an administrator of a foreign account, and whom the tables' own policies name × reading and writing each table:
 * which actions are allowed.
 */
export function dataMatrix(model: Model, config: Config): Matrix {
  const roles = byId(model.roles, ({ arn }) => arn);
  const strangers = new Map([[FOREIGNER, ADMINISTRATOR], ...namedStrangers(model)]);
  const tables = byId(model.tables, ({ name }) => name);
  const input = { model, config, permissions: new RolePermissions(config, new PolicyCache()) };
  return {
    name: "data",
    rows: [...strangers.keys(), ...roles.keys()],
    columns: [...tables.keys()].flatMap((name) => [`read ${name}`, `write ${name}`]),
    cell: (row, column) => {
      const [, kind = "", name = ""] = /^(read|write) (.*)$/.exec(column) ?? [];
      const table = tables.get(name);
      if (table === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      const actions = kind === "read" ? READS : WRITES;
      const role = roles.get(row);
      const stranger = strangers.get(row) ?? ADMINISTRATOR;
      const asked = { ...input, table, actions };
      return orUnknown(() => (role === undefined ? byStranger(asked, stranger) : byRole(asked, role)));
    },
  };
}

type Stranger = RoleSession | User;

const ADMINISTRATOR: Stranger = {
  type: "role_session",
  roleArn: `arn:aws:iam::${FOREIGN_ACCOUNT}:role/administrator`,
  sessionName: "session",
};

/** The principals that the tables' policies name and the state does not hold. */
function namedStrangers({ tables, roles }: Model): readonly (readonly [string, Stranger])[] {
  const own = new Set(roles.map(({ arn }) => arn));
  return tables.flatMap(({ resourcePolicy, account }) =>
    namedPrincipals(statementsIn(resourcePolicy?.json ?? ""), account).flatMap(({ principal, words }) => {
      if (principal.type !== "role_session" && principal.type !== "user") return [];
      const isOurs = principal.type === "role_session" && own.has(principal.roleArn);
      return isOurs ? [] : [[namedId(words), principal] as const];
    }),
  );
}

/** What a cell is worked out from, besides its row. */
interface TableInput {
  readonly model: Model;
  readonly config: Config;
  readonly permissions: RolePermissions;
  readonly table: TableModel;
  readonly actions: readonly string[];
}

function byRole(input: TableInput, role: RoleModel): CellResult {
  const { table, permissions, config } = input;
  if (role.account !== table.account && table.resourcePolicy === undefined)
    return {
      outcome: "no",
      reason: "the role belongs to another account, and the table has no resource policy",
    };
  const { origin, endpointPolicy } = originOf(input, role);
  const circumstances = together(ownCaller(config), origin);
  return permissions.evaluate(role, (policies) =>
    evaluateWith(
      input,
      { ...policies, ...endpointPolicy },
      sessionOf(role.arn, undefined, config),
      circumstances,
    ),
  );
}

/** A stranger's own policies allow everything, except in the table's account, where they are in the state. */
function byStranger(input: TableInput, stranger: Stranger): CellResult {
  const { permissions, config, table } = input;
  const account = accountIn(stranger.type === "user" ? stranger.arn : stranger.roleArn);
  const anything = permissions.cache.policy(ANYTHING, "identity");
  const caller = ownAccounts(config).includes(account) ? ownCaller(config) : foreignCaller(config);
  const policies = { identityPolicies: account === table.account ? [] : [anything] };
  return evaluateWith(input, policies, stranger, together(caller, fromAnywhere()));
}

function evaluateWith(
  { permissions: { cache }, table, config, actions }: TableInput,
  policies: RolePolicies & { readonly endpointPolicy?: Policy },
  principal: Stranger,
  caller: Circumstances,
): CellResult {
  const answers = actions.map((action) => ({
    action,
    answer: ask({
      ...policies,
      ...(table.resourcePolicy && { resourcePolicy: cache.policy(table.resourcePolicy, "resource") }),
      principal,
      action: `dynamodb:${action}`,
      resource: table.arn,
      circumstances: together(caller, inRegion(config), ownResource(config)),
    }),
  }));
  const allowed = answers.filter(({ answer }) => answer.allowed);
  const names = allowed.map(({ action }) => action).join(", ");
  return {
    outcome:
      allowed.length === 0
        ? "no"
        : marked(
            names,
            allowed.map(({ answer }) => answer),
          ),
    reason: allowed.length === 0 ? "no policy allows it" : "its policies allow it",
    steps: () => answers.map(({ action, answer }) => `${action}: ${reasonOf(answer.decision)}`),
  };
}

/** The presign function runs in the access VPC: its requests come through that VPC's gateway endpoint. */
function originOf(
  { model, config, permissions: { cache } }: TableInput,
  role: RoleModel,
): { readonly origin: Circumstances; readonly endpointPolicy?: { readonly endpointPolicy: Policy } } {
  if (role.arn !== presignRoleArn(config)) return { origin: fromAnywhere() };
  const vpcId = model.facts.vpcs.find(({ stack }) => stack === "access")?.vpcId;
  const gateway = model.facts.endpoints.find(
    (endpoint) => endpoint.vpcId === vpcId && serviceId(endpoint.serviceName) === "dynamodb",
  );
  if (gateway === undefined) return { origin: fromAnywhere() };
  const origin = throughEndpoint(gateway, config);
  if (gateway.policy === "") return { origin };
  const policy = { name: "policy of the dynamodb endpoint", json: gateway.policy };
  return { origin, endpointPolicy: { endpointPolicy: cache.policy(policy, "gateway_endpoint") } };
}
