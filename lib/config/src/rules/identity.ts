import { TOKEN_PRESETS, type TokenPresetName } from "@studio-access/shared-types";

import { lobsOf } from "../draft";
import { groupsClaimOf, rulesByPreset } from "../identity";
import { renderPath } from "../path";
import { problem } from "../problem";
import type { Rule } from "./rule";

/** What to write where a preset leaves the claim of the user name open, because each has its price. */
const USER_NAME_CLAIMS: Readonly<Partial<Record<TokenPresetName, string>>> = {
  entra:
    'write "oid" (the object id, which never changes) or "preferred_username" (readable; a new owner of an old name gets its Studio)',
  auth0:
    'write the claim that an Action puts into the token, such as "https://studio.example.com/user", or "sub"',
};

const userNameClaimThere: Rule = ({ identity }) =>
  identity?.provider !== "oidc" || rulesByPreset(identity).userNameClaim !== undefined
    ? []
    : [
        problem(
          ["identity", "userNameClaim"],
          undefined,
          identity.preset === undefined
            ? "required"
            : `required: the preset ${identity.preset} leaves it open`,
          USER_NAME_CLAIMS[identity.preset ?? "rfc9068"] ??
            'write the claim of the access token that holds the user name, such as "preferred_username"',
        ),
      ];

const groupsClaimThere: Rule = (draft) => {
  const { identity } = draft;
  const [first] = lobsOf(draft).filter(({ lob: { groups = [] } }) => groups.length > 0);
  if (first === undefined || identity?.provider !== "oidc" || groupsClaimOf(identity) !== undefined)
    return [];
  return [
    problem(
      ["identity", "groupsClaim"],
      undefined,
      `required, since ${renderPath(first.path)} has groups`,
      identity.preset === "auth0"
        ? 'write the claim that an Action puts into the token, such as "https://studio.example.com/groups"'
        : 'write the claim of the access token that holds the groups, such as "groups"',
    ),
  ];
};

/** The `aud` of an ID token is the client: where nothing else tells it from an access token, the audience has to. */
const audienceTellsIdTokens: Rule = ({ identity }) => {
  if (identity?.provider !== "oidc") return [];
  const { types, requiredClaims } = rulesByPreset(identity);
  const isTyped = types.every((type) => /^(application\/)?at\+jwt$/i.test(type));
  if (isTyped || Object.keys(requiredClaims).length > 0) return [];
  const audiences = [identity.audience].flat();
  return identity.clientId === undefined || !audiences.includes(identity.clientId)
    ? []
    : [
        problem(
          ["identity", "audience"],
          identity.audience,
          "must not be the client: every ID token has the client as its audience, and would be taken for an access token",
          "register the API beside the client, and write its audience; docs/identity.md says where",
        ),
      ];
};

const issuerIsOneTenant: Rule = ({ identity }) =>
  identity?.provider === "oidc" && /\/(common|organizations|consumers)\/|[{}]/.test(identity.issuer ?? "")
    ? [
        problem(
          ["identity", "issuer"],
          identity.issuer,
          "must be the issuer of one tenant: tokens name theirs in `iss`",
          "write it with the tenant's own id, as `iss` has it",
        ),
      ]
    : [];

/** Version 1.0 of Entra's tokens differs from 2.0 in issuer and client claim; one without the other accepts nothing. */
const entraVersionsMatch: Rule = ({ identity }) => {
  if (identity?.provider !== "oidc" || identity.issuer === undefined) return [];
  const isVersion1 = identity.issuer.startsWith("https://sts.windows.net/");
  return isVersion1 && rulesByPreset(identity).clientClaim === TOKEN_PRESETS.entra.clientClaim
    ? [
        problem(
          ["identity", "issuer"],
          identity.issuer,
          "issues tokens of version 1.0, which have no azp",
          "set requestedAccessTokenVersion to 2 in the API's manifest and write https://login.microsoftonline.com/TENANT/v2.0, " +
            'or write "appid" as clientClaim',
        ),
      ]
    : [];
};

export const identityRules: readonly Rule[] = [
  userNameClaimThere,
  groupsClaimThere,
  audienceTellsIdTokens,
  issuerIsOneTenant,
  entraVersionsMatch,
];
