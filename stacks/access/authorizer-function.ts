import { AUTHORIZER_ENVIRONMENT, type AccessTokenProfile } from "@studio-access/shared-types";
import type { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import { NodeFunction } from "../constructs/node-function";

/** Which access tokens the API accepts. */
export interface AuthorizerTokens {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
  readonly profile: AccessTokenProfile;
  readonly userNameClaim: string;
  readonly audience: string | undefined;
}

export interface AuthorizerFunctionProps extends EncryptedContext {
  readonly tokens: AuthorizerTokens;
}

/** The authorizer: outside the VPC, since it fetches the issuer's keys from the public network. */
export class AuthorizerFunction extends NodeFunction {
  constructor(scope: Construct, id: string, { tokens, ...props }: AuthorizerFunctionProps) {
    super(scope, id, {
      ...props,
      name: "authorizer",
      description: "Studio Access: lets a valid access token reach its owner's path",
      zip: "packages/lambda-authorizer/dist/function.zip",
      timeoutSeconds: 10,
      environment: {
        [AUTHORIZER_ENVIRONMENT.issuer]: tokens.issuer,
        [AUTHORIZER_ENVIRONMENT.jwksUri]: tokens.jwksUri,
        [AUTHORIZER_ENVIRONMENT.clientId]: tokens.clientId,
        [AUTHORIZER_ENVIRONMENT.tokenProfile]: tokens.profile,
        [AUTHORIZER_ENVIRONMENT.userNameClaim]: tokens.userNameClaim,
        ...(tokens.audience === undefined ? {} : { [AUTHORIZER_ENVIRONMENT.audience]: tokens.audience }),
      },
    });
  }
}
