import { tokenRules } from "@studio-access/config";
import type { PortalEndpoints } from "@studio-access/shared-types";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { AuthorizerTokens } from "./authorizer-function";
import { CognitoStandIn } from "./cognito-stand-in";

export interface IdentityProviderProps extends AccountContext {
  /** The portal's address, which people return to after they signed in or out. */
  readonly address: string;
}

/** Whose tokens the API trusts: the company's own OpenID Connect provider, or a Cognito user pool in its place. */
export class IdentityProvider extends Construct {
  readonly tokens: AuthorizerTokens;
  /** The Cognito stand-in; undefined with a provider of the company's own. */
  readonly userPool: { readonly id: string; readonly clientId: string } | undefined;
  /** Where the portal sends people. Undefined where its page asks the provider itself. */
  readonly endpoints: PortalEndpoints | undefined;

  constructor(scope: Construct, id: string, { config, ...props }: IdentityProviderProps) {
    super(scope, id);
    const { identity } = config;
    if (identity.provider === "cognito") {
      const standIn = new CognitoStandIn(this, "Cognito", { ...props, config, identity });
      this.userPool = { id: standIn.userPoolId, clientId: standIn.clientId };
      this.tokens = standIn.tokens;
      this.endpoints = standIn.endpoints;
    } else {
      this.endpoints = config.access?.portal?.endpoints;
      this.tokens = { profile: "oidc", jwksUri: identity.jwksUri, ...tokenRules(identity) };
    }
  }
}
