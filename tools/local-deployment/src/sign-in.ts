import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";

export interface SignInRequest {
  /** Base URL of the AWS API. */
  readonly endpoint: string;
  readonly region: string;
  readonly clientId: string;
  readonly user: string;
  readonly password: string;
}

/**
 * Signs a user in at the stand-in user pool in Cognito, without a browser.
 *
 * @returns the access token: a secret
 * @throws {Error} when the sign-in is refused; the message holds neither password nor token
 */
export async function signIn({ endpoint, region, clientId, user, password }: SignInRequest): Promise<string> {
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  try {
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: clientId,
        AuthParameters: { USERNAME: user, PASSWORD: password },
      }),
    );
    const token = AuthenticationResult?.AccessToken;
    if (token === undefined) throw new Error(`signing in as ${user} gave no access token`);
    return token;
  } finally {
    client.destroy();
  }
}
