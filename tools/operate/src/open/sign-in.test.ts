import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";

import { OpenFailed } from "./failure";
import { type Prompts, signIn } from "./sign-in";
import { type HttpServer, type Reply, startHttpServer } from "./testing/http-server";
import { CODE, expectNoSecret, NEW_PASSWORD, PASSWORD, TOKEN } from "./testing/secrets";

let server: HttpServer;
let replies: Reply[];

beforeEach(async () => {
  replies = [];
  server = await startHttpServer(() => replies.shift());
});

afterEach(() => {
  server.close();
});

const JSON_TYPE = { "content-type": "application/x-amz-json-1.1" };

function answer(body: object): Reply {
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify(body) };
}

function cognitoError(type: string, status = 400): Reply {
  const body = JSON.stringify({ __type: type, message: `not-for-the-log ${PASSWORD}` });
  return { status, headers: JSON_TYPE, body };
}

const SIGNED_IN = answer({ AuthenticationResult: { AccessToken: TOKEN } });

const PROMPTS: Prompts = {
  password: () => Promise.resolve(PASSWORD),
  newPassword: () => Promise.resolve(NEW_PASSWORD),
  code: () => Promise.resolve(CODE),
};

async function attempt(...given: Reply[]): Promise<string> {
  replies = given;
  const client = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "eu-west-1",
    maxAttempts: 1,
  });
  return signIn({ client, clientId: "client-1", user: "alice", prompts: PROMPTS });
}

async function failureOf(...given: Reply[]): Promise<string> {
  const failure: unknown = await attempt(...given).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OpenFailed);
  expectNoSecret(String(failure));
  return String(failure);
}

function calls(): [string, unknown][] {
  return server.asked.map(({ headers, body }) => [
    String(headers["x-amz-target"]).split(".")[1] ?? "",
    JSON.parse(body),
  ]);
}

describe("signIn", () => {
  it("signs in by user name and password, without AWS credentials", async () => {
    await expect(attempt(SIGNED_IN)).resolves.toBe(TOKEN);
    expect(calls()).toEqual([
      [
        "InitiateAuth",
        {
          AuthFlow: "USER_PASSWORD_AUTH",
          ClientId: "client-1",
          AuthParameters: { USERNAME: "alice", PASSWORD },
        },
      ],
    ]);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it("sets a new password when Cognito requires one, then sends the authenticator app's code", async () => {
    const token = await attempt(
      answer({
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "session-1",
        ChallengeParameters: { USER_ID_FOR_SRP: "alice-id" },
      }),
      answer({ ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "session-2", ChallengeParameters: {} }),
      SIGNED_IN,
    );
    expect(token).toBe(TOKEN);
    expect(calls().slice(1)).toEqual([
      [
        "RespondToAuthChallenge",
        {
          ClientId: "client-1",
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          Session: "session-1",
          ChallengeResponses: { USERNAME: "alice-id", NEW_PASSWORD },
        },
      ],
      [
        "RespondToAuthChallenge",
        {
          ClientId: "client-1",
          ChallengeName: "SOFTWARE_TOKEN_MFA",
          Session: "session-2",
          ChallengeResponses: { USERNAME: "alice", SOFTWARE_TOKEN_MFA_CODE: CODE },
        },
      ],
    ]);
  });

  it.each(["SMS_MFA", "EMAIL_OTP", "MFA_SETUP", "SELECT_MFA_TYPE", "CUSTOM_CHALLENGE"])(
    "says that it cannot answer %s, and how to sign in instead",
    async (ChallengeName) => {
      const message = await failureOf(answer({ ChallengeName, Session: "s" }));
      expect(message).toContain(ChallengeName);
      expect(message).toContain("--token-stdin");
    },
  );

  it("gives up when Cognito sends challenge after challenge", async () => {
    const again = answer({ ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "s" });
    await expect(failureOf(again, again, again, again)).resolves.toContain("no access token");
    expect(server.asked).toHaveLength(4);
  });

  it("says so when the response holds no token", async () => {
    await expect(failureOf(answer({ AuthenticationResult: {} }))).resolves.toContain("no access token");
  });

  it.each([
    ["NotAuthorizedException", /not right/],
    ["UserNotFoundException", /not right/],
    ["CodeMismatchException", /code is not right/],
    ["ExpiredCodeException", /expired/],
    ["InvalidPasswordException", /16 characters/],
    ["PasswordResetRequiredException", /administrator/],
    ["UserNotConfirmedException", /administrator/],
    ["TooManyRequestsException", /Wait/],
    ["LimitExceededException", /Wait/],
    ["ResourceNotFoundException", /app client/],
    ["InvalidParameterException", /--token-stdin/],
    ["InternalErrorException", /could not be asked \(InternalErrorException\)/],
  ])("explains %s without repeating Cognito's message", async (type, message) => {
    await expect(failureOf(cognitoError(type))).resolves.toMatch(message);
  });

  it("gives the same message for a wrong name and a wrong password", async () => {
    const unknownUser = await failureOf(cognitoError("UserNotFoundException"));
    expect(await failureOf(cognitoError("NotAuthorizedException"))).toBe(unknownUser);
  });
});
