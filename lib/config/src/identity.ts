import { type AccessTokenRules, profileNameOf, TOKEN_PRESETS } from "@studio-access/shared-types";

import type { Draft } from "./draft";
import { hasGroups } from "./line-of-business";
import type { Config, OidcIdentity } from "./schema";

type DraftOfOidc = Extract<NonNullable<Draft["identity"]>, { readonly clientId?: unknown }>;

/** The rules that a preset may fill in: the field of the config counts before it. Without a preset: RFC 9068. */
export function rulesByPreset(identity: DraftOfOidc): Pick<
  AccessTokenRules,
  "clientClaim" | "requiredClaims"
> & {
  readonly types: readonly string[];
  readonly userNameClaim: string | undefined;
} {
  const preset = TOKEN_PRESETS[identity.preset ?? "rfc9068"];
  return {
    clientClaim: identity.clientClaim ?? preset.clientClaim,
    types: identity.tokenTypes?.filter((type) => type !== undefined) ?? preset.types,
    requiredClaims: definedOnly(identity.requiredClaims) ?? preset.requiredClaims,
    userNameClaim: identity.userNameClaim ?? preset.userNameClaim,
  };
}

/** What an access token of the company's own provider must be like. */
export function tokenRules(identity: OidcIdentity): AccessTokenRules {
  const { issuer, clientId, audience } = identity;
  const { userNameClaim, ...rules } = rulesByPreset(identity);
  if (userNameClaim === undefined) throw new Error("the config names no claim for the user name");
  return { issuer, clientId, audiences: [audience].flat(), ...rules, userNameClaim };
}

/** Where a token says which groups its owner is in. */
export interface GroupRules {
  readonly claim: string;
  /** What the names of groups that count begin with. Undefined: every group counts. */
  readonly prefix: string | undefined;
}

/** How groups give access; undefined where no line of business has any. */
export function groupRules({
  identity,
  linesOfBusiness,
}: Pick<Config, "identity" | "linesOfBusiness">): GroupRules | undefined {
  if (!linesOfBusiness.some(hasGroups)) return undefined;
  const claim = identity.provider === "cognito" ? "cognito:groups" : groupsClaimOf(identity);
  if (claim === undefined) throw new Error("the config names no claim for the groups");
  return { claim, prefix: identity.groupPrefix };
}

/**
 * The claim of the groups: the config's, or the one that the provider's tokens always have. Okta, Auth0 and Keycloak put
 * groups where an administrator says.
 */
export function groupsClaimOf({ groupsClaim, preset }: DraftOfOidc): string | undefined {
  return groupsClaim ?? (preset === "entra" ? "groups" : undefined);
}

/** The profile's name of a user of a config, who is listed as the identity provider calls them. */
export function profileOf(user: string): string {
  const name = profileNameOf(user);
  if (name === undefined) throw new Error(`no profile name for the user ${user}`);
  return name;
}

function definedOnly(
  claims: Readonly<Record<string, string | undefined>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (claims === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(claims).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
