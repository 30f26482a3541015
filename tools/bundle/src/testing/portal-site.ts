import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { PortalSettings } from "@studio-access/shared-types";

import { invoke } from "./invocation";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SiteRequest {
  readonly host: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Answering = (request: SiteRequest) => Answer | undefined | Promise<Answer | undefined>;

/** Everything that a browser meets on the way into Studio, on one loopback port, by host name. */
export interface PortalSite {
  /** The page's address. */
  readonly address: string;
  readonly provider: string;
  readonly requests: SiteRequest[];
  /** Settings of the page from now on. */
  configure(settings: Partial<PortalSettings>): void;
  /** Answers before the usual ones do, until the next test; undefined leaves it to them. */
  intercept(answering: Answering): void;
  reset(): void;
  close(): Promise<void>;
}

export const STUDIO_HOST = "d-abc123.studio.eu-west-1.sagemaker.aws";
/** What the presigned URL holds, and nothing else may. */
export const URL_SECRET = "presigned-secret";
export const USER = "jane.doe@example.com";
export const PROFILE = "m--jane--doe---example--com";

const CORS = { "Access-Control-Allow-Origin": "*" };

export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { "Content-Type": "application/json", ...headers },
  body: JSON.stringify(body),
});

export const html = (title: string, body = ""): Answer => ({
  status: 200,
  headers: { "Content-Type": "text/html" },
  body: `<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>${body}`,
});

export const redirect = (location: string | URL): Answer => ({
  status: 302,
  headers: { Location: String(location) },
});

/** A token as its reader sees it. The page checks no signature: it has its tokens from the provider's own endpoint. */
export function tokenOf(claims: object): string {
  return [{ alg: "RS256", kid: "key-1" }, claims, "signature"]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
}

/** Starts the site around the bundled portal function. */
export async function startPortalSite(codePath: string): Promise<PortalSite> {
  const requests: SiteRequest[] = [];
  const pages = new Map<string, Promise<Answer>>();
  const intercepting: Answering[] = [];
  let settings: PortalSettings;

  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const host = incoming.headers.host ?? "";
      const request: SiteRequest = {
        host: host.replace(/\.localhost:\d+$/, ""),
        method: incoming.method ?? "",
        url: new URL(incoming.url ?? "/", `http://${host}`),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      let answer: Answer | undefined;
      for (const answering of [...intercepting].reverse()) answer ??= await answering(request);
      answer ??= (await usual[request.host]?.(request)) ?? { status: 404 };
      response.writeHead(answer.status, answer.headers).end(answer.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = (name: string): string => `http://${name}.localhost:${port}`;
  const provider = fakeProvider(origin("sign-in"), () => settings.issuer);

  const usual: Readonly<Record<string, Answering>> = {
    portal: (request) => (request.url.pathname === "/studio" ? pageFor(request) : api(request)),
    "sign-in": provider,
    // As Studio does: the presigned URL sets a cookie, and leads on.
    [STUDIO_HOST]: ({ url }) => (url.pathname === "/auth" ? redirect("/jupyter/default") : html("Studio")),
  };

  /** The bundled function's own answer, with Studio where a browser on this machine finds it. */
  function pageFor({ headers }: SiteRequest): Promise<Answer> {
    const env = { PORTAL_SETTINGS: JSON.stringify(settings) };
    const event = {
      httpMethod: "GET",
      resource: "/",
      headers: { "if-none-match": headers["if-none-match"] },
    };
    const key = JSON.stringify([env, event]);
    const known = pages.get(key) ?? invoke(codePath, event, env).then(({ answer }) => onThisMachine(answer));
    pages.set(key, known);
    return known;
  }

  function onThisMachine(answer: unknown): Answer {
    const { statusCode, headers, body } = answer as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    const remote = "https://DOMAIN.studio.eu-west-1.sagemaker.aws";
    return {
      status: statusCode,
      headers,
      body: body.replace(remote, origin(remote.replace("https://", ""))),
    };
  }

  const api: Answering = ({ url, headers }) => {
    const isOwn = url.pathname === `/studio/${PROFILE}` && headers.authorization?.startsWith("Bearer ");
    if (!isOwn) return json(403, { code: "forbidden", message: "no", requestId: "request-1" });
    return json(200, {
      url: `${origin(STUDIO_HOST)}/auth?token=${URL_SECRET}`,
      expiresAt: "2030-01-01T00:00:00Z",
    });
  };

  const site: PortalSite = {
    address: `${origin("portal")}/studio`,
    provider: origin("sign-in"),
    requests,
    configure: (changes) => (settings = { ...settings, ...changes }),
    intercept: (answering) => intercepting.push(answering),
    reset: () => {
      requests.length = intercepting.length = 0;
      settings = {
        issuer: origin("sign-in"),
        clientId: "studio-client",
        scopes: ["openid", "studio.open"],
        authorizationParameters: { audience: "studio-api" },
        userNameClaim: "username",
        region: "eu-west-1",
        signIn: "at_once",
        company: { name: "Example Industries", support: "it-help@example.com" },
      };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  site.reset();
  return site;
}

/** A provider at which everybody is signed in already. It checks what RFC 6749 and RFC 7636 ask of it. */
function fakeProvider(origin: string, issuer: () => string): Answering {
  const codes = new Map<string, URLSearchParams>();
  const exchange = (form: URLSearchParams): Answer => {
    const code = form.get("code") ?? "";
    const asked = codes.get(code);
    codes.delete(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const isRight =
      asked?.get("code_challenge") === challenge &&
      asked.get("redirect_uri") === form.get("redirect_uri") &&
      asked.get("client_id") === form.get("client_id");
    if (!isRight) return json(400, { error: "invalid_grant" }, CORS);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer(), sub: "s", iat: now, exp: now + 300 };
    return json(
      200,
      {
        token_type: "Bearer",
        access_token: tokenOf({ ...claims, username: USER }),
        id_token: tokenOf({
          ...claims,
          aud: asked.get("client_id"),
          nonce: asked.get("nonce"),
          name: "Jane Doe",
        }),
        // Cognito gives one to every client, asked or not.
        refresh_token: "refresh-secret",
        expires_in: 300,
      },
      CORS,
    );
  };
  return ({ url, body }) => {
    if (url.pathname === "/.well-known/openid-configuration") {
      return json(
        200,
        {
          issuer: issuer(),
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          end_session_endpoint: `${origin}/logout`,
          authorization_response_iss_parameter_supported: true,
        },
        CORS,
      );
    }
    if (url.pathname === "/authorize") {
      const code = `code-${codes.size}-${Math.random()}`;
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.search = new URLSearchParams({
        code,
        state: url.searchParams.get("state") ?? "",
        iss: issuer(),
      }).toString();
      return redirect(back);
    }
    if (url.pathname === "/token") return exchange(new URLSearchParams(body));
    if (url.pathname === "/logout")
      return redirect(
        url.searchParams.get("post_logout_redirect_uri") ?? url.searchParams.get("logout_uri") ?? "",
      );
    return undefined;
  };
}
