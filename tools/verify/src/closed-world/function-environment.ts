import { hasGroups, tokenRules } from "@studio-access/config";
import { AUTHORIZER_ENVIRONMENT, PORTAL_ENVIRONMENT, PRESIGN_ENVIRONMENT } from "@studio-access/shared-types";

import { namePrefix } from "../expect/roles";
import { portalSettings } from "./portal";
import type { AttributeContext } from "./rules";

/** Every variable of a function, by the function's address: what is not in it must not be set. */
export function environmentOf(context: AttributeContext): Readonly<Record<string, string>> {
  const { address } = context.resource;
  if (address.includes("AuthorizerFunction")) return { ...ofAuthorizer(context), ...ofGroups(context) };
  if (address.includes("PortalFunction"))
    return { [PORTAL_ENVIRONMENT.settings]: portalSettings(context, ofAuthorizer(context)) };
  const { config } = context;
  return {
    [PRESIGN_ENVIRONMENT.usersTable]: `${namePrefix(config)}-users`,
    [PRESIGN_ENVIRONMENT.lobsTable]: `${namePrefix(config)}-lobs`,
    ...(config.linesOfBusiness.some(hasGroups)
      ? { [PRESIGN_ENVIRONMENT.groupsTable]: `${namePrefix(config)}-groups` }
      : {}),
    [PRESIGN_ENVIRONMENT.urlExpiresSeconds]: String(config.studio.urlExpiresSeconds),
    [PRESIGN_ENVIRONMENT.sessionExpiresSeconds]: String(config.studio.sessionExpiresSeconds),
    ...(address.includes("Smoke") ? { [PRESIGN_ENVIRONMENT.callers]: "operator" } : {}),
  };
}

/** Where the authorizer finds groups; nothing where they give nobody access. */
function ofGroups({ config }: AttributeContext): Readonly<Record<string, string>> {
  const { identity, linesOfBusiness } = config;
  if (!linesOfBusiness.some(hasGroups)) return {};
  const own = identity.provider === "oidc" ? (identity.groupsClaim ?? "groups") : "cognito:groups";
  const prefix = identity.groupPrefix;
  return {
    [AUTHORIZER_ENVIRONMENT.groupsClaim]: own,
    ...(prefix !== undefined && { [AUTHORIZER_ENVIRONMENT.groupPrefix]: prefix }),
  };
}

/** Whose tokens count: the config's identity provider's, or those of the user pool in the state. */
function ofAuthorizer({ config, valuesOf, stack }: AttributeContext): Readonly<Record<string, string>> {
  const { identity } = config;
  const names = AUTHORIZER_ENVIRONMENT;
  if (identity.provider === "cognito") {
    const [pool] = valuesOf(stack, "aws_cognito_user_pool", "id");
    const [client] = valuesOf(stack, "aws_cognito_user_pool_client", "id");
    const issuer = `https://cognito-idp.${config.region}.amazonaws.com/${String(pool)}`;
    return {
      [names.issuer]: issuer,
      [names.jwksUri]: `${issuer}/.well-known/jwks.json`,
      [names.clientId]: String(client),
      [names.tokenProfile]: "cognito",
      [names.userNameClaim]: "username",
    };
  }
  const rules = tokenRules(identity);
  return {
    [names.issuer]: rules.issuer,
    [names.jwksUri]: identity.jwksUri,
    [names.clientId]: rules.clientId,
    [names.tokenProfile]: "oidc",
    [names.userNameClaim]: rules.userNameClaim,
    [names.clientClaim]: rules.clientClaim,
    [names.tokenTypes]: JSON.stringify(rules.types),
    [names.audiences]: JSON.stringify(rules.audiences),
    [names.requiredClaims]: JSON.stringify(rules.requiredClaims),
  };
}
