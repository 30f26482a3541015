import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";

import type { Config, Names } from "@studio-access/config";
import type { AuthorizerTokens } from "./authorizer-function";
import { CognitoStandIn } from "./cognito-stand-in";

export interface IdentityProviderProps {
  readonly provider: AwsProvider;
  readonly config: Config;
  readonly names: Names;
}

/** Whose tokens the API trusts: the company's own OpenID Connect provider, or a Cognito user pool in its place. */
export class IdentityProvider extends Construct {
  readonly tokens: AuthorizerTokens;
  /** The Cognito stand-in; undefined with a provider of the company's own. */
  readonly userPool: { readonly id: string; readonly clientId: string } | undefined;

  constructor(scope: Construct, id: string, { config, ...props }: IdentityProviderProps) {
    super(scope, id);
    const { identity } = config;
    if (identity.provider === "cognito") {
      const standIn = new CognitoStandIn(this, "Cognito", { ...props, config, identity });
      this.userPool = { id: standIn.userPoolId, clientId: standIn.clientId };
      this.tokens = standIn.tokens;
    } else {
      const { issuer, jwksUri, clientId, audience, userNameClaim } = identity;
      this.tokens = { issuer, jwksUri, clientId, audience, userNameClaim, profile: "rfc9068" };
    }
  }
}
