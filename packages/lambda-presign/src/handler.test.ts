import { REFUSAL_CODES, REFUSAL_STATUS, type RefusalCode } from "@studio-access/shared-types";
import { createClients } from "./clients";
import { DynamoDbDirectory } from "./directory";
import { createHandler, type HandlerDeps, type PresignEvent } from "./handler";
import type { LogLine } from "./log";
import { AssumedRoleProfileMaker } from "./profile-maker";
import { refusalAnswer } from "./refusal";
import { AssumedRoleStudio } from "./studio";
import { type FakeAws, reply, startFakeAws } from "./testing/aws";
import { CONTEXT, eventOf, GROUP_LOB, LOB, REGION, STUDIO_URL } from "./testing/fixtures";

const NO_STORE = { "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" };

let aws: FakeAws;
/** Every log line and every refusal of this file, for the tests at the end. */
const lines: LogLine[] = [];
const refusals: string[] = [];
const reached = new Set<string>();

beforeEach(async () => {
  aws = await startFakeAws();
  process.env["AWS_ACCESS_KEY_ID"] = "own-key";
  process.env["AWS_SECRET_ACCESS_KEY"] = "own-secret";
  aws.on("GetItem", rows({ users: reply.row({ PK: "alice", LOB: "lob-a" }), lobs: reply.row({ ...LOB }) }));
  aws.on("AssumeRole", reply.role);
  aws.on("CreatePresignedDomainUrl", reply.url(STUDIO_URL));
});

afterEach(() => aws.close());

type Reply = Parameters<FakeAws["on"]>[1];

function rows(tables: { readonly users: Reply; readonly lobs: Reply }): Reply {
  return (response, call) => {
    (call.input["TableName"] === "users" ? tables.users : tables.lobs)(response, call);
  };
}

function handlerOf(
  changes: Partial<HandlerDeps> = {},
  tables: { readonly groupsTable?: string } = {},
): ReturnType<typeof createHandler> {
  const limits = { connectMs: 4000, attemptMs: 4000, attempts: 2, backoffMs: 0 };
  const settings = {
    ...createClients({ region: REGION, endpoint: aws.url }, limits),
    region: REGION,
    usersTable: "users",
    lobsTable: "lobs",
    ...tables,
    urlExpiresSeconds: 20,
    sessionExpiresSeconds: 14_400,
  };
  return createHandler({
    ...settings,
    directory: new DynamoDbDirectory(settings),
    studio: new AssumedRoleStudio(settings),
    profileMaker: new AssumedRoleProfileMaker(settings),
    now: Date.now,
    log: (line) => lines.push(line),
    deadlineMs: 4000,
    ...changes,
  });
}

describe("the presign function answers", () => {
  it("with a redirect into Studio", async () => {
    await expect(handlerOf()(eventOf("alice"), CONTEXT)).resolves.toEqual({
      statusCode: 302,
      headers: { ...NO_STORE, Vary: "Accept", Location: STUDIO_URL },
      body: "",
    });
    expect(lines.at(-1)).toEqual({
      level: "INFO",
      message: "opened",
      outcome: "redirected",
      requestId: "request-1",
      milliseconds: expect.any(Number) as number,
    });
  });

  it("with JSON where that is asked for", async () => {
    const event = eventOf("alice", { headers: { Accept: "application/json" } });
    const now = Date.parse("2030-01-01T00:00:00Z");
    await expect(handlerOf({ now: () => now })(event, CONTEXT)).resolves.toEqual({
      statusCode: 200,
      headers: { ...NO_STORE, Vary: "Accept", "Content-Type": "application/json" },
      body: JSON.stringify({ url: STUDIO_URL, expiresAt: "2030-01-01T00:00:20.000Z" }),
    });
    expect(lines.at(-1)).toMatchObject({ outcome: "answered" });
  });

  it.each<[number, string | undefined]>([
    [302, undefined],
    [302, "*/*"],
    [302, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
    [302, "text/html, application/json;q=0.9"],
    [302, "application/json;q=0, */*"],
    [302, "image/png"],
    [302, "nonsense"],
    [200, "application/json"],
    [200, "APPLICATION/JSON; charset=utf-8"],
    [200, "application/json, text/plain, */*"],
    [200, "text/html;q=0.5, application/json"],
    [200, "application/*"],
  ])("%i to Accept: %s", async (status, accept) => {
    const headers = accept === undefined ? null : { accept };
    await expect(handlerOf()(eventOf("alice", { headers }), CONTEXT)).resolves.toHaveProperty(
      "statusCode",
      status,
    );
  });

  it("by all Accept headers, of which API Gateway's `headers` holds but the last", async () => {
    const event = eventOf("alice", {
      headers: { Accept: "text/html;q=0.1" },
      multiValueHeaders: { Accept: ["application/json", "text/html;q=0.1"] },
    });
    await expect(handlerOf()(event, CONTEXT)).resolves.toHaveProperty("statusCode", 200);
  });

  it("with four AWS calls when cold, and three when warm", async () => {
    const handler = handlerOf();
    await handler(eventOf("alice"), CONTEXT);
    expect(aws.operations()).toEqual(["GetItem", "GetItem", "AssumeRole", "CreatePresignedDomainUrl"]);
    aws.calls.length = 0;
    await handler(eventOf("alice"), CONTEXT);
    expect(aws.operations()).toEqual(["GetItem", "AssumeRole", "CreatePresignedDomainUrl"]);
  });
});

/** Who the tables know, where groups give access. */
const KNOWN = {
  users: [{ PK: "alice", LOB: "lob-a" }],
  groups: [
    { PK: "studio-a", LOB: "lob-a" },
    { PK: "studio-a2", LOB: "lob-a" },
    { PK: "studio-b", LOB: "lob-b" },
  ],
};

/** A request of this user, of whom the authorizer has verified these groups. */
function groupEvent(userName: string, groups: readonly string[], headers = {}): PresignEvent {
  const authorizer = { userName, groups: JSON.stringify(groups) };
  return eventOf(userName, { headers, requestContext: { requestId: "request-1", authorizer } });
}

describe("where groups give access", () => {
  const grouped = (changes: Partial<HandlerDeps> = {}): ReturnType<typeof createHandler> =>
    handlerOf(changes, { groupsTable: "groups" });

  beforeEach(() => {
    aws.on("BatchGetItem", reply.rows(KNOWN));
    aws.on("GetItem", reply.row({ ...GROUP_LOB }));
    aws.on("CreateUserProfile", reply.json(200, { UserProfileArn: "arn:aws:sagemaker:::not-for-the-log" }));
  });

  it.each<[string, PresignEvent]>([
    ["a listed user", groupEvent("alice", [])],
    ["a listed user with groups", groupEvent("alice", ["studio-b", "other"])],
    ["a user by group", groupEvent("bob", ["studio-a", "studio-a2", "other"])],
  ])("%s with a profile costs four AWS calls when cold, and three when warm", async (_who, event) => {
    const handler = grouped();
    expect(await handler(event, CONTEXT)).toMatchObject({
      statusCode: 302,
      headers: { Location: STUDIO_URL },
    });
    expect(aws.operations()).toEqual(["BatchGetItem", "GetItem", "AssumeRole", "CreatePresignedDomainUrl"]);
    aws.calls.length = 0;
    await handler(event, CONTEXT);
    expect(aws.operations()).toEqual(["BatchGetItem", "AssumeRole", "CreatePresignedDomainUrl"]);
  });

  it("a first sign-in makes the profile, and the next requests wait for it, until it opens", async () => {
    const handler = grouped();
    const bob = groupEvent("bob", ["studio-a"]);
    const notReady = reply.jsonError(400, "ValidationException");
    aws.on(
      "CreatePresignedDomainUrl",
      reply.jsonError(400, "ResourceNotFound"),
      notReady,
      reply.url(STUDIO_URL),
    );
    const first = await handler(bob, CONTEXT);
    expect(first).toEqual({
      statusCode: 202,
      headers: { ...NO_STORE, "Content-Type": "application/json", "Retry-After": "3" },
      body: JSON.stringify({
        code: "profile_pending",
        message: "Your Studio is being set up. Ask again in a moment.",
        requestId: "request-1",
      }),
    });
    reached.add("profile_pending");
    expect(lines.at(-1)).toMatchObject({
      level: "INFO",
      message: "pending",
      outcome: "pending",
      code: "profile_pending",
      reason: "profile_begun",
    });
    aws.on("CreateUserProfile", reply.jsonError(400, "ResourceInUse"));
    aws.on("DescribeUserProfile", reply.json(200, { Status: "Pending" }));
    expect(await handler(bob, CONTEXT)).toEqual(first);
    expect(lines.at(-1)).toMatchObject({ outcome: "pending", reason: "profile_pending" });
    expect(await handler(bob, CONTEXT)).toMatchObject({ statusCode: 302 });
    expect(aws.operations().filter((name) => name === "CreateUserProfile")).toHaveLength(2);
  });

  it.each(["text/html", "*/*", "application/json"])(
    "is answered while the profile is made without a redirect, whatever is accepted: %s",
    async (Accept) => {
      aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ResourceNotFound"));
      const { statusCode, headers } = await grouped()(groupEvent("bob", ["studio-a"], { Accept }), CONTEXT);
      expect([statusCode, headers]).toEqual([
        202,
        expect.not.objectContaining({ Location: expect.anything() as unknown }),
      ]);
    },
  );

  it("nobody's profile is made who is listed, or whom no group lets in", async () => {
    aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ResourceNotFound"));
    await expect(refuse(groupEvent("alice", ["studio-b"]), {}, grouped)).resolves.toMatchObject({
      status: 404,
    });
    await expect(refuse(groupEvent("bob", ["other"]), {}, grouped)).resolves.toMatchObject({ status: 403 });
    expect(aws.operations()).not.toContain("CreateUserProfile");
  });

  it("somebody who left the group is refused at the next request, as an unknown user is", async () => {
    const handler = grouped();
    expect(await handler(groupEvent("bob", ["studio-a"]), CONTEXT)).toMatchObject({ statusCode: 302 });
    const left = await handler(groupEvent("bob", []), CONTEXT);
    expect(left).toMatchObject({ statusCode: 403 });
    expect(await handler(groupEvent("carol", ["other"]), CONTEXT)).toEqual(left);
    expect(lines.at(-1)).toMatchObject({ code: "forbidden", reason: "user_unknown" });
  });

  const tooMany = { userName: "bob", groupsRefused: "too_many_groups" };
  const limit = (): void => {
    aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ResourceNotFound"));
    aws.on("CreateUserProfile", reply.jsonError(400, "ResourceLimitExceeded"));
  };
  const failed = (): void => {
    aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ValidationException"));
    aws.on("CreateUserProfile", reply.jsonError(400, "ResourceInUse"));
    aws.on("DescribeUserProfile", reply.json(200, { Status: "Failed", FailureReason: "not-for-the-log" }));
  };

  it.each<[string, RefusalCode, string, PresignEvent, () => void]>([
    [
      "groups of two lines of business",
      "lob_ambiguous",
      "lob_ambiguous",
      groupEvent("bob", ["studio-a", "studio-b"]),
      () => undefined,
    ],
    [
      "a block",
      "user_blocked",
      "user_blocked",
      groupEvent("bob", ["studio-a"]),
      () => {
        aws.on("BatchGetItem", reply.rows({ users: [{ PK: "bob", LOB: "lob-a", BLOCKED: "true" }] }));
      },
    ],
    [
      "groups that are not known whole",
      "too_many_groups",
      "too_many_groups",
      eventOf("bob", { requestContext: { authorizer: tooMany } }),
      () => undefined,
    ],
    [
      "groups that no authorizer writes",
      "forbidden",
      "groups_malformed",
      eventOf("bob", { requestContext: { authorizer: { userName: "bob", groups: "x" } } }),
      () => undefined,
    ],
    [
      "a full account",
      "profile_limit_reached",
      "profile_limit_reached",
      groupEvent("bob", ["studio-a"]),
      limit,
    ],
    [
      "a profile that could not be made",
      "profile_failed",
      "profile_failed",
      groupEvent("bob", ["studio-a"]),
      failed,
    ],
  ])("refuses %s (%s, %s)", async (_case, code, reason, event, prepare) => {
    prepare();
    await expect(refuse(event, {}, grouped)).resolves.toEqual({ code, status: REFUSAL_STATUS[code] });
    expect(lines.at(-1)).toMatchObject({ message: "refused", code, reason });
  });

  it("an entry of one's own opens, however many groups there are", async () => {
    const requestContext = { authorizer: { ...tooMany, userName: "alice" } };
    expect(await grouped()(eventOf("alice", { requestContext }), CONTEXT)).toMatchObject({ statusCode: 302 });
  });
});

const noLob = (): void => {
  aws.on("GetItem", rows({ users: reply.row({ PK: "alice", LOB: "lob-z" }), lobs: reply.noRow }));
};

const refused: [string, RefusalCode, string, PresignEvent, () => void][] = [
  ["no context", "forbidden", "identity_missing", {}, () => undefined],
  [
    "an operator's event, which is for another function",
    "forbidden",
    "identity_missing",
    { operator: { userName: "alice", reason: "smoke test" } } as PresignEvent,
    () => undefined,
  ],
  [
    "a console test, in which a caller plays the operator",
    "forbidden",
    "identity_missing",
    {
      ...eventOf("alice", { requestContext: { requestId: "request-1" } }),
      operator: { userName: "alice", reason: "smoke test" },
    } as PresignEvent,
    () => undefined,
  ],
  [
    "no authorizer",
    "forbidden",
    "identity_missing",
    eventOf("alice", { requestContext: { requestId: "request-1" } }),
    () => undefined,
  ],
  [
    "an empty authorizer",
    "forbidden",
    "identity_missing",
    eventOf("alice", { requestContext: { authorizer: {} } }),
    () => undefined,
  ],
  ["a malformed identity", "forbidden", "identity_malformed", eventOf("*"), () => undefined],
  [
    "a colleague's path",
    "forbidden",
    "path_differs",
    eventOf("alice", { pathParameters: { user_id: "bob" } }),
    () => undefined,
  ],
  ["no path", "forbidden", "path_differs", eventOf("alice", { pathParameters: null }), () => undefined],
  [
    "an unknown user",
    "forbidden",
    "user_unknown",
    eventOf("alice"),
    () => {
      aws.on("GetItem", reply.noRow);
    },
  ],
  ["an unknown line of business", "studio_not_found", "lob_unknown", eventOf("alice"), noLob],
  [
    "a line of business without a domain",
    "studio_not_found",
    "lob_without_domain",
    eventOf("alice"),
    () => {
      aws.on(
        "GetItem",
        rows({ users: reply.row({ PK: "alice", LOB: "lob-a" }), lobs: reply.row({ PK: "lob-a" }) }),
      );
    },
  ],
  [
    "a profile that is not there yet",
    "studio_not_found",
    "profile_unknown",
    eventOf("alice"),
    () => {
      aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ResourceNotFound"));
    },
  ],
  [
    "a role that may not be assumed",
    "upstream_error",
    "sts_denied",
    eventOf("alice"),
    () => {
      aws.on("AssumeRole", reply.xmlError(403, "AccessDenied"));
    },
  ],
  [
    "a stranger's URL",
    "upstream_error",
    "url_unexpected",
    eventOf("alice"),
    () => {
      aws.on("CreatePresignedDomainUrl", reply.url("https://evil.example/?token=not-for-the-log"));
    },
  ],
  [
    "a throttled SageMaker",
    "throttled",
    "sagemaker_throttled",
    eventOf("alice"),
    () => {
      aws.on("CreatePresignedDomainUrl", reply.jsonError(400, "ThrottlingException"));
    },
  ],
  [
    "a broken SageMaker",
    "upstream_unavailable",
    "sagemaker_unavailable",
    eventOf("alice"),
    () => {
      aws.on("CreatePresignedDomainUrl", reply.jsonError(503, "ServiceUnavailable"));
    },
  ],
];

/** Calls, and keeps what was answered for the tests at the end. */
async function refuse(
  event: PresignEvent,
  changes: Partial<HandlerDeps> = {},
  create = handlerOf,
): Promise<{ code: string; status: number }> {
  const answer = await create(changes)(event, CONTEXT);
  const { code } = JSON.parse(answer.body) as { code: string };
  reached.add(code);
  refusals.push(JSON.stringify(answer));
  return { code, status: answer.statusCode };
}

describe("the presign function refuses", () => {
  it.each(refused)("%s (%s, %s)", async (_case, code, reason, event, prepare) => {
    prepare();
    await expect(refuse(event)).resolves.toEqual({ code, status: REFUSAL_STATUS[code] });
    expect(lines.at(-1)).toMatchObject({ message: "refused", code, reason });
  });

  it.each(["GetItem", "AssumeRole", "CreatePresignedDomainUrl"] as const)(
    "within its deadline when %s hangs (upstream_timeout)",
    async (operation) => {
      aws.on(operation, reply.hang);
      await expect(refuse(eventOf("alice"), { deadlineMs: 150 })).resolves.toEqual({
        code: "upstream_timeout",
        status: 504,
      });
      expect(lines.at(-1)).toMatchObject({ level: "ERROR", outcome: "failed", reason: "deadline_passed" });
    },
  );

  it("before Lambda's own time is over", async () => {
    const never = { presign: () => new Promise<never>(() => undefined) };
    const context = { ...CONTEXT, getRemainingTimeInMillis: () => 520 };
    const answer = await handlerOf({ studio: never, deadlineMs: 60_000 })(eventOf("alice"), context);
    expect(answer.statusCode).toBe(504);
  });

  it("for a bug of our own, without repeating the error's message", async () => {
    const bug = { presign: () => Promise.reject(new TypeError(`cannot read ${STUDIO_URL}`)) };
    await expect(refuse(eventOf("alice"), { studio: bug })).resolves.toEqual({
      code: "upstream_error",
      status: 502,
    });
    expect(lines.at(-1)).toMatchObject({ level: "ERROR", reason: "internal_error", error: "TypeError" });
  });

  it("with API Gateway's request id, or Lambda's where there is none", async () => {
    const anonymous = await handlerOf()({}, CONTEXT);
    expect(JSON.parse(anonymous.body)).toMatchObject({ requestId: "lambda-1" });
    const known = await handlerOf()(eventOf("*"), CONTEXT);
    expect(JSON.parse(known.body)).toMatchObject({ requestId: "request-1" });
  });

  it("an unknown user and a colleague's path alike, to the byte", async () => {
    const colleague = await handlerOf()(eventOf("alice", { pathParameters: { user_id: "bob" } }), CONTEXT);
    aws.on("GetItem", reply.noRow);
    expect(await handlerOf()(eventOf("alice"), CONTEXT)).toEqual(colleague);
  });

  it("in a form that nothing stores", async () => {
    await expect(handlerOf()(eventOf("*"), CONTEXT)).resolves.toEqual({
      statusCode: 403,
      headers: { ...NO_STORE, "Content-Type": "application/json" },
      body: JSON.stringify({
        code: "forbidden",
        message: "You may open your own Studio only.",
        requestId: "request-1",
      }),
    });
  });
});

describe("an event that API Gateway never sends", () => {
  it.each([null, undefined, 7, "event"])("is refused and logged: %j", async (event) => {
    const before = lines.length;
    const { statusCode } = await handlerOf()(event as never, CONTEXT);
    expect(statusCode).toBe(403);
    expect(lines.slice(before)).toMatchObject([{ reason: "identity_missing" }]);
  });
});

describe("refusals", () => {
  it.each(REFUSAL_CODES)("have a status, a message and a body for %s", (code) => {
    const answer = refusalAnswer(code, "request-1");
    expect(answer).toMatchObject({ status: REFUSAL_STATUS[code], body: { code, requestId: "request-1" } });
    expect(answer.body.message).not.toBe("");
  });

  it("say when to try again for a profile that is made, throttled and upstream_unavailable alone", () => {
    const telling = REFUSAL_CODES.filter((code) => "Retry-After" in refusalAnswer(code, "r").headers);
    expect(telling).toEqual(["profile_pending", "throttled", "upstream_unavailable"]);
  });

  it("were all reached above, but for the one that the authorizer gives", () => {
    expect([...reached].sort()).toEqual(REFUSAL_CODES.filter((code) => code !== "unauthorized").sort());
  });

  it("and the log hold no token, no URL and no event", () => {
    expect(lines.length).toBeGreaterThan(30);
    expect(refusals.length).toBeGreaterThan(15);
    const written = [...lines.map((line) => JSON.stringify(line)), ...refusals].join("\n");
    expect(written).not.toMatch(
      /not-for-the-log|token=|https?:|Bearer|own-secret|assumed-|arn:|alice|bob|evil/,
    );
  });
});
