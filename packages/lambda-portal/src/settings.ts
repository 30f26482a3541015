import {
  isProviderAddress,
  PORTAL_ENVIRONMENT as NAMES,
  PORTAL_LOGO_LIMIT,
  PORTAL_OWN_PARAMETERS,
  PORTAL_SIGN_INS,
  type PortalSettings,
} from "@studio-access/shared-types";

type Fields = Readonly<Record<string, unknown>>;

const LOGO_PATTERN = /^data:image\/(?:png|jpeg|gif|webp|svg\+xml)[;,][!-~]+$/;

/**
 * Reads the function's environment, see `PORTAL_ENVIRONMENT`.
 *
 * @throws {Error} that lists every problem at once
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): PortalSettings {
  const text = env[NAMES.settings] ?? "";
  const settings = parsed(text);
  const problems =
    text === ""
      ? [`${NAMES.settings} is missing`]
      : isFields(settings)
        ? problemsOf(settings)
        : [`${NAMES.settings} must be a JSON object`];
  if (problems.length > 0) throw new Error(`bad environment: ${problems.join("; ")}`);
  return settings as PortalSettings;
}

function problemsOf(settings: Fields): string[] {
  const { issuer, clientId, scopes, authorizationParameters, userNameClaim, region, signIn } = settings;
  const { endpoints = {}, company = {} } = settings;
  const scopeList = Array.isArray(scopes) && scopes.every(isText) ? scopes : [];
  const parameters = isFields(authorizationParameters) ? authorizationParameters : undefined;
  const own = PORTAL_OWN_PARAMETERS.filter((name) => name in (parameters ?? {}));
  const rules: readonly (readonly [boolean, string])[] = [
    [isProviderAddress(issuer), "issuer must be an https URL"],
    [isText(clientId), "clientId is missing"],
    [scopeList.includes("openid"), "scopes must be a list of texts with openid"],
    [!scopeList.includes("offline_access"), "scopes must not hold offline_access: the page keeps no tokens"],
    [
      parameters !== undefined && Object.values(parameters).every(isText),
      "authorizationParameters must be an object of texts",
    ],
    [own.length === 0, `authorizationParameters must not set ${own.join(", ")}`],
    [isText(userNameClaim), "userNameClaim is missing"],
    [isText(region) && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region), "region must be a region of AWS"],
    [
      PORTAL_SIGN_INS.some((known) => known === signIn),
      `signIn must be one of ${PORTAL_SIGN_INS.join(", ")}`,
    ],
    ...endpointRules(endpoints, "endpoints" in settings),
    ...companyRules(company, "company" in settings),
  ];
  return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
}

type Rules = readonly (readonly [boolean, string])[];

function endpointRules(endpoints: unknown, isGiven: boolean): Rules {
  if (!isGiven) return [];
  if (!isFields(endpoints)) return [[false, "endpoints must be an object"]];
  const { authorization, token, endSession } = endpoints;
  return [
    [isProviderAddress(authorization), "endpoints.authorization must be an https URL"],
    [isProviderAddress(token), "endpoints.token must be an https URL"],
    [endSession === undefined || isProviderAddress(endSession), "endpoints.endSession must be an https URL"],
  ];
}

function companyRules(company: unknown, isGiven: boolean): Rules {
  if (!isGiven) return [];
  if (!isFields(company)) return [[false, "company must be an object"]];
  const { name, logo, support } = company;
  const isLogo = isText(logo) && logo.length <= PORTAL_LOGO_LIMIT && LOGO_PATTERN.test(logo);
  const isSupport =
    isText(support) &&
    (/^[^\s@:/?#&]+@[^\s@:/?#&]+$/.test(support) ||
      (support.startsWith("https:") && isProviderAddress(support)));
  return [
    [isText(name), "company.name is missing"],
    [
      logo === undefined || isLogo,
      `company.logo must be a data: URI of an image, ${PORTAL_LOGO_LIMIT} characters at most`,
    ],
    [support === undefined || isSupport, "company.support must be a mail address or an https URL"],
  ];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Undefined for a text that is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
