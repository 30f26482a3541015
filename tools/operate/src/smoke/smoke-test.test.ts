import { inspect } from "node:util";

import { causeOf } from "./causes";
import { smokeJson, smokeText } from "./report";
import { SmokeFailed, smokeTest, type SmokeOutcome } from "./smoke-test";

const URL_WITH_TOKEN = "https://d-abc.studio.eu-west-1.sagemaker.aws/auth?token=not-for-the-log";
const EXPIRES = "2030-01-01T00:00:20.000Z";
const ASK = { userName: "alice", reason: "smoke test" };

/** All output of runs that did not ask for the URL; the last test checks it. */
const shown: string[] = [];

function answering(payload: string): Parameters<typeof smokeTest>[1] {
  const times = [100, 512.4];
  return {
    invoke: () => Promise.resolve({ payload, requestId: "request-1" }),
    now: () => times.shift() ?? 0,
  };
}

function answer(statusCode: number, body: object): string {
  return JSON.stringify({ statusCode, headers: {}, body: JSON.stringify(body) });
}

function keep(outcome: SmokeOutcome): void {
  shown.push(smokeText("alice", outcome), inspect(smokeJson("alice", outcome)));
}

describe("a smoke test", () => {
  it("invokes the function with the operator's event only", async () => {
    const events: unknown[] = [];
    const invoke = (event: unknown): Promise<{ payload: string; requestId: string }> => {
      events.push(event);
      return Promise.resolve({ payload: answer(200, { expiresAt: EXPIRES }), requestId: "r" });
    };
    await smokeTest(ASK, { invoke, now: () => 0 });
    await smokeTest({ ...ASK, handOver: true }, { invoke, now: () => 0 });
    expect(events).toEqual([{ operator: ASK }, { operator: { ...ASK, handOver: true } }]);
  });

  it("passes, and shows when the URL would have expired", async () => {
    const outcome = await smokeTest(ASK, answering(answer(200, { expiresAt: EXPIRES })));
    expect(outcome).toEqual({
      ok: true,
      status: 200,
      expiresAt: EXPIRES,
      requestId: "request-1",
      milliseconds: 412,
    });
    expect(smokeText("alice", outcome)).toBe(
      `✔ alice: 200. A Studio URL was made; it would have worked until ${EXPIRES}, and was thrown away.\n` +
        "  request request-1, 412 ms",
    );
    keep(outcome);
  });

  it("shows the URL on request, and writes it to no file", async () => {
    const handedOver = answer(200, { expiresAt: EXPIRES, url: URL_WITH_TOKEN });
    const outcome = await smokeTest({ ...ASK, handOver: true }, answering(handedOver));
    expect(smokeText("alice", outcome).split("\n")).toContain(URL_WITH_TOKEN);
    const json = smokeJson("alice", outcome);
    expect(json).toMatchObject({ ok: true, urlShown: true });
    shown.push(inspect(json));
  });

  it("fails with the function's reason, its meaning and a remedy", async () => {
    const refusal = { code: "upstream_error", message: "m", requestId: "request-1", reason: "sts_denied" };
    const outcome = await smokeTest(ASK, answering(answer(502, refusal)));
    expect(smokeText("alice", outcome)).toBe(
      [
        "✖ alice: 502 upstream_error (sts_denied)",
        `  ${causeOf("sts_denied").means}`,
        `  ${causeOf("sts_denied").remedy}`,
        "  request request-1, 412 ms",
      ].join("\n"),
    );
    expect(smokeJson("alice", outcome)).toEqual({
      ok: false,
      user: "alice",
      status: 502,
      code: "upstream_error",
      reason: "sts_denied",
      requestId: "request-1",
      milliseconds: 412,
    });
    keep(outcome);
  });

  it.each([
    ["no JSON", `<html>${URL_WITH_TOKEN}</html>`],
    ["null", "null"],
    ["no status", JSON.stringify({ body: "{}" })],
    ["no body", JSON.stringify({ statusCode: 200 })],
    ["a body that is no JSON", JSON.stringify({ statusCode: 200, body: URL_WITH_TOKEN })],
    ["no lifetime", answer(200, { url: URL_WITH_TOKEN })],
    ["an invalid expiry time", answer(200, { expiresAt: "soon", url: URL_WITH_TOKEN })],
    ["an invalid URL", answer(200, { expiresAt: EXPIRES, url: "token=not-for-the-log" })],
    ["a URL that is no string", answer(200, { expiresAt: EXPIRES, url: { token: "not-for-the-log" } })],
    [
      "a refusal without a reason, as the API gives it",
      answer(403, { code: "forbidden", message: "m", requestId: "r" }),
    ],
  ])("fails on %s", async (_case, payload) => {
    const failure: unknown = await smokeTest(ASK, answering(payload)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SmokeFailed);
    expect((failure as SmokeFailed).message).toMatch(/another version.*/);
    shown.push(inspect(failure));
  });

  it("shows no URL and no token without a request", () => {
    expect(shown.length).toBeGreaterThan(12);
    expect(shown.join("\n")).not.toMatch(/not-for-the-log|token=|https?:/);
  });
});

describe("causeOf", () => {
  it.each([
    "user_unknown",
    "user_record_invalid",
    "lob_unknown",
    "lob_without_domain",
    "lob_record_invalid",
    "profile_unknown",
    "url_unexpected",
    "sts_denied",
    "sagemaker_denied",
    "dynamodb_denied",
    "dynamodb_throttled",
    "sts_unavailable",
    "sagemaker_timeout",
    "sts_error",
    "deadline_passed",
    "internal_error",
    "operator_event_malformed",
  ])("knows %s", (reason) => {
    expect(causeOf(reason).means).not.toBe(causeOf("no such").means);
  });

  it("names the function's log for an unknown reason", () => {
    expect(causeOf("brand_new").remedy).toContain("log");
  });
});
