import { notImplemented } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import type { AuthorizationCheck } from "./authorization-check";
import { originOf } from "./request-context";
import type { PolicyEvaluator, AuthorizationRequest } from "./policy-evaluator";
import { jsonObject, type JsonObject } from "./json-body";

/** Operations of DynamoDB that have no table as their resource. */
const WITHOUT_TABLE = new Set(["DescribeEndpoints", "DescribeLimits", "ListTables"]);

/** The action that each kind of entry in a transaction needs. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** Every operation of DynamoDB, each as the action of the same name on the table or index. */
export function dynamodbCheck(evaluator: Pick<PolicyEvaluator, "evaluate">): AuthorizationCheck {
  return {
    appliesTo: () => true,
    async authorize(call, caller) {
      const input = jsonObject(call.body);
      if (!input) return [];
      const origin = originOf(call);
      return await Promise.all(
        authorizationRequestsOf(call, input).map((request) => evaluator.evaluate(origin, caller, request)),
      );
    },
  };
}

/** @throws {AwsError} `NotImplemented`, for a call that names its tables in another way, such as PartiQL */
function authorizationRequestsOf(call: AwsCall, input: JsonObject): readonly AuthorizationRequest[] {
  const { operation } = call;
  const on = (resource: string, action = operation): AuthorizationRequest => ({
    action: `dynamodb:${action}`,
    resource,
  });
  if (WITHOUT_TABLE.has(operation)) return [on("*")];
  const items = input["TransactItems"];
  if (Array.isArray(items)) {
    return items
      .flatMap((item) => Object.entries(item as Record<string, { readonly TableName?: unknown }>))
      .map(([kind, { TableName }]) => on(tableArn(call, TableName), TRANSACTION_ACTIONS[kind] ?? kind));
  }
  const requestItems = input["RequestItems"];
  if (typeof requestItems === "object" && requestItems !== null)
    return Object.keys(requestItems).map((name) => on(tableArn(call, name)));
  if (typeof input["TableName"] === "string") return [on(resourceArn(call, input["TableName"], input))];
  // Operations on tags and resource policies name their resource by its ARN.
  if (typeof input["ResourceArn"] === "string") return [on(input["ResourceArn"])];
  throw notImplemented("dynamodb", operation, "the local AWS cannot tell which tables the call names");
}

function resourceArn(call: AwsCall, tableName: string, { IndexName: index }: JsonObject): string {
  const table = tableArn(call, tableName);
  return typeof index === "string" ? `${table}/index/${index}` : table;
}

/** Calls may name a table by its ARN. */
function tableArn({ region, account }: AwsCall, name: unknown): string {
  const text = String(name);
  return text.startsWith("arn:") ? text : `arn:aws:dynamodb:${region}:${account}:table/${text}`;
}
