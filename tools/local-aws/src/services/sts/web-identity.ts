import { iamData } from "@studio-access/policy";
import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";

import { providerName, readOidcProvider } from "../../iam/oidc-provider";
import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Moto } from "../../server/call";
import type { ClaimKeys, WebIdentity, WebIdentityOf } from "../../server/data-plane";
import { formOf, parameter } from "../../server/form";
import { WITH_WEB_IDENTITY } from "../../server/parse-call";
import { requireValidWebIdentityRequest } from "./assume-role-request";
import type { IssuerKeys } from "./token-issuers";

export interface WebIdentitiesOptions {
  readonly moto: Pick<Moto, "query">;
  readonly keys: Pick<IssuerKeys, "of">;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Claims that AWS requires. */
const REQUIRED = ["iss", "sub", "aud", "exp", "iat"] as const;

const NO_TOKEN =
  "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";

/** Signature algorithms that STS accepts from an OpenID Connect provider. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** Claims that change how AWS evaluates the trust policy. No workflow of Studio Access has them, so they are refused. */
const UNMODELLED = ["azp", "https://aws.amazon.com/tags", "https://aws.amazon.com/source_identity"];

/** Claims whose condition keys last for the session; the others exist only while the role is being assumed. */
const OF_SESSION = new Set(["aud", "sub", "amr"]);

/**
 * Verifies a token against the account's OpenID Connect providers and returns the identity in it.
 *
 * Source of the error codes: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html. The
 * messages are quoted from public reports; the one for a wrong signature is an assumption.
 */
export function webIdentities(options: WebIdentitiesOptions): WebIdentityOf {
  const known = new WeakMap<AwsCall, Promise<WebIdentity>>();
  return (call) => {
    const identity = known.get(call) ?? identify(call, options);
    known.set(call, identity);
    return identity;
  };
}

async function identify(call: AwsCall, { moto, keys, clock }: WebIdentitiesOptions): Promise<WebIdentity> {
  const form = formOf(call);
  requireValidWebIdentityRequest(form);
  const token = parameter(form, "WebIdentityToken");
  const { iss: issuer } = claimsOf(token);
  const account = parameter(form, "RoleArn").split(":")[4] ?? "";
  const provider = await readOidcProvider(moto, account, issuer);
  if (!provider) throw invalid(`No OpenIDConnect provider found in your account for ${issuer}`);
  const claims = requireModelled(await verified(token, keys.of(issuer), clock()));
  const audience = [claims.aud].flat().join(" ");
  if (!provider.clientIds.includes(audience)) throw invalid("Incorrect token audience");
  const conditionKeys = keysOf(providerName(issuer), { ...claims, aud: audience });
  return {
    provider: provider.arn,
    subject: claims.sub,
    audience,
    claims: Object.fromEntries(conditionKeys.map(({ key, value }) => [key, value])),
    sessionKeys: Object.fromEntries([
      ...conditionKeys.filter(({ claim }) => OF_SESSION.has(claim)).map(({ key, value }) => [key, value]),
      ["aws:FederatedProvider", provider.arn],
    ]) as ClaimKeys,
  };
}

type Claims = JWTPayload & { readonly iss: string; readonly sub: string; readonly aud: string | string[] };

/** The claims of a token that is not verified yet. */
function claimsOf(token: string): Claims {
  const claims = decoded(token);
  const missing = REQUIRED.find((claim) => claims[claim] === undefined);
  if (missing !== undefined) throw invalid(`Missing a required claim: ${missing}`);
  if (typeof claims.iss !== "string" || typeof claims.sub !== "string") throw invalid(NO_TOKEN);
  return claims as Claims;
}

function decoded(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    // jose's own messages may quote the token.
    throw invalid(NO_TOKEN);
  }
}

async function verified(token: string, key: JWTVerifyGetKey, now: number): Promise<Claims> {
  try {
    const options = { algorithms: ALGORITHMS, currentDate: new Date(now) };
    return (await jwtVerify(token, key, options)).payload as Claims;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw expired(error.payload.exp ?? 0, now);
    if (error instanceof errors.JOSEError)
      throw invalid("The web identity token that was passed could not be validated");
    throw error;
  }
}

function requireModelled(claims: Claims): Claims {
  const unmodelled =
    UNMODELLED.find((claim) => claim in claims) ?? ([claims.aud].flat().length > 1 ? "aud" : undefined);
  if (unmodelled === undefined) return claims;
  const what = unmodelled === "aud" ? "several audiences" : `the claim ${unmodelled}`;
  throw notImplemented("sts", WITH_WEB_IDENTITY, `AWS's evaluation of a token with ${what} is not modelled`);
}

interface ClaimKey {
  readonly claim: string;
  readonly key: string;
  readonly value: string | readonly string[];
}

/** Claims that AWS has a condition key for, of any provider (`aud`, `sub`, `amr`) or of this one. */
function keysOf(name: string, claims: JWTPayload): readonly ClaimKey[] {
  return Object.entries(claims).flatMap(([claim, value]): ClaimKey[] => {
    const key = `${name}:${claim}`;
    const definition = iamData.conditionKey(key);
    if (definition === undefined) return [];
    const values = [value].flat().map(String);
    return [{ claim, key, value: definition.multivalued ? values : values.join(" ") }];
  });
}

function expired(at: number, now: number): AwsError {
  const seconds = Math.floor(now / 1000);
  return new AwsError(
    "ExpiredTokenException",
    `Token expired: current date/time ${seconds} must be before the expiration date/time ${at}`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidIdentityToken", message);
}
