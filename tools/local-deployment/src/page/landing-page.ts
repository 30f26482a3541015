import {
  browserUrl,
  VANTAGE_HEADER,
  vantageOf,
  type HttpMount,
  type HttpRequest,
  type Reply,
} from "@studio-access/local-aws";

import type { HttpResponse } from "../private-api-client";
import type { Question } from "./ask";
import type { Facts } from "./facts";
import type { Html } from "./html";
import { PATHS } from "./paths";
import { renderAnswer, renderMessage, renderPage } from "./render-page";

export interface LandingPageOptions {
  readonly facts: () => Promise<Facts>;
  /** Signs a user in, and asks the API. */
  readonly ask: (question: Question) => Promise<HttpResponse>;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/** What the form of an answer may open: a presigned URL of Studio, in its local form. */
const STUDIO_PATH = /^\/studio\/d-[a-z0-9-]+\/auth\?token=[\w.%~-]+(&[\w.%~=&-]*)?$/;

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Answers a browser at the local AWS's own address: what is deployed and how to use it, the proofs, the logs, and its health as
 * JSON. No AWS service has these paths, but for S3's list of buckets, whose calls are signed and never come here. A request that
 * names another host is not answered, so that no web page reads the passwords by pointing a name of its own to this machine.
 */
export function landingPage(options: LandingPageOptions): HttpMount {
  return {
    matches: ({ method, url: { pathname }, headers }) =>
      LOOPBACK.test(headers.host ?? "") &&
      (method === "GET"
        ? pathname === PATHS.page || pathname.startsWith("/_studio/")
        : method === "POST" && (pathname === PATHS.ask || pathname === PATHS.open)),
    handle: async (request) => {
      const facts = await options.facts();
      return request.method === "POST" ? posted(request, facts, options) : shown(request, facts);
    },
  };
}

async function shown(request: HttpRequest, facts: Facts): Promise<Reply> {
  const { pathname } = request.url;
  if (pathname === PATHS.health || (pathname === PATHS.page && wantsJson(request)))
    return reply(200, "application/json", JSON.stringify(healthOf(facts)));
  if (pathname === PATHS.page) return page(200, renderPage(facts, vantageOf(request.headers)));
  if (pathname === PATHS.proofs) {
    const proofs = await facts.proofs();
    return proofs === undefined
      ? page(404, renderMessage("There are no proofs yet: they come at the end of npm start."))
      : reply(200, "text/html; charset=utf-8", proofs);
  }
  const log = pathname.startsWith(PATHS.logs)
    ? await facts.log(decoded(pathname.slice(PATHS.logs.length)))
    : undefined;
  return log === undefined
    ? page(404, renderMessage("There is no such page."))
    : reply(200, "text/plain; charset=utf-8", log);
}

async function posted(
  request: HttpRequest,
  facts: Facts,
  { ask }: Pick<LandingPageOptions, "ask">,
): Promise<Reply> {
  const site = request.headers["sec-fetch-site"] ?? "none";
  if (site !== "same-origin" && site !== "none")
    return page(403, renderMessage("Another site sent this form."));
  const form = new URLSearchParams(request.body.toString());
  const field = (name: string): string => form.get(name) ?? "";
  const [from, user, whose, path] = [field("from"), field("user"), field("whose"), field("path")];
  if (!facts.vantages.includes(from))
    return page(400, renderMessage("There is no such place in the network."));
  // The browser's next requests come from there too. Only a known name gets into the header.
  const cookie = { "set-cookie": `${VANTAGE_HEADER}=${from}; Path=/; HttpOnly; SameSite=Lax` };
  if (request.url.pathname === PATHS.open) {
    return STUDIO_PATH.test(path)
      ? reply(303, "text/plain", "", { ...cookie, location: path })
      : page(400, renderMessage("This is no Studio URL."));
  }
  const users = facts.signIns.map((known) => known.user);
  if (!users.includes(user) || !users.includes(whose))
    return page(400, renderMessage("There is no such user."));
  const question = { from, user, whose };
  try {
    return page(200, renderAnswer(facts, question, await ask(question)), cookie);
  } catch (error) {
    // The sign-in's own message holds neither password nor token.
    const message = error instanceof Error ? error.message : String(error);
    return page(502, renderMessage(`The API was not asked: ${message}`), cookie);
  }
}

/** What scripts get to know of a deployment; nothing secret. */
export interface Health {
  readonly status: "up" | "deploying";
  readonly environment: string;
  readonly region: string;
  readonly endpoint: string;
  /** Where a browser on this machine opens the portal; absent while there is none. */
  readonly portal?: string;
  /** Names of the stacks that are deployed. */
  readonly deployed: readonly string[];
  /** Names of the others. */
  readonly missing: readonly string[];
}

function healthOf({ endpoint, portalUrl, region, environment, stacks }: Facts): Health {
  const namesOf = (isDeployed: boolean): readonly string[] =>
    stacks.filter(({ resources }) => resources > 0 === isDeployed).map(({ name }) => name);
  const missing = namesOf(false);
  const status = missing.length === 0 ? "up" : "deploying";
  const portal = portalUrl === undefined ? {} : { portal: browserUrl(portalUrl, endpoint) };
  return { status, environment, region, endpoint, ...portal, deployed: namesOf(true), missing };
}

function wantsJson({ headers: { accept = "" } }: HttpRequest): boolean {
  return accept.includes("application/json") && !accept.includes("text/html");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function page(status: number, content: Html, headers: Readonly<Record<string, string>> = {}): Reply {
  return reply(status, "text/html; charset=utf-8", content.text, {
    "content-security-policy": POLICY,
    ...headers,
  });
}

function reply(
  status: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const usual = {
    "content-type": type,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  return { status, headers: { ...usual, ...headers }, body: Buffer.from(text) };
}
