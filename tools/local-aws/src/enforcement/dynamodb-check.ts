import { notImplemented } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import type { Check } from "./check";
import { wayOf } from "./circumstances";
import type { Judge, Question } from "./judge";
import { jsonObject, type JsonObject } from "./json-body";

/** Operations of DynamoDB that are no table's. */
const WITHOUT_TABLE = new Set(["DescribeEndpoints", "DescribeLimits", "ListTables"]);

/** Actions that an entry of a transaction needs, by its name. */
const OF_TRANSACTION: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** Reads and writes of tables, each as the action of the same name on the table or index. */
export function dynamodbCheck(judge: Pick<Judge, "request">): Check {
  return {
    concerns: () => true,
    async judge(call, caller) {
      const input = jsonObject(call.body);
      if (!input) return [];
      const way = wayOf(call);
      return await Promise.all(
        questionsOf(call, input).map((question) => judge.request(way, caller, question)),
      );
    },
  };
}

/** @throws {AwsError} `NotImplemented`, for what names its tables in another way, such as PartiQL */
function questionsOf(call: AwsCall, input: JsonObject): readonly Question[] {
  const { operation } = call;
  const on = (resource: string, action = operation): Question => ({ action: `dynamodb:${action}`, resource });
  if (WITHOUT_TABLE.has(operation)) return [on("*")];
  const items = input["TransactItems"];
  if (Array.isArray(items)) {
    return items
      .flatMap((item) => Object.entries(item as Record<string, { readonly TableName?: unknown }>))
      .map(([kind, { TableName }]) => on(tableArn(call, TableName), OF_TRANSACTION[kind] ?? kind));
  }
  const requestItems = input["RequestItems"];
  if (typeof requestItems === "object" && requestItems !== null)
    return Object.keys(requestItems).map((name) => on(tableArn(call, name)));
  if (typeof input["TableName"] === "string") return [on(resourceArn(call, input["TableName"], input))];
  // Tags and policies are of whatever has an ARN.
  if (typeof input["ResourceArn"] === "string") return [on(input["ResourceArn"])];
  throw notImplemented("dynamodb", operation, "it is not known here which tables it is about");
}

function resourceArn(call: AwsCall, tableName: string, { IndexName: index }: JsonObject): string {
  const table = tableArn(call, tableName);
  return typeof index === "string" ? `${table}/index/${index}` : table;
}

/** A table may be given by its ARN. */
function tableArn({ region, account }: AwsCall, name: unknown): string {
  const text = String(name);
  return text.startsWith("arn:") ? text : `arn:aws:dynamodb:${region}:${account}:table/${text}`;
}
