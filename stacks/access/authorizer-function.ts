import {
  AUTHORIZER_ENVIRONMENT,
  type AccessTokenProfile,
  type AccessTokenRules,
} from "@studio-access/shared-types";
import type { Construct } from "constructs";

import { groupRules, type GroupRules } from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import { NodeFunction } from "../constructs/node-function";

/** Which access tokens the API accepts, and where their keys are. */
export interface AuthorizerTokens extends AccessTokenRules {
  readonly profile: AccessTokenProfile;
  readonly jwksUri: string;
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
        ...groupVariables(groupRules(props.config)),
        ...(tokens.profile === "oidc" ? oidcRules(tokens) : {}),
      },
    });
  }
}

/** None where no group gives access. */
function groupVariables(rules: GroupRules | undefined): Readonly<Record<string, string>> {
  if (rules === undefined) return {};
  const { claim, prefix } = rules;
  return {
    [AUTHORIZER_ENVIRONMENT.groupsClaim]: claim,
    ...(prefix === undefined ? {} : { [AUTHORIZER_ENVIRONMENT.groupPrefix]: prefix }),
  };
}

/** What the function knows of Cognito, and has to be told of any other provider. */
function oidcRules(rules: AccessTokenRules): Readonly<Record<string, string>> {
  return {
    [AUTHORIZER_ENVIRONMENT.clientClaim]: rules.clientClaim,
    [AUTHORIZER_ENVIRONMENT.tokenTypes]: JSON.stringify(rules.types),
    [AUTHORIZER_ENVIRONMENT.audiences]: JSON.stringify(rules.audiences),
    [AUTHORIZER_ENVIRONMENT.requiredClaims]: JSON.stringify(rules.requiredClaims),
  };
}
