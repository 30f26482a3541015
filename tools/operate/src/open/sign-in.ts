import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";

import { OpenFailed } from "./failure";

/** Asks the user for secrets when they are needed. */
export interface Prompts {
  password(): Promise<string>;
  /** A password that the user chooses, in place of a temporary one. */
  newPassword(): Promise<string>;
  /** The code that the user's authenticator app shows. */
  code(): Promise<string>;
}

export interface SignIn {
  readonly client: CognitoIdentityProviderClient;
  /** App client of the stand-in user pool. */
  readonly clientId: string;
  readonly user: string;
  readonly prompts: Prompts;
}

type CognitoResponse = Pick<
  InitiateAuthCommandOutput,
  "AuthenticationResult" | "ChallengeName" | "ChallengeParameters" | "Session"
>;

/** Highest number of challenges in one sign-in: a new password, a second factor, and one to spare. */
const MOST_CHALLENGES = 3;

/** Explanations of Cognito's errors. Cognito's own messages are not shown, since they may quote the request. */
const ERRORS: Readonly<Record<string, string>> = {
  NotAuthorizedException: "User name or password is not right, or too many attempts were made.",
  UserNotFoundException: "User name or password is not right, or too many attempts were made.",
  CodeMismatchException: "The code is not right. Wait for the next one, and try again.",
  ExpiredCodeException: "The code has expired. Try again.",
  InvalidPasswordException:
    "The new password breaks the pool's rules: 16 characters or more, with lower and upper case, digits and symbols.",
  PasswordResetRequiredException: "An administrator has reset the password: ask them for a new one.",
  UserNotConfirmedException: "The user is not confirmed yet: ask an administrator.",
  TooManyRequestsException: "Cognito throttles. Wait a minute, and try again.",
  LimitExceededException: "Cognito throttles. Wait a minute, and try again.",
  ResourceNotFoundException: "The app client is not there: was the access stack deployed anew?",
  InvalidParameterException:
    "The app client does not allow to sign in by password: sign in elsewhere, and pass --token-stdin.",
};

/**
 * Signs a user in at the stand-in user pool in Cognito.
 *
 * @returns the access token: a secret
 * @throws {OpenFailed}
 */
export async function signIn(request: SignIn): Promise<string> {
  const { client, clientId, user, prompts } = request;
  const PASSWORD = await prompts.password();
  let answer: CognitoResponse = await sent(() =>
    client.send(
      new InitiateAuthCommand({
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: clientId,
        AuthParameters: { USERNAME: user, PASSWORD },
      }),
    ),
  );
  for (let met = 0; answer.ChallengeName !== undefined && met < MOST_CHALLENGES; met += 1) {
    answer = await respond(answer, request);
  }
  const token = answer.AuthenticationResult?.AccessToken;
  if (token === undefined) throw new OpenFailed("Cognito gave no access token.");
  return token;
}

async function respond(
  challenge: CognitoResponse,
  { client, clientId, user, prompts }: SignIn,
): Promise<CognitoResponse> {
  const { ChallengeName, ChallengeParameters, Session } = challenge;
  const responses = await responsesTo(ChallengeName, prompts);
  return sent(() =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: ChallengeParameters?.["USER_ID_FOR_SRP"] ?? user, ...responses },
      }),
    ),
  );
}

async function responsesTo(
  challenge: CognitoResponse["ChallengeName"],
  prompts: Prompts,
): Promise<Record<string, string>> {
  if (challenge === "NEW_PASSWORD_REQUIRED") return { NEW_PASSWORD: await prompts.newPassword() };
  if (challenge === "SOFTWARE_TOKEN_MFA") return { SOFTWARE_TOKEN_MFA_CODE: await prompts.code() };
  throw new OpenFailed(
    `Cognito asks for ${challenge ?? "nothing"}, which this command cannot answer. Sign in in the browser, and pass ` +
      "the access token with --token-stdin.",
  );
}

async function sent(send: () => Promise<CognitoResponse>): Promise<CognitoResponse> {
  try {
    return await send();
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown error";
    throw new OpenFailed(
      ERRORS[name] ??
        `Cognito could not be asked (${name}). Check the network, the region and AWS_ENDPOINT_URL.`,
    );
  }
}
