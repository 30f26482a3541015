import { REFUSAL_CODES, REFUSAL_STATUS } from "@studio-access/shared-types";

import { addressesOf } from "./addresses";
import { askForStudio } from "./api-call";
import { REFUSALS } from "./explanation";
import { OpenFailed } from "./failure";
import { type HttpServer, type Reply, startHttpServer } from "./testing/http-server";
import { expectNoSecret, STUDIO_URL, TOKEN, tokenOf } from "./testing/secrets";

const EXPIRES = "2030-01-01T00:00:20.000Z";
const NOW = Date.parse("2030-01-01T00:00:00Z");

let server: HttpServer;
let reply: Reply | undefined;
/** Replies that come before that one, each once. */
let before: Reply[];
/** What was told while it waited, and the milliseconds of each pause. */
let noted: string[];
let pauses: number[];

beforeEach(async () => {
  reply = undefined;
  [before, noted, pauses] = [[], [], []];
  server = await startHttpServer(() => before.shift() ?? reply);
});

afterEach(() => {
  server.close();
});

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

interface Settings {
  readonly token?: string;
  /** URL of the API, if it is not the test's server. */
  readonly api?: string;
  readonly isLocal?: boolean;
  readonly timeoutMs?: number;
  /** System error code with which fetch fails, in place of a request. */
  readonly failure?: string;
}

function ask(settings: Settings = {}): ReturnType<typeof askForStudio> {
  const {
    token = TOKEN,
    api = `${server.url}/studio`,
    isLocal = false,
    timeoutMs = 5000,
    failure,
  } = settings;
  const failing: typeof fetch = () =>
    Promise.reject(new TypeError(`fetch failed for ${token}`, { cause: { code: failure } }));
  return askForStudio(
    { addresses: { ...addressesOf(api, undefined), isLocal }, region: "eu-west-1", user: "alice", token },
    {
      fetch: failure === undefined ? fetch : failing,
      lookup: () => Promise.resolve(["3.248.1.2"]),
      now: () => NOW + pauses.reduce((sum, pause) => sum + pause, 0),
      timeoutMs,
      wait: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
      note: (text) => noted.push(text),
    },
  );
}

async function failureOf(given: Reply | undefined, settings: Settings = {}): Promise<string> {
  reply = given;
  const failure: unknown = await ask(settings).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OpenFailed);
  const { message } = failure as OpenFailed;
  expectNoSecret(message);
  return message;
}

describe("askForStudio", () => {
  it("requests JSON at the user's own path, with the token in the header", async () => {
    reply = json(200, { url: STUDIO_URL, expiresAt: EXPIRES });
    await expect(ask()).resolves.toEqual({ url: STUDIO_URL, expiresAt: EXPIRES });
    const [request] = server.asked;
    expect(request).toMatchObject({ method: "GET", path: "/studio/alice" });
    expect(request?.headers).toMatchObject({ accept: "application/json", authorization: `Bearer ${TOKEN}` });
  });

  it.each(REFUSAL_CODES)("explains the refusal %s and what to do, with the request id", async (code) => {
    const body = { code, message: "from the API", requestId: "request-1" };
    const message = await failureOf(json(REFUSAL_STATUS[code], body));
    expect(message).toContain(`The API answered ${REFUSAL_STATUS[code]} ${code}.`);
    expect(message).toContain(REFUSALS[code].means);
    expect(message).toContain(REFUSALS[code].remedy);
    expect(message).toContain("Request id: request-1");
  });

  const PENDING = { code: "profile_pending", message: "m", requestId: "request-1" };

  it("waits while the profile is made, says so, and goes on", async () => {
    before = [json(202, PENDING, { "retry-after": "3" }), json(202, PENDING, { "retry-after": "7" })];
    reply = json(200, { url: STUDIO_URL, expiresAt: EXPIRES });
    await expect(ask()).resolves.toEqual({ url: STUDIO_URL, expiresAt: EXPIRES });
    expect(pauses).toEqual([3000, 7000]);
    expect(noted).toEqual([
      "Your user profile is being made. This happens once, and takes about a minute.",
      "Still being made, after 3 seconds.",
    ]);
    expect(server.asked).toHaveLength(3);
  });

  it("waits with an end, and says that it goes on", async () => {
    const message = await failureOf(json(202, PENDING, { "retry-after": "600" }));
    expect(message).toContain(REFUSALS.profile_pending.means);
    expect(message).toContain("Request id: request-1");
    // By 30 seconds, which is the longest pause, within four minutes.
    expect(pauses).toEqual(Array(8).fill(30_000));
  });

  it("tells the refusal that comes after the waiting", async () => {
    before = [json(202, PENDING, { "retry-after": "3" })];
    const failed = json(502, { code: "profile_failed", message: "m", requestId: "request-2" });
    const message = await failureOf(failed);
    expect(message).toContain(REFUSALS.profile_failed.means);
    expect(message).toContain("Request id: request-2");
    expectNoSecret(noted.join("\n"));
  });

  it("waits for nothing that another 202 says", async () => {
    await expect(failureOf(json(202, {}))).resolves.toContain("not one that this command knows");
    expect(pauses).toEqual([]);
  });

  it("adds the hints from the token's claims to a 401", async () => {
    const token = tokenOf({ token_use: "id", exp: NOW / 1000 - 60, username: "alice" });
    const message = await failureOf(json(401, { code: "unauthorized", requestId: "r" }), { token });
    expect(message).toContain("The token expired at 2029-12-31T23:59:00.000Z.");
    expect(message).toContain("ID token");
  });

  it("adds the token's user, and how this machine resolves the API's name, to a 403", async () => {
    const token = tokenOf({ username: "bob" });
    const message = await failureOf(json(403, { code: "forbidden", requestId: "r" }), { token });
    expect(message).toContain("The token is another user's.");
    expect(message).toContain("not on the private network");
    expect(message).toContain("nslookup");
  });

  it("does not mention the private network when the API is on this machine", async () => {
    const message = await failureOf(json(403, { code: "forbidden", requestId: "r" }), { isLocal: true });
    expect(message).not.toContain("nslookup");
  });

  it.each([
    [401, { message: "Unauthorized" }, /token is missing, has expired/],
    [403, { message: "Forbidden" }, /API Gateway itself refused.*\n.*private network/],
    [403, { Message: "User: anonymous is not authorized" }, /API Gateway itself refused/],
    [429, { message: "Too Many Requests" }, /Too many requests/],
    [500, { message: null }, /authorizer/],
    [504, {}, /authorizer/],
    [302, {}, /not one that this command knows/],
  ])("explains API Gateway's own %i, with its request id", async (status, body, meaning) => {
    const headers = { "x-amzn-requestid": "gateway-1", location: STUDIO_URL };
    const message = await failureOf(json(status, body, headers));
    expect(message).toMatch(meaning);
    expect(message).toContain(`The API answered ${status}.`);
    expect(message).toContain("Request id: gateway-1");
  });

  it.each([
    ["none", {}, "unknown"],
    ["a header that holds no id", { "x-amzn-requestid": `token=${"x".repeat(10)}` }, "unknown"],
    ["API Gateway's other header", { "x-amz-apigw-id": "abc+/=" }, "abc+/="],
  ])("shows a request id only in the form of an id: %s", async (_case, headers, id) => {
    await expect(failureOf(json(403, {}, headers))).resolves.toContain(`Request id: ${id}`);
  });

  it.each([
    ["no JSON", { status: 200, body: `<a href="${STUDIO_URL}">` }],
    ["no URL", json(200, { expiresAt: EXPIRES })],
    ["no lifetime", json(200, { url: STUDIO_URL })],
    [
      "another site's URL",
      json(200, { url: "https://evil.example/?token=not-for-the-log", expiresAt: EXPIRES }),
    ],
    [
      "another region's",
      json(200, { url: STUDIO_URL.replace("eu-west-1", "eu-west-2"), expiresAt: EXPIRES }),
    ],
    [
      "a host that only begins like Studio's",
      json(200, { url: STUDIO_URL.replace(".aws/", ".aws.evil.example/"), expiresAt: EXPIRES }),
    ],
    [
      "a URL with Studio's host as its user name",
      json(200, { url: STUDIO_URL.replace("/auth", "@evil.example/auth"), expiresAt: EXPIRES }),
    ],
    ["one without encryption", json(200, { url: STUDIO_URL.replace("https:", "http:"), expiresAt: EXPIRES })],
    ["a script", json(200, { url: "javascript:alert(1)", expiresAt: EXPIRES })],
  ])("opens nothing for %s", async (_case, given) => {
    await expect(failureOf(given)).resolves.toContain("no Studio URL");
  });

  it.each(["ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "EHOSTUNREACH", "SELF_SIGNED_CERT_IN_CHAIN"])(
    "says on %s at which address the API was called, and how to check the network",
    async (failure) => {
      const api = "https://abc123.execute-api.eu-west-1.amazonaws.com/studio";
      const message = await failureOf(undefined, { api, failure });
      expect(message).toContain(
        `cannot be reached at abc123.execute-api.eu-west-1.amazonaws.com (${failure})`,
      );
      expect(message).toContain("not on the private network");
      expect(message).toContain("nslookup abc123.execute-api.eu-west-1.amazonaws.com");
    },
  );

  it("says so when the API does not answer in time", async () => {
    const message = await failureOf(undefined, { timeoutMs: 50 });
    expect(message).toContain("(no answer in time)");
    expect(message).toContain("VPN");
  });

  it("says so when the connection is refused, for a local AWS too", async () => {
    const api = `${server.url}/studio`;
    server.close();
    await expect(failureOf(undefined, { api })).resolves.toContain("(ECONNREFUSED)");
    const local = await failureOf(undefined, { api, isLocal: true });
    expect(local).toContain("npm start");
    expect(local).not.toContain("nslookup");
  });
});
