import { evaluateRequest } from "@studio-access/policy";

import type { Config } from "@studio-access/config";
import { presignRoleArn } from "../expect/roles";
import { serviceId } from "../expect/services";
import type { Model, TableModel } from "../model/model";
import type { RoleModel } from "../model/roles";
import type { CellResult, Matrix } from "./matrix";
import {
  ANYTHING,
  orUnknown,
  PolicyCache,
  reasonOf,
  RolePermissions,
  FOREIGN_ACCOUNT,
  type RolePolicies,
} from "./policies";
import { regionContext, sessionOf } from "./sessions";

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

/** Every role, and an administrator of a foreign account × reading and writing each table: which actions are allowed. */
export function dataMatrix(model: Model, config: Config): Matrix {
  const roles = new Map(model.roles.map((role) => [role.arn, role]));
  const tables = new Map(model.tables.map((table) => [table.name, table]));
  const permissions = new RolePermissions(config, new PolicyCache());
  return {
    name: "data",
    rows: [FOREIGNER, ...roles.keys()],
    columns: [...tables.keys()].flatMap((name) => [`read ${name}`, `write ${name}`]),
    cell: (row, column) => {
      const [kind = "", name = ""] = column.split(" ");
      const table = tables.get(name);
      if (table === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      const actions = kind === "read" ? READS : WRITES;
      return orUnknown(() => evaluateCell({ model, config, permissions, table, actions }, roles.get(row)));
    },
  };
}

/** What a cell is worked out from, besides its row. */
interface TableInput {
  readonly model: Model;
  readonly config: Config;
  readonly permissions: RolePermissions;
  readonly table: TableModel;
  readonly actions: readonly string[];
}

function evaluateCell(input: TableInput, role: RoleModel | undefined): CellResult {
  const { table, permissions } = input;
  if (role !== undefined && role.account !== table.account && table.resourcePolicy === undefined)
    return {
      outcome: "no",
      reason: "the role belongs to another account, and the table has no resource policy",
    };
  if (role !== undefined)
    return permissions.evaluate(role, (policies) => evaluateWith(input, policies, role));
  const anything = permissions.cache.policy(ANYTHING, "identity");
  return evaluateWith(input, { identityPolicies: [anything] }, undefined);
}

function evaluateWith(input: TableInput, policies: RolePolicies, role: RoleModel | undefined): CellResult {
  const { table, config, actions } = input;
  const { cache } = input.permissions;
  const caller = role?.arn ?? `arn:aws:iam::${FOREIGN_ACCOUNT}:role/administrator`;
  const decisions = actions.map((action) => ({
    action,
    decision: evaluateRequest({
      ...policies,
      ...(table.resourcePolicy && { resourcePolicy: cache.policy(table.resourcePolicy, "resource") }),
      ...gatewayOf(input, role),
      request: {
        principal: sessionOf(caller, undefined, config),
        action: `dynamodb:${action}`,
        resource: table.arn,
        context: regionContext(config),
      },
    }),
  }));
  const allowed = decisions.filter(({ decision }) => decision.allowed);
  return {
    outcome: allowed.length === 0 ? "no" : allowed.map(({ action }) => action).join(", "),
    reason: allowed.length === 0 ? "no policy allows it" : "its policies allow it",
    steps: () => decisions.map(({ action, decision }) => `${action}: ${reasonOf(decision)}`),
  };
}

/** The presign function runs in the access VPC, so the policy of that VPC's gateway endpoint applies to its requests. */
function gatewayOf(
  { model, config, permissions: { cache } }: TableInput,
  role: RoleModel | undefined,
): object {
  if (role?.arn !== presignRoleArn(config)) return {};
  const vpcId = model.facts.vpcs.find(({ stack }) => stack === "access")?.vpcId;
  const gateway = model.facts.endpoints.find(
    (endpoint) => endpoint.vpcId === vpcId && serviceId(endpoint.serviceName) === "dynamodb",
  );
  if (gateway === undefined || gateway.policy === "") return {};
  const policy = { name: "policy of the dynamodb endpoint", json: gateway.policy };
  return { endpointPolicy: cache.policy(policy, "endpoint") };
}
