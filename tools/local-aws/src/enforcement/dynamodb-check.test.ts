import { fakeCall } from "../services/testing/fake-moto";
import { dynamodbCheck } from "./dynamodb-check";
import { exampleCaller } from "./testing/example-caller";
import type { AuthorizationResult } from "./authorization-result";

const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/";

/** The authorization requests that were evaluated, as `action resource`. */
async function requests(operation: string, input: unknown): Promise<string[]> {
  const asked: string[] = [];
  const check = dynamodbCheck({
    evaluate: (_, __, { action, resource }) => {
      asked.push(`${action} ${resource}`);
      return Promise.resolve({ allowed: true } as AuthorizationResult);
    },
  });
  const call = fakeCall({ service: "dynamodb", operation, body: JSON.stringify(input) });
  await check.authorize(call, exampleCaller());
  return asked;
}

describe("the check of DynamoDB", () => {
  it.each<[string, object, string[]]>([
    ["GetItem", { TableName: "users" }, [`dynamodb:GetItem ${TABLE}users`]],
    ["PutItem", { TableName: `${TABLE}users` }, [`dynamodb:PutItem ${TABLE}users`]],
    ["Query", { TableName: "users", IndexName: "byLob" }, [`dynamodb:Query ${TABLE}users/index/byLob`]],
    [
      "BatchGetItem",
      { RequestItems: { users: {}, lobs: {} } },
      [`dynamodb:BatchGetItem ${TABLE}users`, `dynamodb:BatchGetItem ${TABLE}lobs`],
    ],
    [
      "TransactWriteItems",
      { TransactItems: [{ Put: { TableName: "users" } }, { ConditionCheck: { TableName: "lobs" } }] },
      [`dynamodb:PutItem ${TABLE}users`, `dynamodb:ConditionCheckItem ${TABLE}lobs`],
    ],
    ["ListTagsOfResource", { ResourceArn: `${TABLE}users` }, [`dynamodb:ListTagsOfResource ${TABLE}users`]],
    ["ListTables", {}, ["dynamodb:ListTables *"]],
  ])("authorizes %s %j as %j", async (operation, input, expected) => {
    expect(await requests(operation, input)).toEqual(expected);
  });

  it("answers NotImplemented when the call does not name its tables", async () => {
    await expect(requests("ExecuteStatement", { Statement: "SELECT * FROM users" })).rejects.toMatchObject({
      code: "NotImplemented",
    });
  });

  it("lets DynamoDB refuse a body that is not an object", async () => {
    expect(await requests("GetItem", null)).toEqual([]);
  });
});
