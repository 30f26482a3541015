import { AUTHORIZER_ENVIRONMENT } from "@studio-access/shared-types";

import { namePrefix } from "../expect/roles";
import type { AttributeContext } from "./rules";

/** The portal's address, as the one entry of a list; none without a portal. */
export function portalAddress({ config, valuesOf, stack }: AttributeContext): readonly string[] {
  if (config.access?.portal === undefined) return [];
  if (config.access.domain !== undefined) return [`https://${config.access.domain.name}`];
  const [api] = valuesOf(stack, "aws_api_gateway_rest_api", "id");
  return [`https://${String(api)}.execute-api.${config.region}.amazonaws.com/studio`];
}

/** What the portal's page is told, as the function has it: it names where people are sent to sign in. */
export function portalSettings(
  { config, account }: AttributeContext,
  authorizer: Readonly<Record<string, string>>,
): string {
  const portal = config.access?.portal;
  if (portal === undefined) return "";
  const host = `https://${namePrefix(config)}-${account}.auth.${config.region}.amazoncognito.com`;
  const endpoints =
    config.identity.provider === "cognito"
      ? {
          authorization: `${host}/oauth2/authorize`,
          token: `${host}/oauth2/token`,
          endSession: `${host}/logout`,
        }
      : withoutComment(portal.endpoints ?? {});
  return JSON.stringify({
    issuer: authorizer[AUTHORIZER_ENVIRONMENT.issuer],
    clientId: authorizer[AUTHORIZER_ENVIRONMENT.clientId],
    scopes: portal.scopes ?? ["openid"],
    authorizationParameters: portal.authorizationParameters ?? {},
    ...(Object.keys(endpoints).length > 0 && { endpoints }),
    userNameClaim: authorizer[AUTHORIZER_ENVIRONMENT.userNameClaim],
    region: config.region,
    signIn: portal.signIn ?? "at_once",
    ...(portal.company !== undefined && { company: withoutComment(portal.company) }),
  });
}

/** Comments of a config are for its readers alone. */
function withoutComment(settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== "$comment"));
}
