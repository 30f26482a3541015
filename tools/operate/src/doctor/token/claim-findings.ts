import { groupRules, profileOf, tokenRules, type Config, type OidcIdentity } from "@studio-access/config";
import {
  claimChecks,
  groupsOf,
  headerChecks,
  NO_TYPE,
  profileNameOf,
  type AccessTokenRules,
  type TokenCheck,
  type TokenFault,
} from "@studio-access/shared-types";

import { fail, ok, type Finding } from "../finding";
import type { TokenParts } from "./token-parts";

/** Claims by which providers name the client. */
const CLIENT_CLAIMS = ["client_id", "azp", "appid", "cid"];

/** A check's question: what the token holds is named, and never shown. */
interface Question {
  readonly check: TokenCheck;
  readonly found: unknown;
  readonly parts: TokenParts;
  readonly rules: AccessTokenRules;
}

/**
 * What is wrong with a token, member by member, by the checks of the authorizer itself.
 *
 * @param now - seconds since the epoch
 * @returns findings with names of claims and expected values alone; of the token only what it calls the user
 */
export function claimFindings(
  parts: TokenParts,
  identity: OidcIdentity,
  linesOfBusiness: Config["linesOfBusiness"],
  now: number,
): readonly Finding[] {
  const rules = tokenRules(identity);
  const question =
    (members: Readonly<Record<string, unknown>>) =>
    (check: TokenCheck): Finding =>
      findingOf({ check, found: members[check.about], parts, rules });
  const claims = claimChecks(parts.claims, rules);
  return [
    ...headerChecks(parts.header, rules).map(question(parts.header)),
    ...claims.filter(({ fault }) => fault !== "user_name_invalid").map(question(parts.claims)),
    ...timeFindings(parts, now),
    userFinding(parts.claims[rules.userNameClaim], rules.userNameClaim, {
      linesOfBusiness,
      groups: groupsIn(parts, { identity, linesOfBusiness }),
    }),
  ];
}

function findingOf(question: Question): Finding {
  const { about, expected, fault, isMet } = question.check;
  const where = ["alg", "crit", "typ"].includes(about) && fault !== "token_use_wrong" ? "header" : "claim";
  const name = `${where} ${about}`;
  if (isMet) return ok(name, `as expected: ${expected}`);
  const found = question.found === undefined ? "is missing" : "is another";
  return fail(name, `${found}; expected: ${expected}`, REMEDIES[fault](question));
}

const ID_TOKEN = "this looks like an ID token: send the access token that was issued with it";

const REMEDIES: Readonly<Record<TokenFault, (question: Question) => string>> = {
  algorithm_refused: () => "let the provider sign access tokens with RS256",
  critical_header_refused: () => "let the provider issue access tokens without critical headers",
  token_type_wrong: ({ found, parts, rules }) => {
    if (isIdToken(parts, rules)) return ID_TOKEN;
    return found === undefined
      ? `choose the preset of your provider, or add "${NO_TYPE}" to tokenTypes in the config`
      : "choose the preset of your provider, or add the token's typ to tokenTypes in the config";
  },
  expiry_missing: () => "let the provider issue access tokens that expire",
  issuer_wrong: ({ found, rules: { issuer } }) =>
    typeof found === "string" && withoutSlash(found) === withoutSlash(issuer)
      ? `only the slash at the end differs: write the issuer ${found.endsWith("/") ? "with" : "without"} it in the config`
      : "write the issuer as the token has it, if it is your provider's; for Entra see requestedAccessTokenVersion in docs/identity.md",
  token_use_wrong: ({ parts, rules }) =>
    isIdToken(parts, rules) ? ID_TOKEN : "send an access token; the preset may be another provider's",
  audience_wrong: ({ parts, rules }) =>
    isIdToken(parts, rules)
      ? ID_TOKEN
      : "ask for the API when signing in (audience, resource or scope), or correct audience in the config",
  client_wrong: ({ found, parts }) => {
    const others = CLIENT_CLAIMS.filter((name) => parts.claims[name] !== undefined);
    if (found !== undefined)
      return "sign in with the client of the config, or correct clientId in the config";
    return others.length === 0
      ? ID_TOKEN
      : `the token has ${others.join(", ")}: choose the preset of your provider, or set clientClaim in the config`;
  },
  groups_invalid: () =>
    "let the provider put a list of names or ids into it, or name another claim as groupsClaim in the config",
  user_name_invalid: () => "name another claim as userNameClaim in the config",
};

/** An ID token has the client as its audience. */
function isIdToken({ claims }: TokenParts, { clientId, audiences }: AccessTokenRules): boolean {
  return [claims["aud"]].flat().includes(clientId) && audiences?.includes(clientId) !== true;
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

function timeFindings({ claims: { exp, nbf } }: TokenParts, now: number): readonly Finding[] {
  return [
    ...(typeof exp === "number" && exp <= now
      ? [fail("claim exp", "has passed", "sign in again, or look whether the clocks agree")]
      : []),
    ...(nbf === undefined || (typeof nbf === "number" && nbf <= now)
      ? []
      : [fail("claim nbf", "has not come yet, or is no time", "look whether the clocks agree")]),
  ];
}

interface Places {
  readonly linesOfBusiness: Config["linesOfBusiness"];
  /** The token's groups that count; none where groups give nobody access. */
  readonly groups: ReturnType<typeof groupsOf>;
}

function groupsIn({ claims }: TokenParts, config: Parameters<typeof groupRules>[0]): Places["groups"] {
  const rules = groupRules(config);
  if (rules === undefined) return [];
  const { claim, prefix } = rules;
  return groupsOf(claims, { groupsClaim: claim, ...(prefix !== undefined && { groupPrefix: prefix }) });
}

/** What the groups of a user say whom no line of business lists; undefined where they say nothing. */
function byGroup(who: string, name: string, { linesOfBusiness, groups }: Places): Finding | undefined {
  if (typeof groups === "string")
    return fail(
      name,
      `${who}, whose groups are too many for a token`,
      "let the provider put fewer groups into the token, or write identity.groupPrefix (docs/identity.md)",
    );
  const lobs = linesOfBusiness
    .filter((lob) => lob.groups?.some((group) => groups.includes(group)))
    .map((lob) => lob.name);
  if (lobs.length > 1)
    return fail(
      name,
      `${who}, who is in groups of ${lobs.join(" and ")}`,
      "take the user out of the groups of all but one",
    );
  return lobs.length === 1 ? ok(name, `${who}, who belongs to ${lobs.join("")} by group`) : undefined;
}

function userFinding(found: unknown, claim: string, places: Places): Finding {
  const name = `claim ${claim}`;
  if (typeof found !== "string")
    return fail(
      name,
      found === undefined ? "is missing: it is to name the user" : "is no text: it is to name the user",
      "let the provider put it into access tokens (not only into ID tokens), or name another claim as userNameClaim",
    );
  const profile = profileNameOf(found);
  if (profile === undefined)
    return fail(
      name,
      `calls the user ${JSON.stringify(found)}, which has no profile name: too long, or characters that SageMaker's names cannot stand for`,
      "name another claim as userNameClaim; docs/identity.md#names says what fits",
    );
  const users = places.linesOfBusiness.flatMap((lob) => lob.users.map((user) => ({ user, lob: lob.name })));
  const listed = users.find(({ user }) => profileOf(user) === profile);
  if (listed !== undefined) return ok(name, `calls the user ${found}: profile ${profile} in ${listed.lob}`);
  const grouped = byGroup(`calls the user ${found}: profile ${profile}`, name, places);
  if (grouped !== undefined) return grouped;
  const alike = users.find(({ user }) => user.toLowerCase() === found.toLowerCase());
  return fail(
    name,
    `calls the user ${found}, whom no line of business lists`,
    alike === undefined
      ? `\`./studio add-user ${JSON.stringify(found)} --lob NAME\`, or name the claim that holds the config's names`
      : `the config writes ${alike.user}: capital letters count, so write the name as the token has it`,
  );
}
