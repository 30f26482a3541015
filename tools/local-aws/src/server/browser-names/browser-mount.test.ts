import type { Reply } from "../call";
import type { HttpMount } from "../data-plane";
import type { HttpRequest } from "../parse-call";
import { browserMount } from "./browser-mount";

const API = "api1.execute-api.eu-west-1.amazonaws.com";
const OWN = "studio.corp.example.com";
const SIGN_IN = "people.auth.eu-west-1.amazoncognito.com";
const STUDIO = "d-abc.studio.eu-west-1.sagemaker.aws";
const HERE = ".on-premise.localhost:4566";
const local = (name: string): string => `http://${name}${HERE}`;

interface Sent extends Partial<Omit<HttpRequest, "url" | "body">> {
  readonly path?: string;
  readonly body?: string;
}

const requestOf = ({ path = "/", body = "", headers = {}, ...rest }: Sent): HttpRequest => ({
  method: "GET",
  url: new URL(path, "http://localhost"),
  headers: { host: `${API}${HERE}`, ...headers },
  body: Buffer.from(body),
  ...rest,
});

/** Sends a request through the mount. @returns the reply, and the request as what is behind the mount sees it */
async function send(sent: Sent, answer: Partial<Omit<Reply, "body">> & { readonly body?: string } = {}) {
  const seen: HttpRequest[] = [];
  const { body = "", ...rest } = answer;
  const behind: HttpMount = {
    matches: () => true,
    handle: (request) => {
      seen.push(request);
      return Promise.resolve({ status: 200, headers: {}, ...rest, body: Buffer.from(body) });
    },
  };
  const reply = await browserMount([behind], () => [OWN]).handle(requestOf(sent));
  return { request: seen[0]!, reply, text: reply.body.toString() };
}

describe("a browser's name of a host of AWS", () => {
  const everything: HttpMount = { matches: () => true, handle: () => Promise.reject(new Error("not here")) };
  const matches = (host: string | undefined): boolean =>
    browserMount([everything], () => [OWN]).matches({ ...requestOf({}), headers: { host } });

  it.each([
    [`${API}${HERE}`, true],
    [`${API.toUpperCase()}${HERE}`, true],
    [`api1-vpce-0a1.execute-api.eu-west-1.amazonaws.com.lob-a.localhost:4566`, true],
    [`${SIGN_IN}.internet.localhost:80`, true],
    [`${OWN}.internet.localhost:80`, true],
    [`other.${OWN}${HERE}`, false],
    [`${OWN.replace(".", "-")}${HERE}`, false],
    [`${STUDIO}.lob_a.localhost`, true],
    // Not below localhost, which a stranger's name server could answer for.
    [API, false],
    [`${API}.on-premise.localhost.example.com`, false],
    [`${API}.on-premise.localhost:4566.example.com`, false],
    [`${API}.on-premise.example.com`, false],
    // Not from anywhere.
    [`${API}.localhost:4566`, false],
    // No host that people open.
    [`sts.eu-west-1.amazonaws.com${HERE}`, false],
    [`cognito-idp.eu-west-1.amazonaws.com${HERE}`, false],
    [`evil.com.execute-api.eu-west-1.amazonaws.com${HERE}`, false],
    ["127.0.0.1:4566", false],
    ["localhost:4566", false],
    [undefined, false],
  ])("%s: %s", (host, expected) => {
    expect(matches(host)).toBe(expected);
  });

  it("is there only for what answers the host on AWS", () => {
    const studio: HttpMount = { ...everything, matches: ({ headers }) => headers.host === STUDIO };
    const ask = (name: string): boolean =>
      browserMount([studio], () => []).matches(requestOf({ headers: { host: `${name}${HERE}` } }));
    expect([ask(STUDIO), ask(API)]).toEqual([true, false]);
  });
});

describe("a request by such a name", () => {
  it("asks the host from the vantage in the name, whatever a header or cookie says", async () => {
    const headers = { "x-local-vantage": "internet", cookie: "a=b; x-local-vantage=internet" };
    const { request } = await send({ path: "/studio/alice?a=b%20c", headers });
    expect(request.headers).toMatchObject({
      host: API,
      "x-local-vantage": "on-premise",
      cookie: headers.cookie,
    });
    expect(request.url.href).toBe("http://localhost/studio/alice?a=b%20c");
  });

  it.each([
    ["origin", local(API), `https://${API}`],
    ["origin", local(SIGN_IN), `https://${SIGN_IN}`],
    ["referer", `${local(SIGN_IN)}/login?x=${local(API)}`, `https://${SIGN_IN}/login?x=${local(API)}`],
    ["origin", "null", "null"],
    ["origin", "https://example.com", "https://example.com"],
    ["origin", `http://${API}.internet.localhost:4566`, `http://${API}.internet.localhost:4566`],
    ["origin", `http://${API}.on-premise.localhost:4567`, `http://${API}.on-premise.localhost:4567`],
    ["origin", `http://${API}.on-premise.localhost`, `http://${API}.on-premise.localhost`],
    ["origin", `${local(API)}.example.com`, `${local(API)}.example.com`],
    ["x-other", local(API), local(API)],
  ])("has its %s %s as %s", async (name, value, expected) => {
    expect((await send({ headers: { [name]: value } })).request.headers[name]).toBe(expected);
  });

  it.each([
    ["redirect_uri", `${local(API)}/studio`, `https://${API}/studio`],
    ["logout_uri", local(API), `https://${API}`],
    ["post_logout_redirect_uri", `${local(API)}?a=b#c`, `https://${API}?a=b#c`],
    ["redirect_uri", `https://${API}/studio`, `https://${API}/studio`],
    ["redirect_uri", "https://example.com/", "https://example.com/"],
    ["redirect_uri", `http://user@${API}${HERE}/`, `http://user@${API}${HERE}/`],
    ["redirect_uri", `${local(API)}@example.com/`, `${local(API)}@example.com/`],
    ["redirect_uri", `https://example.com/?to=${local(API)}`, `https://example.com/?to=${local(API)}`],
    ["state", `${local(API)}/studio`, `${local(API)}/studio`],
    ["username", local(API), local(API)],
  ])("has its parameter %s %s as %s, in a query and in a form", async (name, value, expected) => {
    const text = new URLSearchParams([
      ["a", "1"],
      [name, value],
      ["a", "2 3"],
    ]).toString();
    const headers = {
      "content-type": "application/x-www-form-urlencoded;charset=UTF-8",
      "content-length": String(text.length),
    };
    const { request } = await send({ method: "POST", path: `/?${text}`, headers, body: text });
    for (const seen of [request.url.searchParams, new URLSearchParams(request.body.toString())])
      expect([...seen]).toEqual([
        ["a", "1"],
        [name, expected],
        ["a", "2 3"],
      ]);
    expect(request.headers["content-length"]).toBe(String(request.body.length));
  });

  it("keeps a query without such a parameter, and any other body, letter by letter", async () => {
    const body = JSON.stringify({ redirect_uri: local(API) });
    const headers = { "content-type": "application/json" };
    const { request } = await send({ path: "/?a=%7e+b%20c&d", headers, body });
    expect([request.url.search, request.body.toString()]).toEqual(["?a=%7e+b%20c&d", body]);
  });
});

describe("the reply", () => {
  it.each([
    ["location", `https://${STUDIO}/auth?token=t.o-k`, `${local(STUDIO)}/auth?token=t.o-k`],
    ["location", `https://${STUDIO}:443/auth`, `${local(STUDIO)}/auth`],
    [
      "location",
      `https://${SIGN_IN}/login?redirect_uri=https%3A%2F%2F${API}`,
      `${local(SIGN_IN)}/login?redirect_uri=https%3A%2F%2F${API}`,
    ],
    ["location", "/login?a=b", "/login?a=b"],
    ["location", "https://eu-west-1.signin.aws.amazon.com/", "https://eu-west-1.signin.aws.amazon.com/"],
    ["location", `https://${STUDIO}.example.com/`, `https://${STUDIO}.example.com/`],
    ["location", `https://${STUDIO}@example.com/`, `https://${STUDIO}@example.com/`],
    ["location", `https://${STUDIO}:pw@example.com/`, `https://${STUDIO}:pw@example.com/`],
    ["location", `https://${STUDIO}:8443/`, `https://${STUDIO}:8443/`],
    ["location", `https://${STUDIO}:4430/`, `https://${STUDIO}:4430/`],
    ["location", `http://${STUDIO}/`, `http://${STUDIO}/`],
    [
      "content-security-policy",
      `connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com https://${SIGN_IN}; form-action 'self' https://${API}`,
      `connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com ${local(SIGN_IN)}; form-action 'self' ${local(API)}`,
    ],
    ["access-control-allow-origin", `https://${API}`, local(API)],
    ["access-control-allow-origin", "*", "*"],
    ["set-cookie", "a=b; Path=/; Secure; HttpOnly; SameSite=Lax", "a=b; Path=/; HttpOnly; SameSite=Lax"],
    ["set-cookie", "Secure=Secure; Path=/; secure", "Secure=Secure; Path=/"],
    ["x-other", `https://${API}`, `https://${API}`],
    ["etag", `"https://${API}"`, `"https://${API}"`],
  ])("has its header %s: %s as %s", async (name, value, expected) => {
    expect((await send({}, { headers: { [name]: value } })).reply.headers[name]).toBe(expected);
  });

  it.each([
    [`{"token":"https://${SIGN_IN}/oauth2/token"}`, `{"token":"${local(SIGN_IN)}/oauth2/token"}`],
    [`<a href='https://${API}'>`, `<a href='${local(API)}'>`],
    [`Open https://${STUDIO}. Or not.`, `Open ${local(STUDIO)}. Or not.`],
    // The place holder of the portal's page for a domain's id.
    [
      `{"studio":"https://DOMAIN.studio.eu-west-1.sagemaker.aws"}`,
      `{"studio":"http://DOMAIN.studio.eu-west-1.sagemaker.aws${HERE}"}`,
    ],
    [
      `{"issuer":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool"}`,
      `{"issuer":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool"}`,
    ],
    [`"https://a.${API}"`, `"https://a.${API}"`],
    [`"https://sts.eu-west-1.amazonaws.com"`, `"https://sts.eu-west-1.amazonaws.com"`],
  ])("has %s in its text as %s", async (body, expected) => {
    for (const type of ["text/html; charset=utf-8", "application/json"]) {
      const headers = { "content-type": type, "content-length": String(body.length) };
      const { text, reply } = await send({}, { headers, body });
      expect(text).toBe(expected);
      expect(reply.headers["content-length"]).toBe(body === expected ? String(body.length) : undefined);
    }
  });

  it.each([
    ["an image", { "content-type": "image/svg+xml" }],
    ["plain text", { "content-type": "text/plain" }],
    ["what is compressed", { "content-type": "text/html", "content-encoding": "gzip" }],
    ["what has no type", {}],
  ])("has %s as it is", async (_what, headers) => {
    const body = `https://${API}`;
    expect((await send({}, { headers, body })).text).toBe(body);
  });
});
