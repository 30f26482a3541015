import { createHash, generateKeyPairSync } from "node:crypto";

import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from "jose";

import type { Reach, ResolverFact, Source } from "@studio-access/network";
import type { Reply } from "../../../server/call";
import { PoolDirectory, type ClientSettings } from "../pool-directory";
import { TokenIssuer, type KeyPair } from "../token-issuer";
import { createHostedMount } from "./hosted-mount";
import { HostedSignIn } from "./hosted-sign-in";
import { CALLBACK, CLIENT, FIRST_PASSWORD, HOST, motoWith, PASSWORD, POOL } from "./testing/example-pool";

const VERIFIER = "a-verifier-of-at-least-43-characters-as-pkce-asks";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");
const REQUEST = {
  response_type: "code",
  client_id: CLIENT.ClientId,
  redirect_uri: CALLBACK,
  scope: "openid",
  state: "st",
  nonce: "no",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
};
const QUERY = new URLSearchParams(REQUEST).toString();
const FORM = "application/x-www-form-urlencoded";

/** Created once, because a key of this size takes long. */
const PAIRS: readonly KeyPair[] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));

const REACHED: Reach = { reached: true, endpoint: undefined, hops: [] };
const REFUSED: Reach = { reached: false, kind: "no_way", hop: "vpc-x", reason: "no way there" };

type Fields = Readonly<Record<string, string>>;
type Answer = Record<string, unknown> & { readonly access_token: string; readonly id_token: string };

/** A browser with cookies, and an application that exchanges codes, at the domain of a pool. */
class Visitor {
  readonly alice = { enabled: true };
  readonly directory = new PoolDirectory();
  readonly tokens: TokenIssuer;
  readonly cookies = new Map<string, string>();
  now = Date.parse("2026-04-09T12:00:00Z");
  readonly #mount;

  /** @param source - where the visitor is; only the internet reaches the sign-in */
  constructor(client: Partial<ClientSettings> = {}, source: Source = { kind: "internet" }) {
    const left = [...PAIRS];
    this.tokens = new TokenIssuer(() => Promise.resolve(left.pop()!));
    this.directory.addPool(POOL);
    this.directory.addDomain(POOL.region, "people", POOL.id);
    this.directory.putClient({ ...CLIENT, ...client });
    this.directory.putClient({ ...CLIENT, ClientId: "client-2" });
    const { directory, tokens } = this;
    const moto = motoWith(this.alice);
    this.#mount = createHostedMount({
      directory,
      signIn: new HostedSignIn({ moto, directory, tokens, clock: () => this.now }),
      network: {
        sourceOf: () => Promise.resolve(source),
        reach: (_region, { kind }) => Promise.resolve(kind === "internet" ? REACHED : REFUSED),
      },
    });
  }

  async send(method: string, path: string, form: Fields = {}, more: Fields = {}): Promise<Reply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await this.#mount.handle({
      method,
      url: new URL(path, "http://localhost"),
      headers: { host: HOST, cookie, "content-type": FORM, ...more },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    const [name, value] = reply.headers["set-cookie"]?.split(";")[0]?.split("=") ?? [];
    if (name !== undefined) this.cookies.set(name, value ?? "");
    return reply;
  }

  /** Opens the form, and sends it. */
  async signIn(password = PASSWORD, username = "alice"): Promise<Reply> {
    await this.send("GET", `/login?${QUERY}`);
    return await this.post({ username, password });
  }

  async post(fields: Fields): Promise<Reply> {
    return await this.send("POST", `/login?${QUERY}`, {
      _csrf: this.cookies.get("XSRF-TOKEN") ?? "",
      ...fields,
    });
  }

  async code(): Promise<string> {
    return codeOf(await this.signIn());
  }

  async token(form: Fields, more: Fields = {}): Promise<Reply> {
    return await this.send("POST", "/oauth2/token", form, more);
  }

  async exchange(change: Fields = {}, more: Fields = {}): Promise<Reply> {
    const code = change["code"] ?? (await this.code());
    return await this.token({ ...exchangeOf(code), ...change }, more);
  }
}

const exchangeOf = (code: string): Fields => ({
  grant_type: "authorization_code",
  client_id: CLIENT.ClientId,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
  code,
});
const codeOf = ({ headers }: Reply): string =>
  new URL(headers["location"] ?? "").searchParams.get("code") ?? "";
const json = (reply: Reply): Answer => JSON.parse(reply.body.toString()) as Answer;

describe("the sign-in page", () => {
  it("is where a request for a sign-in leads", async () => {
    const { status, headers } = await new Visitor().send("GET", `/oauth2/authorize?${QUERY}`);
    expect([status, headers["location"]]).toEqual([302, `/login?${QUERY}`]);
  });

  it("has a form that only leads back to the application, and lets nobody frame it", async () => {
    const { status, headers, body } = await new Visitor().send("GET", `/login?${QUERY}`);
    expect(status).toBe(200);
    expect(headers["content-security-policy"]).toContain(
      "form-action 'self' https://api1.execute-api.eu-west-1.amazonaws.com",
    );
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(body.toString()).toMatch(/name="username"[^]*name="password"/);
  });

  it("sends the person back with a code and the state once the password is right", async () => {
    const visitor = new Visitor();
    const { status, headers } = await visitor.signIn();
    expect(status).toBe(302);
    expect(headers["location"]).toMatch(
      /^https:\/\/api1\.execute-api\.eu-west-1\.amazonaws\.com\/studio\?code=[\w-]{32}&state=st$/,
    );
    expect(headers["set-cookie"]).toMatch(
      /^cognito=[\w-]{32}; Max-Age=3600; .*Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each([
    ["a wrong password", "wrong", "alice"],
    ["an unknown user, in the same words", PASSWORD, "mallory"],
  ])("refuses %s", async (_what, password, user) => {
    const { status, headers, body } = await new Visitor().signIn(password, user);
    expect([status, headers["location"]]).toEqual([200, undefined]);
    expect(body.toString()).toContain('<p id="message" role="alert">Incorrect username or password.</p>');
    expect(body.toString()).not.toContain(password);
  });

  it("refuses a form that another site sends", async () => {
    const visitor = new Visitor();
    const fields = { username: "alice", password: PASSWORD };
    await expect(visitor.post({ ...fields, _csrf: "" })).resolves.toMatchObject({ status: 403 });
    await visitor.send("GET", `/login?${QUERY}`);
    await expect(visitor.post({ ...fields, _csrf: "guessed" })).resolves.toMatchObject({ status: 403 });
  });

  it("has one secret for all tabs", async () => {
    const visitor = new Visitor();
    await visitor.send("GET", `/login?${QUERY}`);
    const first = visitor.cookies.get("XSRF-TOKEN") ?? "";
    await visitor.send("GET", `/login?${QUERY}`);
    await expect(
      visitor.post({ username: "alice", password: PASSWORD, _csrf: first }),
    ).resolves.toMatchObject({ status: 302 });
  });

  it("asks for a new password where the pool requires one, until one is accepted", async () => {
    const visitor = new Visitor();
    const challengeOf = ({ body }: Reply): string =>
      /name="challenge" type="hidden" value="([\w-]+)"/.exec(body.toString())?.[1] ?? "";
    const asked = await visitor.signIn(FIRST_PASSWORD);
    const again = await visitor.post({ challenge: challengeOf(asked), new_password: "x" });
    expect(again.body.toString()).toContain("Too &#60;short&#62;");
    const done = await visitor.post({ challenge: challengeOf(again), new_password: "long enough" });
    expect(codeOf(done)).not.toBe("");
    const replayed = await visitor.post({ challenge: challengeOf(again), new_password: "long enough" });
    expect(replayed.status).toBe(200);
  });

  it.each([
    ["/oauth2/authorize", "invalid_client", { client_id: "nobody" }],
    ["/login", "redirect_mismatch", { redirect_uri: "https://evil.example/" }],
  ])("shows on a page of its own what is wrong with a request: %s", async (path, error, change) => {
    const visitor = new Visitor();
    const query = new URLSearchParams({ ...REQUEST, ...change });
    const { status, headers } = await visitor.send("GET", `${path}?${query.toString()}`);
    const location = `/error?error=${error}&client_id=${query.get("client_id") ?? ""}`;
    expect([status, headers["location"]]).toEqual([302, location]);
    const shown = await visitor.send("GET", location);
    expect([shown.status, shown.body.toString().includes(error)]).toEqual([400, true]);
  });

  it("lets no error write HTML", async () => {
    const { body } = await new Visitor().send("GET", "/error?error=%3Cscript%3E");
    expect(body.toString()).not.toContain("<script");
  });

  it("is a name of the public network, which a closed network does not reach", async () => {
    const place = { account: "1", vpcId: "vpc-x", subnetIds: [], securityGroupIds: [], name: "x" };
    const closed: Source = { kind: "vpc", place, subnets: "any" };
    const { status, body } = await new Visitor({}, closed).send("GET", `/login?${QUERY}`);
    expect([status, body.toString()]).toEqual([504, expect.stringContaining("no way there")]);
  });

  it("is reached from a company's network, whose own name servers find it", async () => {
    const resolver: ResolverFact = {
      resolverEndpointId: "rslvr-in-1",
      account: "1",
      vpcId: "vpc-hub",
      direction: "INBOUND",
      securityGroupIds: [],
    };
    const company: Source = { kind: "corporate", resolver, address: "10.200.0.1" };
    const { status } = await new Visitor({}, company).send("GET", `/login?${QUERY}`);
    expect(status).toBe(200);
  });

  it("is not there for a domain that no pool has", async () => {
    const visitor = new Visitor();
    visitor.directory.deleteDomain(POOL.region, "people");
    await expect(visitor.send("GET", `/login?${QUERY}`)).resolves.toMatchObject({ status: 400 });
  });
});

describe("a session", () => {
  it.each(["/oauth2/authorize", "/login"])("signs in again without a form at %s", async (path) => {
    const visitor = new Visitor();
    const first = await visitor.code();
    const again = await visitor.send("GET", `${path}?${QUERY}`);
    expect(again.status).toBe(302);
    expect([codeOf(again) === "", codeOf(again) === first]).toEqual([false, false]);
  });

  it("ends after an hour", async () => {
    const visitor = new Visitor();
    await visitor.signIn();
    visitor.now += 3_600_000;
    expect((await visitor.send("GET", `/login?${QUERY}`)).status).toBe(200);
  });

  it("ends with a sign-out, which leads to a page of the client", async () => {
    const visitor = new Visitor();
    await visitor.signIn();
    const out = new URLSearchParams({ client_id: CLIENT.ClientId, logout_uri: CALLBACK }).toString();
    const cookie = visitor.cookies.get("cognito") ?? "";
    const { headers } = await visitor.send("GET", `/logout?${out}`);
    expect([headers["location"], headers["set-cookie"]]).toEqual([
      CALLBACK,
      expect.stringMatching(/^cognito=; Max-Age=0;/),
    ]);
    visitor.cookies.set("cognito", cookie);
    expect((await visitor.send("GET", `/login?${QUERY}`)).status).toBe(200);
  });

  it.each([
    [
      "another page",
      { client_id: CLIENT.ClientId, logout_uri: "https://evil.example/" },
      "redirect_mismatch",
    ],
    ["no client", { logout_uri: CALLBACK }, "invalid_client"],
  ])("ends with a sign-out that leads nowhere else: %s", async (_what, query, error) => {
    const path = `/logout?${new URLSearchParams(query).toString()}`;
    const { headers } = await new Visitor().send("GET", path);
    expect(headers["location"]).toContain(`/error?error=${error}&`);
  });

  it("ends with a sign-out that asks for another sign-in", async () => {
    const { headers } = await new Visitor().send("GET", `/logout?${QUERY}`);
    expect(headers["location"]).toBe(`/login?${QUERY}`);
  });
});

describe("the token endpoint", () => {
  it("exchanges a code for tokens of the pool, which any web page may read", async () => {
    const visitor = new Visitor();
    const reply = await visitor.exchange();
    expect([reply.status, reply.headers]).toEqual([
      200,
      expect.objectContaining({ "access-control-allow-origin": "*", "cache-control": "no-store" }),
    ]);
    const answer = json(reply);
    expect(answer).toMatchObject({ token_type: "Bearer", expires_in: 900 });
    const keys = createLocalJWKSet((await visitor.tokens.keySet(POOL.id)) as JSONWebKeySet);
    const access = (await jwtVerify(answer.access_token, keys, { algorithms: ["RS256"] })).payload;
    const authTime = visitor.now / 1000;
    expect(access).toMatchObject({
      token_use: "access",
      client_id: CLIENT.ClientId,
      username: "alice",
      scope: "openid",
      auth_time: authTime,
    });
    const { payload: id } = await jwtVerify(answer.id_token, keys, { audience: CLIENT.ClientId });
    const hash = createHash("sha256").update(answer.access_token).digest().subarray(0, 16);
    expect(id).toMatchObject({ token_use: "id", nonce: "no", at_hash: hash.toString("base64url") });
  });

  it("gives an ID token only for openid", async () => {
    const visitor = new Visitor();
    await visitor.signIn();
    const query = new URLSearchParams({ ...REQUEST, scope: "studio/open" }).toString();
    const code = codeOf(await visitor.send("GET", `/oauth2/authorize?${query}`));
    const answer = json(await visitor.exchange({ code }));
    expect(answer).not.toHaveProperty("id_token");
    expect(decodeJwt(answer.access_token)).toMatchObject({ scope: "studio/open" });
  });

  it("takes a code once", async () => {
    const visitor = new Visitor();
    const code = await visitor.code();
    expect((await visitor.exchange({ code })).status).toBe(200);
    expect(json(await visitor.exchange({ code }))).toEqual({ error: "invalid_grant" });
  });

  it.each([
    [299_000, 200],
    [300_000, 400],
  ])("takes a code within five minutes: after %i ms", async (after, status) => {
    const visitor = new Visitor();
    const code = await visitor.code();
    visitor.now += after;
    expect((await visitor.exchange({ code })).status).toBe(status);
  });

  it.each<[string, Fields, string]>([
    ["a made-up code", { code: "made-up" }, "invalid_grant"],
    ["another verifier", { code_verifier: `${VERIFIER}x` }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_grant"],
    ["another redirect URI", { redirect_uri: `${CALLBACK}/` }, "invalid_grant"],
    ["another client's id", { client_id: "client-2" }, "invalid_grant"],
    ["an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["a secret of a client that has none", { client_secret: "guessed" }, "invalid_client"],
    ["no redirect URI", { redirect_uri: "" }, "invalid_request"],
    ["another grant", { grant_type: "password" }, "unsupported_grant_type"],
    ["the client's own grant", { grant_type: "client_credentials" }, "unauthorized_client"],
    ["no refresh token", { grant_type: "refresh_token" }, "invalid_request"],
    ["a made-up refresh token", { grant_type: "refresh_token", refresh_token: "moto's" }, "invalid_grant"],
  ])("refuses %s", async (_what, change, error) => {
    const reply = await new Visitor().exchange(change);
    expect([reply.status, json(reply)]).toEqual([400, { error }]);
  });

  it("refuses a request without a grant type, and one that is no form", async () => {
    const visitor = new Visitor();
    const missing = await visitor.token({ client_id: CLIENT.ClientId });
    const other = await visitor.exchange({}, { "content-type": "application/json" });
    expect([json(missing), json(other)]).toEqual([
      { error: "invalid_request" },
      { error: "invalid_request" },
    ]);
  });

  it("refuses a client that may not use codes", async () => {
    const visitor = new Visitor();
    const code = await visitor.code();
    visitor.directory.putClient({ ...CLIENT, AllowedOAuthFlows: ["implicit"] });
    expect(json(await visitor.exchange({ code }))).toEqual({ error: "unauthorized_client" });
  });

  it("refuses a verifier for a code that was asked for without a challenge", async () => {
    const visitor = new Visitor();
    await visitor.signIn();
    const plain = new URLSearchParams(REQUEST);
    for (const name of ["code_challenge", "code_challenge_method"]) plain.delete(name);
    const path = `/oauth2/authorize?${plain.toString()}`;
    const code = codeOf(await visitor.send("GET", path));
    expect(json(await visitor.exchange({ code }))).toEqual({ error: "invalid_grant" });
  });

  it.each([
    ["in the form", { client_secret: "se-cret" }, {}],
    ["in the header", {}, { authorization: `Basic ${Buffer.from("client-1:se-cret").toString("base64")}` }],
  ])("asks a client that has a secret for it, %s", async (_where, form, headers) => {
    const visitor = new Visitor({ ClientSecret: "se-cret" });
    expect((await visitor.exchange(form, headers)).status).toBe(200);
    expect(json(await visitor.exchange())).toEqual({ error: "invalid_client" });
  });

  it("refreshes tokens, and gives no other refresh token", async () => {
    const visitor = new Visitor();
    const { refresh_token } = json(await visitor.exchange());
    const form = {
      grant_type: "refresh_token",
      client_id: CLIENT.ClientId,
      refresh_token: String(refresh_token),
    };
    visitor.now += 60_000;
    const answer = json(await visitor.token(form));
    expect(answer).not.toHaveProperty("refresh_token");
    expect(decodeJwt(answer.access_token)).toMatchObject({
      scope: "openid",
      auth_time: (visitor.now - 60_000) / 1000,
    });
    expect(decodeJwt(answer.id_token)).not.toHaveProperty("nonce");
    const another = await visitor.token({ ...form, client_id: "client-2" });
    expect(json(another)).toEqual({ error: "invalid_grant" });
  });

  it("gives a user who is disabled no more tokens", async () => {
    const visitor = new Visitor();
    const code = await visitor.code();
    visitor.alice.enabled = false;
    expect(json(await visitor.exchange({ code }))).toEqual({ error: "invalid_grant" });
  });

  it("answers the preflight request of a browser", async () => {
    const { status, headers } = await new Visitor().send("OPTIONS", "/oauth2/token");
    expect([status, headers["access-control-allow-origin"]]).toEqual([204, "*"]);
  });
});
