import { tokenRules, type Config } from "@studio-access/config";
import {
  AccessDenied,
  createTokenVerifier,
  JwksUnavailable,
  KeyStore,
} from "@studio-access/lambda-authorizer/verify";
import type { AccessTokenRules } from "@studio-access/shared-types";

import { fail, notChecked, ok, type Finding } from "../finding";
import { claimFindings } from "./claim-findings";
import { tokenParts } from "./token-parts";

const SIGNATURE = "signature";

/**
 * What the authorizer will say of an access token, and why.
 *
 * @param now - seconds since the epoch
 */
export async function tokenFindings(token: string, config: Config, now: number): Promise<readonly Finding[]> {
  const { identity, linesOfBusiness } = config;
  if (identity.provider === "cognito")
    return [
      notChecked(
        "token",
        "users of this environment sign in with the Cognito stand-in, whose tokens the stacks know",
        "`./studio open --token-stdin` explains a refusal",
      ),
    ];
  const parts = tokenParts(token);
  if (parts === undefined)
    return [
      fail(
        "token",
        "is no signed JWT: the provider issues opaque or encrypted access tokens",
        "most providers issue JWTs only for an API of your own: ask for its audience, resource or scope (docs/identity.md)",
      ),
    ];
  return [
    ...claimFindings(parts, identity, linesOfBusiness, now),
    await signatureFinding(token, tokenRules(identity), identity.jwksUri),
  ];
}

/** Asks the authorizer's own code, with the issuer's keys as they are now. */
async function signatureFinding(token: string, rules: AccessTokenRules, jwksUri: string): Promise<Finding> {
  const keys = new KeyStore({ jwksUri, timeoutMs: 10_000, onFailure: () => undefined });
  const verify = createTokenVerifier(rules, (kid) => keys.find(kid));
  try {
    await verify(token);
    return ok(SIGNATURE, "the authorizer accepts the token");
  } catch (error) {
    if (error instanceof JwksUnavailable)
      return fail(
        SIGNATURE,
        `the keys cannot be read at ${jwksUri}: ${error.reason}`,
        "write jwks_uri of the provider's /.well-known/openid-configuration as jwksUri; it must be reachable from the internet, " +
          "and hold RSA keys for RS256",
      );
    if (!(error instanceof AccessDenied)) throw error;
    return refusal(error.code, jwksUri);
  }
}

function refusal(code: AccessDenied["code"], jwksUri: string): Finding {
  if (code === "key_unknown")
    return fail(
      SIGNATURE,
      `no key at ${jwksUri} has the token's kid`,
      "write the jwks_uri of this token's issuer as jwksUri",
    );
  if (code === "signature_invalid")
    return fail(SIGNATURE, "is not of the issuer's key", "send the token whole, as the provider issued it");
  const isBeforeSignature = [
    "algorithm_refused",
    "critical_header_refused",
    "token_type_wrong",
    "token_malformed",
  ];
  return isBeforeSignature.includes(code)
    ? notChecked(SIGNATURE, `the authorizer refuses the token before (${code})`)
    : ok(SIGNATURE, `is of the issuer's key; the authorizer refuses the token for a claim (${code})`);
}
