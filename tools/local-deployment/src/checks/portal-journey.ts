import { createHash, randomBytes } from "node:crypto";

import type { PortalSettings } from "@studio-access/shared-types";

import type { HttpResponse, PrivateApiClient } from "../private-api-client";
import { CheckFailed, type Journey, type PortalAccess } from "./check";

/** What a person does with a browser, without one: the portal's page, the hosted sign-in, and Studio. */
export const PORTAL_JOURNEY: Journey = {
  name: "the portal signs a user in and leads to Studio; the internet gets no page",
  run: async ({ api, users, portal }) => {
    if (portal === undefined) throw new CheckFailed("a portal", "none in the config");
    // The public DNS knows API Gateway's name, and none of the company's own: no answer, which is 504 here.
    const fromInternet = new URL(portal.url).host.endsWith(".amazonaws.com") ? 403 : 504;
    const seen = await api.ask(portal.url, { vantage: "internet" });
    expectStatus("the page from the internet", seen, fromInternet);
    for (const { name } of users) {
      const token = await signInAtPortal(api, portal, name);
      const answer = await api.get(name, { token, accept: "application/json" });
      expectStatus("the API", answer, 200);
      const { url } = JSON.parse(answer.body) as { readonly url: string };
      expectStatus("Studio", await api.open(url), 200);
    }
    return `${users.length} signed in, Studio answers 200`;
  },
};

/** The code flow with PKCE, as the page takes it. @returns the access token: a secret */
async function signInAtPortal(api: PrivateApiClient, portal: PortalAccess, user: string): Promise<string> {
  const page = await api.ask(portal.url);
  expectStatus("the page", page, 200);
  const { clientId, scopes, endpoints } = settingsOf(page.body);
  if (endpoints === undefined) throw new CheckFailed("the stand-in's endpoints", "none");
  const verifier = randomBytes(32).toString("base64url");
  const request = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: portal.url,
    scope: scopes.join(" "),
    state: randomBytes(16).toString("base64url"),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const asked = await api.ask(`${endpoints.authorization}?${request.toString()}`);
  const login = new URL(expectStatus("the authorization endpoint", asked, 302), endpoints.authorization).href;
  const form = await api.ask(login);
  const csrf = /name="_csrf" type="hidden" value="([^"]+)"/.exec(form.body)?.[1] ?? "";
  const sent = await api.ask(login, {
    form: { _csrf: csrf, username: user, password: portal.passwords.get(user) ?? "" },
    cookie: form.cookie,
  });
  const returned = new URL(expectStatus("the sign-in", sent, 302), login);
  const code = returned.searchParams.get("code");
  // Parsed, an address without a path has a slash at its end.
  const { origin, pathname } = new URL(portal.url);
  if (code === null || returned.origin !== origin || returned.pathname !== pathname)
    throw new CheckFailed("a return to the portal with a code", "another redirect");
  const token = await api.ask(endpoints.token, {
    form: {
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: portal.url,
      code,
      code_verifier: verifier,
    },
  });
  expectStatus("the token endpoint", token, 200);
  return (JSON.parse(token.body) as { readonly access_token: string }).access_token;
}

function settingsOf(html: string): PortalSettings {
  const [, json] = /<script type="application\/json" id="settings">(.*?)<\/script>/s.exec(html) ?? [];
  if (json === undefined) throw new CheckFailed("the page's settings", "none");
  return JSON.parse(json) as PortalSettings;
}

/** @returns where the answer leads; empty where it is no redirect */
function expectStatus(who: string, { status, location = "" }: HttpResponse, expected: number): string {
  if (status !== expected) throw new CheckFailed(`${expected} of ${who}`, String(status));
  return location;
}
