import { COGNITO_RULES, type PortalEndpoints } from "@studio-access/shared-types";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { Construct } from "constructs";

import type { Config } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import type { AuthorizerTokens } from "./authorizer-function";
import { DEFAULT_SCOPES } from "./portal-function";

export interface CognitoStandInProps extends AccountContext {
  readonly identity: Extract<Config["identity"], { provider: "cognito" }>;
  /** The portal's address, which people return to after they signed in or out. */
  readonly address: string;
}

/** A Cognito user pool that stands in for the company's identity provider. Administrators alone create users. */
export class CognitoStandIn extends Construct {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly tokens: AuthorizerTokens;
  /** Of the hosted sign-in. https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html */
  readonly endpoints: PortalEndpoints;

  constructor(scope: Construct, id: string, props: CognitoStandInProps) {
    super(scope, id);
    const { provider, config, names } = props;

    const pool = new CognitoUserPool(this, "UserPool", {
      provider,
      name: names.of("users"),
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanism: [{ name: "admin_only", priority: 1 }] },
      mfaConfiguration: "OPTIONAL",
      softwareTokenMfaConfiguration: { enabled: true },
      passwordPolicy: {
        minimumLength: 16,
        requireLowercase: true,
        requireNumbers: true,
        requireSymbols: true,
        requireUppercase: true,
        temporaryPasswordValidityDays: 1,
      },
      deletionProtection: config.dataRetention === "retain" ? "ACTIVE" : "INACTIVE",
    });
    this.userPoolId = pool.id;
    this.clientId = this.#client(pool.id, props);
    // Unique in the region across all of AWS, hence the account.
    const domain = names.of(config.sharedServices.id);
    new CognitoUserPoolDomain(this, "Domain", { provider, domain, userPoolId: pool.id });
    const host = `https://${domain}.auth.${config.region}.amazoncognito.com`;
    this.endpoints = {
      authorization: `${host}/oauth2/authorize`,
      token: `${host}/oauth2/token`,
      endSession: `${host}/logout`,
    };
    const issuer = `https://cognito-idp.${config.region}.amazonaws.com/${pool.id}`;
    this.tokens = {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      clientId: this.clientId,
      profile: "cognito",
      ...COGNITO_RULES,
      userNameClaim: "username",
    };
  }

  #client(userPoolId: string, { provider, names, config, identity, address }: CognitoStandInProps): string {
    const portal = config.access?.portal;
    const returnsToPortal = portal === undefined ? [] : [address];
    return new CognitoUserPoolClient(this, "Client", {
      provider,
      userPoolId,
      name: names.of("client"),
      generateSecret: false,
      // Code with PKCE for the portal; user name and password for scripts, which have no browser.
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ["code"],
      allowedOauthScopes: [...(portal?.scopes ?? DEFAULT_SCOPES)],
      callbackUrls: [...(identity.callbackUrls ?? []), ...returnsToPortal],
      ...(portal === undefined ? {} : { logoutUrls: returnsToPortal }),
      supportedIdentityProviders: ["COGNITO"],
      explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      accessTokenValidity: identity.accessTokenMinutes,
      idTokenValidity: identity.accessTokenMinutes,
      refreshTokenValidity: 1,
      tokenValidityUnits: [{ accessToken: "minutes", idToken: "minutes", refreshToken: "days" }],
    }).id;
  }
}
