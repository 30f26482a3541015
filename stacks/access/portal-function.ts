import { PORTAL_ENVIRONMENT, type PortalEndpoints, type PortalSettings } from "@studio-access/shared-types";
import type { Construct } from "constructs";

import type { PortalConfig } from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { NodeFunction } from "../constructs/node-function";
import type { AuthorizerTokens } from "./authorizer-function";

/** Scopes that the page asks for where the config names none. */
export const DEFAULT_SCOPES: readonly string[] = ["openid"];

export interface PortalFunctionProps extends EncryptedContext {
  readonly portal: PortalConfig;
  readonly identity: {
    readonly tokens: AuthorizerTokens;
    readonly endpoints: PortalEndpoints | undefined;
  };
}

/** The page for people: outside the VPC, since it calls nothing, and without a right but to write its log. */
export class PortalFunction extends NodeFunction {
  constructor(scope: Construct, id: string, { portal, identity, ...props }: PortalFunctionProps) {
    const { tokens, endpoints } = identity;
    const settings: PortalSettings = {
      issuer: tokens.issuer,
      clientId: tokens.clientId,
      scopes: portal.scopes ?? DEFAULT_SCOPES,
      authorizationParameters: portal.authorizationParameters ?? {},
      ...(endpoints === undefined ? {} : { endpoints: withoutComment(endpoints) }),
      userNameClaim: tokens.userNameClaim,
      region: props.config.region,
      signIn: portal.signIn ?? "at_once",
      ...(portal.company === undefined ? {} : { company: withoutComment(portal.company) }),
    };
    super(scope, id, {
      ...props,
      name: "portal",
      description: "Studio Access: the page at which people sign in and go on to Studio",
      zip: "packages/lambda-portal/dist/function.zip",
      timeoutSeconds: 5,
      environment: { [PORTAL_ENVIRONMENT.settings]: JSON.stringify(settings) },
    });
  }
}

/** A comment is for the config's readers, and the page is everybody's. */
function withoutComment<T extends object>(section: T): Omit<T, "$comment"> {
  return Object.fromEntries(Object.entries(section).filter(([name]) => name !== "$comment")) as Omit<
    T,
    "$comment"
  >;
}
