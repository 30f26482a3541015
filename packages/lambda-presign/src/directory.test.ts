import { createClients } from "./clients";
import { DynamoDbDirectory, LOB_CACHE, type LobCache } from "./directory";
import type { Directory } from "./presign";
import { type FakeAws, reply, startFakeAws } from "./testing/aws";
import { ALICE, GROUP_LOB, LOB, REGION } from "./testing/fixtures";

const { signal } = new AbortController();
const NOWHERE = { own: undefined, byGroups: [] };

let aws: FakeAws;
let clock: number;
let directory: Directory;

function directoryOf(lobCache: LobCache, groupsTable?: string): Directory {
  return new DynamoDbDirectory({
    ...createClients(
      { region: REGION, endpoint: aws.url },
      { connectMs: 5000, attemptMs: 5000, attempts: 3, backoffMs: 0 },
    ),
    usersTable: "users",
    lobsTable: "lobs",
    groupsTable,
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
    await expect(directory.placesOf(ALICE, signal)).resolves.toEqual({ own: "lob-a", byGroups: [] });
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
    await expect(directory.placesOf(ALICE, signal)).resolves.toEqual(NOWHERE);
  });

  it("caches no user: a removed user is refused at once", async () => {
    aws.on("GetItem", reply.row({ PK: "alice", LOB: "lob-a" }), reply.noRow);
    await directory.placesOf(ALICE, signal);
    await expect(directory.placesOf(ALICE, signal)).resolves.toEqual(NOWHERE);
  });

  it.each([
    ["no line of business", reply.row({ PK: "alice" })],
    ["an empty one", reply.row({ PK: "alice", LOB: "" })],
    ["one that is no text", reply.json(200, { Item: { PK: { S: "alice" }, LOB: { N: "7" } } })],
  ])("refuses a row with %s", async (_case, row) => {
    aws.on("GetItem", row);
    await expect(directory.placesOf(ALICE, signal)).rejects.toMatchObject({
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
    await expect(directory.placesOf(ALICE, signal)).rejects.toMatchObject({ code });
    expect(aws.calls).toHaveLength(attempts);
  });
});

describe("a user who is blocked", () => {
  const rows = { users: [{ PK: "alice", LOB: "lob-a", BLOCKED: "true" }] };

  it("is refused where users alone give access", async () => {
    aws.on("GetItem", reply.row({ PK: "alice", LOB: "lob-a", BLOCKED: "true" }));
    await expect(directory.placesOf(ALICE, signal)).rejects.toMatchObject({ code: "user_blocked" });
  });

  it("is refused whatever the groups, and whatever stands in the mark", async () => {
    const groups = [{ PK: "studio-a", LOB: "lob-b" }];
    directory = directoryOf(LOB_CACHE, "groups");
    for (const BLOCKED of ["true", "false", ""]) {
      aws.on("BatchGetItem", reply.rows({ users: [{ ...rows.users[0], BLOCKED }], groups }));
      const asked = { ...ALICE, groups: ["studio-a"] };
      await expect(directory.placesOf(asked, signal)).rejects.toMatchObject({ code: "user_blocked" });
    }
  });
});

describe("the directory of users and groups", () => {
  const GROUPED = { ...ALICE, groups: ["studio-a", "/eu/b"] };

  beforeEach(() => {
    directory = directoryOf(LOB_CACHE, "groups");
  });

  it("reads the user's row and those of all groups in one call, all of them as they are now", async () => {
    const rows = {
      users: [{ PK: "alice", LOB: "lob-a" }],
      groups: [
        { PK: "studio-a", LOB: "lob-b" },
        { PK: "/eu/b", LOB: "lob-c" },
        { PK: "studio-z", LOB: "lob-z" },
      ],
    };
    aws.on("BatchGetItem", reply.rows(rows));
    await expect(directory.placesOf(GROUPED, signal)).resolves.toEqual({
      own: "lob-a",
      byGroups: ["lob-b", "lob-c"],
    });
    expect(aws.calls).toEqual([
      {
        operation: "BatchGetItem",
        accessKeyId: "own-key",
        input: {
          RequestItems: {
            users: { Keys: [{ PK: { S: "alice" } }], ConsistentRead: true },
            groups: { Keys: [{ PK: { S: "studio-a" } }, { PK: { S: "/eu/b" } }], ConsistentRead: true },
          },
        },
      },
    ]);
  });

  it("asks for no key twice, which DynamoDB refuses", async () => {
    aws.on("BatchGetItem", reply.rows({ groups: [{ PK: "a", LOB: "lob-a" }] }));
    const twice = { ...ALICE, groups: ["a", "a"] };
    await expect(directory.placesOf(twice, signal)).resolves.toEqual({ own: undefined, byGroups: ["lob-a"] });
    expect(aws.calls[0]?.input).toHaveProperty("RequestItems.groups.Keys", [{ PK: { S: "a" } }]);
  });

  it.each<[string, typeof GROUPED | typeof ALICE]>([
    ["none", ALICE],
    ["those that are not known whole", { ...ALICE, groups: "too_many_groups" }],
  ])("asks the users table alone for %s: DynamoDB refuses an empty list of keys", async (_what, request) => {
    aws.on("BatchGetItem", reply.rows({ users: [{ PK: "alice", LOB: "lob-a" }] }));
    await expect(directory.placesOf(request, signal)).resolves.toEqual({ own: "lob-a", byGroups: [] });
    expect(aws.calls[0]?.input).toEqual({
      RequestItems: { users: { Keys: [{ PK: { S: "alice" } }], ConsistentRead: true } },
    });
  });

  it("knows nobody without a row, and forgets everybody at once", async () => {
    aws.on("BatchGetItem", reply.rows({ groups: [{ PK: "studio-a", LOB: "lob-a" }] }), reply.rows({}));
    await expect(directory.placesOf(GROUPED, signal)).resolves.toEqual({
      own: undefined,
      byGroups: ["lob-a"],
    });
    await expect(directory.placesOf(GROUPED, signal)).resolves.toEqual(NOWHERE);
  });

  it.each([
    ["a user's row", "user_record_invalid", { users: [{ PK: "alice" }] }],
    ["a group's row", "group_record_invalid", { groups: [{ PK: "studio-a", LOB: "" }] }],
  ])("refuses %s without a line of business", async (_what, reason, rows) => {
    aws.on("BatchGetItem", reply.rows(rows));
    await expect(directory.placesOf(GROUPED, signal)).rejects.toMatchObject({
      code: "upstream_error",
      reason,
    });
  });

  it("decides on no part of the rows: what DynamoDB did not look up is throttling", async () => {
    const UnprocessedKeys = { groups: { Keys: [{ PK: { S: "/eu/b" } }] } };
    const Responses = { groups: [{ PK: { S: "studio-a" }, LOB: { S: "lob-a" } }] };
    aws.on("BatchGetItem", reply.json(200, { Responses, UnprocessedKeys }));
    await expect(directory.placesOf(GROUPED, signal)).rejects.toMatchObject({
      code: "throttled",
      reason: "dynamodb_throttled",
    });
  });

  it("refuses where the tables may not be read", async () => {
    aws.on("BatchGetItem", reply.jsonError(400, "com.amazon.coral.service#AccessDeniedException"));
    await expect(directory.placesOf(GROUPED, signal)).rejects.toMatchObject({ reason: "dynamodb_denied" });
  });
});

describe("the directory of lines of business", () => {
  it("reads a row", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    await expect(directory.findLob("lob-a", false, signal)).resolves.toEqual(LOB);
    expect(aws.calls[0]?.input).toMatchObject({ TableName: "lobs", Key: { PK: { S: "lob-a" } } });
  });

  it("remembers it for minutes, then reads it again", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    await directory.findLob("lob-a", false, signal);
    clock = LOB_CACHE.age - 1;
    await directory.findLob("lob-a", false, signal);
    expect(aws.calls).toHaveLength(1);
    clock = LOB_CACHE.age;
    await directory.findLob("lob-a", false, signal);
    expect(aws.calls).toHaveLength(2);
  });

  it("reads it again for a user by group, until it has a role that makes profiles", async () => {
    aws.on("GetItem", reply.row({ ...LOB }), reply.row({ ...GROUP_LOB }));
    await directory.findLob("lob-a", false, signal);
    await expect(directory.findLob("lob-a", true, signal)).resolves.toEqual(GROUP_LOB);
    await expect(directory.findLob("lob-a", true, signal)).resolves.toEqual(GROUP_LOB);
    expect(aws.calls).toHaveLength(2);
  });

  it("does not cache that a line of business was missing or incomplete", async () => {
    aws.on("GetItem", reply.noRow, reply.row({ PK: "lob-a" }), reply.row({ ...LOB }));
    await expect(directory.findLob("lob-a", false, signal)).resolves.toBeUndefined();
    await expect(directory.findLob("lob-a", false, signal)).rejects.toMatchObject({
      code: "studio_not_found",
    });
    await expect(directory.findLob("lob-a", false, signal)).resolves.toEqual(LOB);
  });

  it("remembers a bounded number, and forgets the oldest first", async () => {
    aws.on("GetItem", reply.row({ ...LOB }));
    const small = directoryOf({ ...LOB_CACHE, size: 2 });
    const reads = async (name: string): Promise<number> => {
      const before = aws.calls.length;
      await small.findLob(name, false, signal);
      return aws.calls.length - before;
    };
    expect([await reads("lob-a"), await reads("lob-b"), await reads("lob-c")]).toEqual([1, 1, 1]);
    expect([await reads("lob-b"), await reads("lob-c"), await reads("lob-a")]).toEqual([0, 0, 1]);
  });
});
