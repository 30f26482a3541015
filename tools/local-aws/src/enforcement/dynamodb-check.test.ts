import { fakeCall } from "../services/testing/fake-moto";
import { dynamodbCheck } from "./dynamodb-check";
import { exampleCaller } from "./testing/example-caller";
import type { Finding } from "./finding";

const TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/";

/** What was asked, as `action resource`. */
async function questions(operation: string, input: unknown): Promise<string[]> {
  const asked: string[] = [];
  const check = dynamodbCheck({
    request: (_, __, { action, resource }) => {
      asked.push(`${action} ${resource}`);
      return Promise.resolve({ allowed: true } as Finding);
    },
  });
  const call = fakeCall({ service: "dynamodb", operation, body: JSON.stringify(input) });
  await check.judge(call, exampleCaller());
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
  ])("asks of %s %j for %j", async (operation, input, expected) => {
    expect(await questions(operation, input)).toEqual(expected);
  });

  it("refuses what does not say its tables, aloud", async () => {
    await expect(questions("ExecuteStatement", { Statement: "SELECT * FROM users" })).rejects.toMatchObject({
      code: "NotImplemented",
    });
  });

  it("leaves it to DynamoDB to refuse what is no object", async () => {
    expect(await questions("GetItem", null)).toEqual([]);
  });
});
