import type { OidcIdentity } from "@studio-access/config";

import type { Ask } from "./ask";
import type { InitFlags } from "./flags";

const ISSUER_QUESTION = "Issuer of your OpenID Connect provider, or none for the Cognito stand-in:";

/**
 * The company's own OpenID Connect provider, undefined for the Cognito stand-in: that is what no option and no answer means.
 *
 * @throws {Error} naming the options that are missing, where some are given and nobody can be asked
 */
export async function identityFor(flags: InitFlags, ask: Ask | undefined): Promise<OidcIdentity | undefined> {
  const given = withoutUndefined({
    issuer: flags.oidcIssuer,
    jwksUri: flags.oidcJwksUri,
    clientId: flags.oidcClientId,
    audience: flags.oidcAudience,
    userNameClaim: flags.oidcUserNameClaim,
  });
  if (Object.keys(given).length === 0) {
    const issuer = (await ask?.(ISSUER_QUESTION, "none")) ?? "none";
    if (issuer === "none") return undefined;
    given.issuer = issuer;
  }
  if (ask === undefined) ensureComplete(given);
  const field = async (name: Field, proposed?: string): Promise<string> =>
    given[name] ?? (await ask?.(FIELDS[name][1], proposed)) ?? "";
  return {
    provider: "oidc",
    issuer: await field("issuer"),
    jwksUri: await field("jwksUri"),
    clientId: await field("clientId"),
    audience: await field("audience"),
    userNameClaim: await field("userNameClaim", "preferred_username"),
  };
}

type Field = Exclude<keyof OidcIdentity, "$comment" | "provider">;

/** Each field's option, and its question on a terminal. */
const FIELDS: Readonly<Record<Field, readonly [option: string, question: string]>> = {
  issuer: ["--oidc-issuer URL", "Issuer, exactly as tokens carry it in iss:"],
  jwksUri: ["--oidc-jwks-uri URL", "URL of its keys (jwks_uri of its /.well-known/openid-configuration):"],
  clientId: ["--oidc-client-id ID", "Client id, the client_id of the access tokens:"],
  audience: ["--oidc-audience NAME", "Audience, the aud of the access tokens:"],
  userNameClaim: ["--oidc-user-name-claim NAME", "Claim of the access tokens that holds the user name:"],
};

function ensureComplete(given: Partial<Record<Field, string>>): void {
  const missing = (Object.keys(FIELDS) as Field[]).filter((name) => given[name] === undefined);
  if (missing.length === 0) return;
  throw new Error(
    `An OpenID Connect provider needs all of its options. Missing:\n  ${missing.map((name) => FIELDS[name][0]).join("\n  ")}`,
  );
}

function withoutUndefined(
  fields: Readonly<Record<Field, string | undefined>>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
