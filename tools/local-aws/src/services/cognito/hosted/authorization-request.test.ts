import { checkAuthorizationRequest, type CheckedRequest } from "./authorization-request";
import { CALLBACK, CLIENT, POOL } from "./testing/example-pool";
import type { ClientSettings } from "../pool-directory";

const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const GOOD: Readonly<Record<string, string>> = {
  response_type: "code",
  client_id: CLIENT.ClientId,
  redirect_uri: CALLBACK,
  scope: "openid",
  state: "s&t",
  nonce: "n",
  code_challenge: CHALLENGE,
  code_challenge_method: "S256",
};

/** @param change - parameters that differ from the good request's; undefined leaves one out */
function check(
  change: Readonly<Record<string, string | undefined>>,
  client: Partial<ClientSettings> = {},
  pool = POOL,
): CheckedRequest {
  const entries = Object.entries({ ...GOOD, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const clients = new Map([[CLIENT.ClientId, { ...CLIENT, ...client }]]);
  return checkAuthorizationRequest(new URLSearchParams(entries), pool, { client: (id) => clients.get(id) });
}

describe("a request for a sign-in", () => {
  it("is accepted with its state, nonce and challenge", () => {
    expect(check({})).toEqual({
      kind: "accepted",
      request: {
        client: CLIENT,
        redirectUri: CALLBACK,
        scopes: ["openid"],
        state: "s&t",
        nonce: "n",
        codeChallenge: CHALLENGE,
      },
    });
  });

  it("needs neither state nor nonce nor challenge, and without a scope asks for all of the client's", () => {
    const none = { state: undefined, nonce: undefined, scope: undefined };
    expect(check({ ...none, code_challenge: undefined, code_challenge_method: undefined })).toMatchObject({
      kind: "accepted",
      request: { scopes: CLIENT.AllowedOAuthScopes, codeChallenge: undefined },
    });
  });

  it.each([
    ["a client that does not exist", { client_id: "client-2" }, "invalid_client"],
    ["no client", { client_id: undefined }, "invalid_client"],
    [
      "a redirect URI that is not the client's",
      { redirect_uri: "https://evil.example/" },
      "redirect_mismatch",
    ],
    ["a redirect URI that differs by a slash", { redirect_uri: `${CALLBACK}/` }, "redirect_mismatch"],
    ["a redirect URI below the client's", { redirect_uri: `${CALLBACK}/x` }, "redirect_mismatch"],
    ["a redirect URI in capitals", { redirect_uri: CALLBACK.toUpperCase() }, "redirect_mismatch"],
    ["no redirect URI", { redirect_uri: undefined }, "redirect_mismatch"],
  ])("with %s is refused on the sign-in's own page", (_what, change, error) => {
    expect(check(change)).toEqual({ kind: "error_page", error });
  });

  it("with a client of another pool is refused on the sign-in's own page", () => {
    const answer = check({}, {}, { ...POOL, id: "eu-west-1_other" });
    expect(answer).toEqual({ kind: "error_page", error: "invalid_client" });
  });

  it.each<[string, Record<string, string | undefined>, Partial<ClientSettings>, string]>([
    ["no response type", { response_type: undefined }, {}, "invalid_request"],
    ["another response type", { response_type: "id_token" }, {}, "invalid_request"],
    ["the implicit grant", { response_type: "token" }, {}, "unauthorized_client"],
    ["a client without the code grant", {}, { AllowedOAuthFlows: ["implicit"] }, "unauthorized_client"],
    ["a client without OAuth", {}, { AllowedOAuthFlowsUserPoolClient: false }, "unauthorized_client"],
    ["a challenge without a method", { code_challenge_method: undefined }, {}, "invalid_request"],
    ["a method without a challenge", { code_challenge: undefined }, {}, "invalid_request"],
    ["a challenge in plain text", { code_challenge_method: "plain" }, {}, "invalid_request"],
    ["a challenge that is no SHA-256 hash", { code_challenge: "short" }, {}, "invalid_request"],
    ["a scope that the client does not have", { scope: "openid email" }, {}, "invalid_scope"],
    ["a scope that needs openid", { scope: "profile" }, {}, "invalid_scope"],
  ])("with %s is refused to the application, with its state", (_what, change, client, error) => {
    const location = `${CALLBACK}?error=${error}&state=s%26t`;
    expect(check(change, client)).toEqual({ kind: "redirect", location });
  });
});
