import { createClients } from "./clients";
import { DynamoDbDirectory, LOB_CACHE, type LobCache } from "./directory";
import type { Directory } from "./presign";
import { type FakeAws, reply, startFakeAws } from "./testing/aws";
import { LOB, REGION } from "./testing/fixtures";

const { signal } = new AbortController();

let aws: FakeAws;
let clock: number;
let directory: Directory;

function directoryOf(lobCache: LobCache): Directory {
  return new DynamoDbDirectory({
    ...createClients(
      { region: REGION, endpoint: aws.url },
      { connectMs: 5000, attemptMs: 5000, attempts: 3, backoffMs: 0 },
    ),
    usersTable: "users",
    lobsTable: "lobs",
    now: () => clock,
    lobCache,
  });
}

beforeEach(async () => {
  aws = await startFakeAws();
  process.env["AWS_ACCESS_KEY_ID"] = "own-key";
  process.env["AWS_SECRET_ACCESS_KEY"] = "own-secret";
  clock = 0;
  directory = directoryOf(LOB_CACHE);
});

afterEach(() => aws.close());

describe("the directory of users", () => {
  it("reads the user's line of business", async () => {
    aws.on("GetItem", reply.row({ PK: "alice", LOB: "lob-a" }));
    await expect(directory.lobNameOf("alice", signal)).resolves.toBe("lob-a");
    expect(aws.calls).toEqual([
      {
        operation: "GetItem",
        accessKeyId: "own-key",
        input: { TableName: "users", Key: { PK: { S: "alice" } }, ConsistentRead: true },
      },
    ]);
  });

  it("knows no user without a row", async () => {
    aws.on("GetItem", reply.noRow);
    await expect(directory.lobNameOf("alice", signal)).resolves.toBeUndefined();
  });

  it("caches no user: a removed user is refused at once", async () => {
    aws.on("GetItem", reply.row({ PK: "alice", LOB: "lob-a" }), reply.noRow);
    await directory.lobNameOf("alice", signal);
    await expect(directory.lobNameOf("alice", signal)).resolves.toBeUndefined();
  });

  it.each([
    ["no line of business", reply.row({ PK: "alice" })],
    ["an empty one", reply.row({ PK: "alice", LOB: "" })],
    ["one that is no text", reply.json(200, { Item: { PK: { S: "alice" }, LOB: { N: "7" } } })],
  ])("refuses a row with %s", async (_case, row) => {
    aws.on("GetItem", row);
    await expect(directory.lobNameOf("alice", signal)).rejects.toMatchObject({
      code: "upstream_error",
      reason: "user_record_invalid",
    });
  });

  it.each([
    [
      "a missing table",
      "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      400,
      "upstream_error",
      1,
    ],
    ["a denied read", "com.amazon.coral.service#AccessDeniedException", 400, "upstream_error", 1],
    [
      "a throttled read",
      "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
      400,
      "throttled",
      3,
    ],
    [
      "a broken service",
      "com.amazonaws.dynamodb.v20120810#InternalServerError",
      500,
      "upstream_unavailable",
      3,
    ],
  ])("refuses for %s, after the attempts that make sense", async (_case, type, status, code, attempts) => {
    aws.on("GetItem", reply.jsonError(status, type));
    await expect(directory.lobNameOf("alice", signal)).rejects.toMatchObject({ code });
    expect(aws.calls).toHaveLength(attempts);
  });
});

describe("the directory of lines of business", () => {
  it("reads a row", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    await expect(directory.findLob("lob-a", signal)).resolves.toEqual(LOB);
    expect(aws.calls[0]?.input).toMatchObject({ TableName: "lobs", Key: { PK: { S: "lob-a" } } });
  });

  it("remembers it for minutes, then reads it again", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    await directory.findLob("lob-a", signal);
    clock = LOB_CACHE.age - 1;
    await directory.findLob("lob-a", signal);
    expect(aws.calls).toHaveLength(1);
    clock = LOB_CACHE.age;
    await directory.findLob("lob-a", signal);
    expect(aws.calls).toHaveLength(2);
  });

  it("does not cache that a line of business was missing or incomplete", async () => {
    aws.on("GetItem", reply.noRow, reply.row({ PK: "lob-a" }), reply.row({ ...LOB }));
    await expect(directory.findLob("lob-a", signal)).resolves.toBeUndefined();
    await expect(directory.findLob("lob-a", signal)).rejects.toMatchObject({ code: "studio_not_found" });
    await expect(directory.findLob("lob-a", signal)).resolves.toEqual(LOB);
  });

  it("remembers a bounded number, and forgets the oldest first", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    const small = directoryOf({ ...LOB_CACHE, size: 2 });
    const reads = async (name: string): Promise<number> => {
      const before = aws.calls.length;
      await small.findLob(name, signal);
      return aws.calls.length - before;
    };
    expect([await reads("lob-a"), await reads("lob-b"), await reads("lob-c")]).toEqual([1, 1, 1]);
    expect([await reads("lob-b"), await reads("lob-c"), await reads("lob-a")]).toEqual([0, 0, 1]);
  });
});
