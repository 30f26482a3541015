import { readFileSync } from "node:fs";
import { join } from "node:path";

import { REFUSAL_CODES, REFUSAL_STATUS } from "@studio-access/shared-types";

import type { LogLine, LogSource } from "../logs/log-reader";
import { explain } from "./explanation";

const RUNBOOK = readFileSync(join(__dirname, "../../../../docs/runbook.md"), "utf8");

function line(source: LogSource, fields: object): LogLine {
  return { source, time: 0, message: JSON.stringify(fields) };
}

const allowed = line("authorizer", { decision: "allow", code: "own_path_allowed" });

const CASES: [string, readonly LogLine[], RegExp, string | undefined][] = [
  [
    "a bad token",
    [line("authorizer", { decision: "deny", code: "token_expired" })],
    /refused the token: token_expired\./,
    "a-user-cannot-get-in",
  ],
  [
    "an issuer that is down",
    [line("authorizer", { decision: "error", code: "jwks_unavailable", reason: "timeout" })],
    /jwks_unavailable, reason timeout/,
    "jwks-unavailable",
  ],
  [
    "a fault of the authorizer",
    [line("authorizer", { decision: "error", code: "internal_error", reason: "TypeError" })],
    /authorizer failed/,
    "authorizer-failures",
  ],
  [
    "a refusal",
    [allowed, line("presign", { outcome: "refused", code: "forbidden", reason: "user_unknown" })],
    /refused: forbidden, reason user_unknown/,
    "a-user-cannot-get-in",
  ],
  [
    "a failure",
    [allowed, line("presign", { outcome: "failed", code: "upstream_error", reason: "sts_denied" })],
    /failed: upstream_error, reason sts_denied/,
    "presign-failures",
  ],
  [
    "a success",
    [allowed, line("presign", { outcome: "redirected" })],
    /got a Studio URL/,
    "the-url-does-not-open",
  ],
  [
    "a profile that is being made",
    [allowed, line("presign", { outcome: "pending", code: "profile_pending", reason: "profile_begun" })],
    /profile is being made/,
    undefined,
  ],
  ["a hand-over", [line("presign", { outcome: "handed_over" })], /operator got/, "operator-hand-over"],
  ["a test", [line("presign", { outcome: "tested" })], /smoke test/, undefined],
  [
    "another user's path",
    [allowed, line("api", { status: "403", errorType: "ACCESS_DENIED", principalId: "p" })],
    /403 by itself: the path is not/,
    "a-user-cannot-get-in",
  ],
  [
    "the wrong way in",
    [line("api", { status: "403", errorType: "ACCESS_DENIED", principalId: "-" })],
    /resource policy refused the way in/,
    "a-user-cannot-get-in",
  ],
  [
    "no token",
    [line("api", { status: "401", errorType: "UNAUTHORIZED" })],
    /401 by itself: there was no token\./,
    "a-user-cannot-get-in",
  ],
  [
    "a crash",
    [allowed, line("api", { status: "502", errorType: "-" })],
    /502 by itself: no function says why/,
    "api-5xx",
  ],
  [
    "too many requests",
    [line("api", { status: "429", errorType: "THROTTLED" })],
    /429 by itself: there were too many requests/,
    "a-user-cannot-get-in",
  ],
  [
    "an answer whose function's line is late",
    [allowed, line("api", { status: "302", errorType: "-" })],
    /answered 302, and the presign function's line is not there yet/,
    undefined,
  ],
  [
    "a failed smoke test, between Lambda's own lines of the same id",
    [
      line("presign", { type: "platform.start", record: { requestId: "r" } }),
      line("presign", { outcome: "failed", code: "upstream_error", reason: "sts_denied" }),
      line("presign", { type: "platform.report", record: { requestId: "r" } }),
    ],
    /failed: upstream_error, reason sts_denied/,
    "presign-failures",
  ],
  [
    "a crash of which only the runtime wrote",
    [line("presign", { level: "ERROR", message: { errorType: "Runtime.ExitError" } })],
    /No line says yet what was decided/,
    undefined,
  ],
  ["a request that is still going on", [allowed], /some seconds late/, undefined],
];

describe("a request is explained", () => {
  it("when a 401 is so fresh that the authorizer's line may still come", () => {
    const answered = line("api", { status: "401", errorType: "UNAUTHORIZED" });
    expect(explain([answered], true)).toMatchObject({
      what: expect.stringMatching(/no token, or the authorizer's line on it is not there yet/) as unknown,
      isOpen: true,
    });
    const refused = line("authorizer", { decision: "deny", code: "token_expired" });
    expect(explain([answered, refused], true)).not.toHaveProperty("isOpen");
  });

  it.each(CASES)("when it met %s", (_what, lines, what, article) => {
    const explanation = explain(lines, false);
    expect(explanation.what).toMatch(what);
    expect(explanation.article).toBe(article);
  });

  it("by articles that the runbook has", () => {
    const headings = [...RUNBOOK.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading.toLowerCase().replaceAll(" ", "-"),
    );
    const articles = CASES.flatMap(([, , , article]) => article ?? []);
    expect(articles.filter((article) => !headings.includes(article))).toEqual([]);
  });
});

describe("the runbook", () => {
  it.each(REFUSAL_CODES.filter((code) => REFUSAL_STATUS[code] < 500))("has a row for %s", (code) => {
    expect(RUNBOOK).toContain(`\`${code}\``);
  });
});
