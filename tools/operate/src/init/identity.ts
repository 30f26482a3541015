import type { OidcIdentity } from "@studio-access/config";
import { TOKEN_PRESET_NAMES, TOKEN_PRESETS, type TokenPresetName } from "@studio-access/shared-types";

import type { Ask } from "./ask";
import type { InitFlags } from "./flags";

const ISSUER_QUESTION = "Issuer of your OpenID Connect provider, or none for the Cognito stand-in:";

/** What is asked for; the rest of the config's fields are the preset's. */
type Field = "issuer" | "jwksUri" | "clientId" | "audience" | "userNameClaim";

type Given = Partial<Record<Field, string | undefined>>;

/** A preset may know the claim. */
type Complete = Record<Exclude<Field, "userNameClaim">, string> & Pick<Given, "userNameClaim">;

/**
 * The company's own OpenID Connect provider, undefined for the Cognito stand-in: that is what no option and no answer means.
 *
 * @throws {Error} naming the options that are missing, where some are given and nobody can be asked
 */
export async function identityFor(flags: InitFlags, ask: Ask | undefined): Promise<OidcIdentity | undefined> {
  const given: Given = {
    issuer: flags.oidcIssuer,
    jwksUri: flags.oidcJwksUri,
    clientId: flags.oidcClientId,
    audience: flags.oidcAudience,
    userNameClaim: flags.oidcUserNameClaim,
  };
  if (flags.oidcPreset === undefined && Object.values(given).every((value) => value === undefined)) {
    const issuer = (await ask?.(ISSUER_QUESTION, "none")) ?? "none";
    if (issuer === "none") return undefined;
    given.issuer = issuer;
  }
  if (ask === undefined) return withPreset(flags.oidcPreset, complete(given, flags.oidcPreset));
  return askedFor(given, flags.oidcPreset, ask);
}

async function askedFor(given: Given, chosen: TokenPresetName | undefined, ask: Ask): Promise<OidcIdentity> {
  const field = async (name: Field, proposed?: string): Promise<string> =>
    given[name] ?? ask(FIELDS[name][1], proposed);
  const issuer = await field("issuer");
  const preset = chosen ?? presetFrom(await ask(PRESET_QUESTION, presetOf(issuer), presetFrom));
  const known = knownClaim(preset);
  return withPreset(preset, {
    issuer,
    jwksUri: await field("jwksUri", KEYS[preset]?.(issuer)),
    clientId: await field("clientId"),
    audience: await field("audience"),
    userNameClaim:
      given.userNameClaim ??
      (known === undefined
        ? await field("userNameClaim", preset === "rfc9068" ? "preferred_username" : undefined)
        : undefined),
  });
}

/** Each field's option, and its question on a terminal. */
const FIELDS: Readonly<Record<Field, readonly [option: string, question: string]>> = {
  issuer: ["--oidc-issuer URL", "Issuer, exactly as tokens carry it in iss:"],
  jwksUri: ["--oidc-jwks-uri URL", "URL of its keys (jwks_uri of its /.well-known/openid-configuration):"],
  clientId: ["--oidc-client-id ID", "Client id, as the access tokens name it:"],
  audience: ["--oidc-audience NAME", "Audience, the aud of the access tokens:"],
  userNameClaim: ["--oidc-user-name-claim NAME", "Claim of the access tokens that holds the user name:"],
};

const PRESET_QUESTION = `Kind of provider, one of ${TOKEN_PRESET_NAMES.join(", ")} (docs/identity.md):`;

function presetFrom(text: string): TokenPresetName {
  const preset = TOKEN_PRESET_NAMES.find((name) => name === text);
  if (preset === undefined) throw new Error(`Write one of ${TOKEN_PRESET_NAMES.join(", ")}.`);
  return preset;
}

/** The likely preset of an issuer, as a proposal. */
function presetOf(issuer: string): TokenPresetName {
  const host = URL.canParse(issuer) ? new URL(issuer).hostname : "";
  if (host === "login.microsoftonline.com") return "entra";
  if (/\.okta(preview)?\.com$/.test(host)) return "okta";
  if (host.endsWith(".auth0.com")) return "auth0";
  return issuer.includes("/realms/") ? "keycloak" : "rfc9068";
}

/** Where each provider publishes its keys, from its issuer, as a proposal. */
const KEYS: Readonly<Partial<Record<TokenPresetName, (issuer: string) => string>>> = {
  entra: (issuer) => issuer.replace(/\/v2\.0$/, "/discovery/v2.0/keys"),
  okta: (issuer) => `${issuer}/v1/keys`,
  auth0: (issuer) => `${issuer.replace(/\/$/, "")}/.well-known/jwks.json`,
  keycloak: (issuer) => `${issuer}/protocol/openid-connect/certs`,
};

function knownClaim(preset: TokenPresetName | undefined): string | undefined {
  return TOKEN_PRESETS[preset ?? "rfc9068"].userNameClaim;
}

function withPreset(
  preset: TokenPresetName | undefined,
  { userNameClaim, ...fields }: Complete,
): OidcIdentity {
  return {
    provider: "oidc",
    ...(preset === undefined ? {} : { preset }),
    ...fields,
    ...(userNameClaim === undefined ? {} : { userNameClaim }),
  };
}

function complete(given: Given, preset: TokenPresetName | undefined): Complete {
  const { issuer, jwksUri, clientId, audience, userNameClaim } = given;
  const missing = (Object.keys(FIELDS) as Field[]).filter(
    (name) => given[name] === undefined && !(name === "userNameClaim" && knownClaim(preset) !== undefined),
  );
  if (missing.length > 0 || !issuer || !jwksUri || !clientId || !audience)
    throw new Error(
      `An OpenID Connect provider needs all of its options. Missing:\n  ${missing.map((name) => FIELDS[name][0]).join("\n  ")}`,
    );
  return { issuer, jwksUri, clientId, audience, userNameClaim };
}
