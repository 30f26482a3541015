import type { HttpRequest, Reply } from "@studio-access/local-aws";

import type { HttpResponse } from "../private-api-client";
import type { Question } from "./ask";
import type { Facts } from "./facts";
import { landingPage } from "./landing-page";

const HOSTILE = `<script>alert("'&")</script>`;

const FACTS: Facts = {
  endpoint: "http://127.0.0.1:4566",
  region: "eu-west-1",
  environment: "local",
  shell: ".studio-access/local/env.sh",
  apiUrl: "http://127.0.0.1:4566/execute-api/abc/studio",
  portalUrl: undefined,
  accounts: [{ name: "lob-a", id: "222222222222" }],
  stacks: [
    { name: "access", resources: 61 },
    { name: "lob-a", resources: 0 },
  ],
  signIns: [
    { user: "user-lob-a", lob: "lob-a", password: "Aa1.x" },
    { user: HOSTILE, lob: "<lob>", password: "<b>" },
  ],
  vantages: ["on-premise", "internet"],
  logs: ["network.log"],
  log: (name) => Promise.resolve(name === "network.log" ? "<a line>\n" : undefined),
  proofs: () => Promise.resolve(undefined),
};

const STUDIO = "https://d-abc.studio.eu-west-1.sagemaker.aws/auth?token=t.o_k-en";
const ANSWER: HttpResponse = {
  status: 302,
  location: STUDIO,
  contentType: "",
  cacheControl: "no-store",
  requestId: "r-1",
  cookie: undefined,
  body: "",
};

interface Sent {
  readonly facts?: Partial<Facts>;
  readonly headers?: HttpRequest["headers"];
  readonly form?: Readonly<Record<string, string>>;
  readonly answer?: Partial<HttpResponse> | Error;
}

function requestOf(path: string, { headers = {}, form }: Sent = {}): HttpRequest {
  return {
    method: form === undefined ? "GET" : "POST",
    url: new URL(path, "http://localhost"),
    headers: { host: "127.0.0.1:4566", ...headers },
    body: Buffer.from(new URLSearchParams(form).toString()),
  };
}

/** What the page asked the API. */
const asked: Question[] = [];

async function send(path: string, sent: Sent = {}): Promise<Reply & { readonly text: string }> {
  const { facts = {}, answer = {} } = sent;
  const page = landingPage({
    facts: () => Promise.resolve({ ...FACTS, ...facts }),
    ask: (question) => {
      asked.push(question);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ ...ANSWER, ...answer });
    },
  });
  const reply = await page.handle(requestOf(path, sent), undefined);
  return { ...reply, text: reply.body.toString() };
}

beforeEach(() => {
  asked.length = 0;
});

describe("the page of the local AWS", () => {
  const mount = landingPage({
    facts: () => Promise.resolve(FACTS),
    ask: () => Promise.resolve(ANSWER),
  });

  it("has the place of no AWS service", () => {
    const paths = ["/", "/_studio/health", "/_studio/logs/a.log", "/execute-api/a/studio", "/bucket"];
    expect(paths.filter((path) => mount.matches(requestOf(path)))).toEqual(paths.slice(0, 3));
    expect(mount.matches(requestOf("/", { form: {} }))).toBe(false);
    expect(mount.matches(requestOf("/_studio/ask", { form: {} }))).toBe(true);
  });

  it.each([
    ["127.0.0.1:4566", true],
    ["localhost:4566", true],
    ["[::1]:4566", true],
    ["rebound.example.com", false],
    ["127.0.0.1.example.com", false],
    [undefined, false],
  ])("answers a request for this machine alone: %s", (host, answered) => {
    expect(mount.matches({ ...requestOf("/"), headers: { host } })).toBe(answered);
  });

  it("shows accounts, stacks, users, logs and how to sign in", async () => {
    const { status, text } = await send("/");
    expect(status).toBe(200);
    for (const shown of [
      "222222222222",
      "AWS_PROFILE=lob-a aws …</code>",
      "<td>61</td>",
      "not deployed",
      "Aa1.x",
      "./studio token --user user-lob-a",
      '"/_studio/logs/network.log"',
    ])
      expect(text).toContain(shown);
  });

  it("opens the portal from each place, once there is one", async () => {
    const host = "abc.execute-api.eu-west-1.amazonaws.com";
    const facts = { portalUrl: `https://${host}/studio` };
    const { text } = await send("/", { facts });
    for (const from of FACTS.vantages)
      expect(text).toContain(
        `<a href="http://${host}.${from}.localhost:4566/studio" rel="noreferrer">${from}</a>`,
      );
    const health = await send("/_studio/health", { facts });
    expect(JSON.parse(health.text)).toMatchObject({
      portal: `http://${host}.on-premise.localhost:4566/studio`,
    });
    expect((await send("/")).text).not.toContain("portal");
    expect((await send("/_studio/health")).text).not.toContain("portal");
  });

  it("lets no name write HTML, and lets no script run", async () => {
    const { text, headers } = await send("/");
    expect(text).toContain("&lt;script&gt;alert(&quot;&#39;&amp;&quot;)&lt;/script&gt;");
    expect(text).not.toMatch(/<script|<lob>|<b>/);
    expect(headers["content-security-policy"]).toContain("default-src 'none';");
  });

  it.each([
    ["/_studio/health", {}],
    ["/", { accept: "application/json" }],
  ])("tells scripts how far the deploy is, without passwords: %s", async (path, headers) => {
    const { text } = await send(path, { headers });
    expect(JSON.parse(text)).toMatchObject({ status: "deploying", deployed: ["access"], missing: ["lob-a"] });
    expect(text).not.toContain("Aa1.x");
    const stacks = FACTS.stacks.map(({ name }) => ({ name, resources: 1 }));
    expect(JSON.parse((await send(path, { headers, facts: { stacks } })).text)).toMatchObject({
      status: "up",
    });
  });

  it("shows the proofs once there are some", async () => {
    await expect(send("/_studio/proofs")).resolves.toMatchObject({ status: 404 });
    const proofs = (): Promise<string> => Promise.resolve("<p>proofs</p>");
    await expect(send("/_studio/proofs", { facts: { proofs } })).resolves.toMatchObject({
      status: 200,
      text: "<p>proofs</p>",
    });
  });

  it("serves the logs as plain text, and nothing else", async () => {
    const { status, text, headers } = await send("/_studio/logs/network.log");
    expect([status, text, headers["content-type"], headers["x-content-type-options"]]).toEqual([
      200,
      "<a line>\n",
      "text/plain; charset=utf-8",
      "nosniff",
    ]);
    for (const path of ["logs/", "logs/%", "logs/..%2Fenv.sh", "verify.html"])
      await expect(send(`/_studio/${path}`)).resolves.toMatchObject({ status: 404 });
  });
});

describe("a request that was chosen on the page", () => {
  const form = { from: "internet", user: "user-lob-a", whose: HOSTILE };

  it("is asked in the user's name from that place, where the browser's next requests come from too", async () => {
    const { status, text, headers } = await send("/_studio/ask", { form });
    expect(asked).toEqual([form]);
    expect(status).toBe(200);
    expect(headers["set-cookie"]).toBe("x-local-vantage=internet; Path=/; HttpOnly; SameSite=Lax");
    expect(text).toContain('value="/studio/d-abc/auth?token=t.o_k-en"');
    expect(text).toContain("./studio why r-1");
    expect(text).not.toContain("<script");
    const cookie = "x-local-vantage=internet";
    expect((await send("/", { headers: { cookie } })).text).toContain("<option selected>internet</option>");
  });

  it("shows why it was refused", async () => {
    const { text } = await send("/_studio/ask", {
      form,
      answer: { status: 403, location: undefined, body: `{"code":"forbidden <i>"}` },
    });
    expect(text).toContain("403: no Studio URL");
    expect(text).toContain("{&quot;code&quot;:&quot;forbidden &lt;i&gt;&quot;}");
  });

  it("says when nobody could sign in", async () => {
    const { status, text } = await send("/_studio/ask", { form, answer: new Error("refused <i>") });
    expect([status, text.includes("The API was not asked: refused &lt;i&gt;")]).toEqual([502, true]);
  });

  it("opens a URL of Studio from the chosen place", async () => {
    const path = "/studio/d-abc/auth?token=t.o_k-en";
    const { status, headers } = await send("/_studio/open", { form: { from: "internet", path } });
    expect([status, headers["location"], headers["set-cookie"]]).toEqual([
      303,
      path,
      expect.stringMatching(/^x-local-vantage=internet;/),
    ]);
  });

  it.each([
    ["a place that is none", "/_studio/ask", { from: "a; Domain=b\r\nx: y", user: "user-lob-a" }, 400],
    ["a user who is none", "/_studio/ask", { from: "internet", user: "nobody", whose: "user-lob-a" }, 400],
    ["another site's URL", "/_studio/open", { from: "internet", path: "//example.com/auth?token=t" }, 400],
    ["another path", "/_studio/open", { from: "internet", path: "/execute-api/a?token=t" }, 400],
  ])("is refused with %s", async (_what, path, refused, status) => {
    await expect(send(path, { form: refused })).resolves.toMatchObject({ status });
    expect(asked).toEqual([]);
  });

  it("is refused when another site sends the form", async () => {
    const headers = { "sec-fetch-site": "cross-site" };
    await expect(send("/_studio/ask", { form, headers })).resolves.toMatchObject({ status: 403 });
    await expect(
      send("/_studio/ask", { form, headers: { "sec-fetch-site": "same-origin" } }),
    ).resolves.toMatchObject({ status: 200 });
  });
});
