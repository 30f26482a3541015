import { inspect } from "node:util";
import { createHandler } from "./handler";
import type { LogLine } from "./log";
import { createOperatorHandler } from "./operator-handler";
import type { PresignDeps } from "./presign";
import { Refused } from "./refusal";
import { CONTEXT, eventOf, LOB, REGION, STUDIO_URL } from "./testing/fixtures";

const NOW = Date.parse("2030-01-01T00:00:00Z");
const ASK = { userName: "alice", reason: "first deploy of lob-a" };

/** Every log line of this file, for the test at the end. */
const lines: LogLine[] = [];

type Deps = Parameters<typeof createOperatorHandler>[0];

function depsOf(changes: Partial<PresignDeps> = {}): Deps {
  return {
    directory: {
      placesOf: ({ userName, groups }) =>
        Promise.resolve(
          userName === "stranger"
            ? { own: undefined, byGroups: groups.includes("studio-a") ? ["lob-a"] : [] }
            : { own: "lob-a", byGroups: [] },
        ),
      findLob: () => Promise.resolve(LOB),
    },
    studio: { presign: () => Promise.resolve(STUDIO_URL) },
    region: REGION,
    urlExpiresSeconds: 20,
    now: () => NOW,
    log: (line) => lines.push(line),
    deadlineMs: 4000,
    ...changes,
  };
}

function invoke(event: unknown, deps = depsOf()): ReturnType<ReturnType<typeof createOperatorHandler>> {
  return createOperatorHandler(deps)(event, CONTEXT);
}

describe("the smoke-test function", () => {
  it("says until when the URL would have worked, and throws it away", async () => {
    await expect(invoke({ operator: ASK })).resolves.toEqual({
      statusCode: 200,
      headers: {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Type": "application/json",
      },
      body: JSON.stringify({ expiresAt: "2030-01-01T00:00:20.000Z" }),
    });
    expect(lines.at(-1)).toEqual({
      level: "INFO",
      message: "opened",
      outcome: "tested",
      requestId: "lambda-1",
      milliseconds: 0,
      operator: ASK,
    });
  });

  it("hands the URL over when asked, and logs that as a warning", async () => {
    const { body } = await invoke({ operator: { ...ASK, handOver: true } });
    expect(JSON.parse(body)).toEqual({ expiresAt: "2030-01-01T00:00:20.000Z", url: STUDIO_URL });
    expect(lines.at(-1)).toMatchObject({ level: "WARN", outcome: "handed_over", operator: ASK });
  });

  it("asks Studio for the user, in a session named after this invocation", async () => {
    const deps = depsOf();
    const presign = jest.spyOn(deps.studio, "presign");
    await invoke({ operator: ASK }, deps);
    expect(presign.mock.calls[0]?.[0]).toMatchObject({
      userName: "alice",
      sessionName: "operator+lambda-1",
    });
  });

  it.each([
    ["an event of API Gateway", eventOf("alice"), "operator_event_malformed", {}],
    ["a forged one", { ...eventOf("alice"), operator: ASK }, "operator_event_malformed", {}],
    ["nothing", null, "operator_event_malformed", {}],
    ["no user", { operator: { reason: ASK.reason } }, "identity_missing", {}],
    ["a malformed name", { operator: { ...ASK, userName: "*" } }, "identity_malformed", {}],
    [
      "an unknown user",
      { operator: { ...ASK, userName: "stranger" } },
      "user_unknown",
      { ...ASK, userName: "stranger" },
    ],
  ])("forbids %s (%s), and tells the operator why", async (_case, event, reason, operator) => {
    const { statusCode, body } = await invoke(event);
    expect(statusCode).toBe(403);
    expect(JSON.parse(body)).toEqual({
      code: "forbidden",
      message: "You may open your own Studio only.",
      requestId: "lambda-1",
      reason,
    });
    expect(lines.at(-1)).toMatchObject({
      level: "WARN",
      message: "refused",
      outcome: "refused",
      reason,
      operator,
    });
  });

  it("tests for somebody by group as well, and never makes a profile", async () => {
    const make = jest.fn(() => Promise.resolve("begun" as const));
    const operator = { ...ASK, userName: "stranger", groups: ["studio-a"] };
    await expect(invoke({ operator })).resolves.toMatchObject({ statusCode: 200 });
    const studio = { presign: () => Promise.reject(new Refused("studio_not_found", "profile_unknown")) };
    const { statusCode, body } = await invoke({ operator }, depsOf({ studio, profileMaker: { make } }));
    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: "studio_not_found", reason: "profile_unknown" });
    expect(make).not.toHaveBeenCalled();
  });

  it("tells which of its calls failed", async () => {
    const studio = { presign: () => Promise.reject(new Refused("upstream_error", "sts_denied")) };
    const { statusCode, body } = await invoke({ operator: ASK }, depsOf({ studio }));
    expect(statusCode).toBe(502);
    expect(JSON.parse(body)).toMatchObject({ code: "upstream_error", reason: "sts_denied" });
    expect(lines.at(-1)).toMatchObject({ outcome: "failed", reason: "sts_denied", operator: ASK });
  });

  it("repeats nothing of a bug of our own", async () => {
    const studio = { presign: () => Promise.reject(new TypeError(`cannot read ${STUDIO_URL}`)) };
    const { body } = await invoke({ operator: ASK }, depsOf({ studio }));
    expect(JSON.parse(body)).toMatchObject({ code: "upstream_error", reason: "internal_error" });
    expect(body).not.toContain("token=");
  });

  it("and the API's function never take each other's events", async () => {
    const api = createHandler(depsOf());
    await expect(api({ operator: ASK } as never, CONTEXT)).resolves.toMatchObject({ statusCode: 403 });
    await expect(api(eventOf("alice"), CONTEXT)).resolves.toMatchObject({ statusCode: 302 });
    await expect(invoke(eventOf("alice"))).resolves.toMatchObject({ statusCode: 403 });
    await expect(invoke({ operator: ASK })).resolves.toMatchObject({ statusCode: 200 });
  });

  it("logs no URL, no token and no event", () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(inspect(lines, { depth: 5 })).not.toMatch(/not-for-the-log|token=|https?:|Bearer|pathParameters/);
  });
});
