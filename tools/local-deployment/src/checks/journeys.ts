import type { HttpResponse } from "../private-api-client";
import { type Journey, type CheckContext, CheckFailed, type SignedInUser } from "./check";

/** Requests that must succeed for a user, and requests that must be refused, all through the private API. */
export const JOURNEYS: readonly Journey[] = [
  {
    name: "a user gets a Studio URL: 302 to the domain of the user's own line of business",
    run: forEachUser(async (user, context) => {
      const url = await presignedUrl(user, context);
      return `302 to ${url.host}`;
    }),
  },
  {
    name: "a script gets the same as JSON, with the time it expires",
    run: forEachUser(async (user, { api }) => {
      const response = await api.get(user.name, { token: user.token, accept: "application/json" });
      expectStatus(response, 200);
      const { url, expiresAt } = JSON.parse(response.body) as { url?: string; expiresAt?: string };
      if (url === undefined || expiresAt === undefined)
        throw new CheckFailed("url and expiresAt", "neither or one of them");
      return `200, expires ${expiresAt}`;
    }),
  },
  {
    name: "the answer is kept by no cache",
    run: forEachUser(async (user, { api }) => {
      const { cacheControl } = await api.get(user.name, { token: user.token });
      if (cacheControl !== "no-store")
        throw new CheckFailed("Cache-Control: no-store", cacheControl ?? "none");
      return cacheControl;
    }),
  },
  {
    name: "without a token: 401",
    run: forEachUser(async (user, { api }) => expectStatus(await api.get(user.name), 401)),
  },
  {
    name: "with a token that somebody changed: 401",
    run: forEachUser(async (user, { api }) =>
      expectStatus(await api.get(user.name, { token: tampered(user.token) }), 401),
    ),
  },
  {
    name: "another user's URL: 403",
    run: askForOthers,
  },
  {
    name: "the private API from the internet: 403",
    run: forEachUser(async (user, { api }) =>
      expectStatus(await api.get(user.name, { token: user.token, vantage: "internet" }), 403),
    ),
  },
  {
    name: "the Studio URL opens from the corporate network",
    run: forEachUser(async (user, context) => {
      const response = await context.api.open((await presignedUrl(user, context)).href, "on-premise");
      if (response.status >= 400 || isSignInPage(response))
        throw new CheckFailed("Studio", describe(response));
      return `Studio answers ${response.status}`;
    }),
  },
  {
    name: "the Studio URL does not open from the internet",
    run: forEachUser(async (user, context) => {
      const response = await context.api.open((await presignedUrl(user, context)).href, "internet");
      expectStatus(response, 403);
      return "403, insufficient permissions";
    }),
  },
  {
    name: "the Studio URL does not open after its lifetime",
    run: async (context: CheckContext): Promise<string> => {
      const urls = await Promise.all(context.users.map((user) => presignedUrl(user, context)));
      await new Promise((resolve) => setTimeout(resolve, (context.urlExpiresSeconds + 1) * 1000));
      for (const url of urls) {
        const response = await context.api.open(url.href, "on-premise");
        if (!isSignInPage(response)) throw new CheckFailed("AWS's sign-in page", describe(response));
      }
      return `AWS's sign-in page after ${context.urlExpiresSeconds + 1} s`;
    },
    waits: true,
  },
];

async function askForOthers({ api, users }: CheckContext): Promise<string> {
  for (const user of users) {
    for (const other of othersOf(user, users)) {
      expectStatus(await api.get(other, { token: user.token }), 403, `${user.name} asked for ${other}`);
    }
  }
  return "403, for each user and each other one";
}

/** Runs a check for one user after another. The detail is that of the last user. */
function forEachUser(
  check: (user: SignedInUser, context: CheckContext) => Promise<string>,
): (context: CheckContext) => Promise<string> {
  return async (context) => {
    let detail = "no user to check with";
    for (const user of context.users) {
      try {
        detail = await check(user, context);
      } catch (error) {
        throw new Error(`${user.name}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
    if (context.users.length === 0) throw new CheckFailed("at least one user", "none");
    return detail;
  };
}

/** Gets a new presigned URL, and checks that it points to the user's domain. */
async function presignedUrl(user: SignedInUser, { api, region }: CheckContext): Promise<URL> {
  const response = await api.get(user.name, { token: user.token });
  expectStatus(response, 302);
  const host = `${user.domainId}.studio.${region}.sagemaker.aws`;
  const url = new URL(response.location ?? "about:blank");
  if (url.host !== host || url.protocol !== "https:")
    throw new CheckFailed(`a Location on ${host}`, url.host);
  return url;
}

function expectStatus(response: HttpResponse, status: number, who?: string): string {
  if (response.status !== status) {
    throw new CheckFailed(String(status), `${describe(response)}${who === undefined ? "" : ` when ${who}`}`);
  }
  return String(status);
}

/** Status and refusal code only, since the body and the Location may hold secrets. */
function describe({ status, body }: HttpResponse): string {
  const [, code] = /"(?:code|message|Message)"\s*:\s*"([^"]{1,120})"/.exec(body) ?? [];
  return code === undefined || body.includes("token=") ? String(status) : `${status} (${code})`;
}

function isSignInPage({ status, location }: HttpResponse): boolean {
  return status === 302 && location !== undefined && new URL(location).host.includes("signin.aws.amazon.com");
}

/** The token with a changed payload, so that its signature is invalid. */
function tampered(token: string): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const changed = Buffer.from(JSON.stringify({ ...claims, jti: "changed" })).toString("base64url");
  return `${header}.${changed}.${signature}`;
}

/** Other users' names. With many users these are the two neighbours only, since the number of all pairs is quadratic. */
function othersOf(user: SignedInUser, users: readonly SignedInUser[]): string[] {
  const names = users.map(({ name }) => name);
  const others = names.filter((name) => name !== user.name);
  if (others.length <= 4) return others;
  const at = names.indexOf(user.name);
  return [names.at(at - 1), names.at((at + 1) % names.length)].filter((name) => name !== undefined);
}
