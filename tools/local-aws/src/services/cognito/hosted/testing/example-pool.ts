import { SignJWT } from "jose";

import type { AwsCall, Reply } from "../../../../server/call";
import { FakeMoto, jsonAnswer } from "../../../testing/fake-moto";
import type { ClientSettings, UserPool } from "../../pool-directory";

/** For tests: a pool with one client and the user alice, behind a moto with scripted replies. */
export const POOL: UserPool = { id: "eu-west-1_pool", account: "111111111111", region: "eu-west-1" };
export const HOST = "people.auth.eu-west-1.amazoncognito.com";
export const CALLBACK = "https://api1.execute-api.eu-west-1.amazonaws.com/studio";

export const CLIENT: ClientSettings = {
  ClientId: "client-1",
  UserPoolId: POOL.id,
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "profile", "studio/open"],
  CallbackURLs: [CALLBACK],
  LogoutURLs: [CALLBACK],
  PreventUserExistenceErrors: "ENABLED",
  AccessTokenValidity: 15,
  TokenValidityUnits: { AccessToken: "minutes" },
};

export const PASSWORD = "right";
/** A password with which the pool requires a new one. */
export const FIRST_PASSWORD = "first";

/** What moto knows of alice. */
export interface Alice {
  enabled: boolean;
}

export function motoWith(alice: Alice): FakeMoto {
  return new FakeMoto({ forward: (call) => replyTo(call, alice) as unknown as Reply });
}

async function replyTo(call: AwsCall, { enabled }: Alice): Promise<Reply> {
  const input = JSON.parse(call.body.toString()) as Record<string, Record<string, string>>;
  switch (call.operation) {
    case "AdminGetUser":
      return jsonAnswer({ Enabled: enabled });
    case "RespondToAuthChallenge":
      return input["ChallengeResponses"]?.["NEW_PASSWORD"] === "long enough"
        ? await signedIn()
        : jsonAnswer({ __type: "InvalidPasswordException", message: "Too <short>" }, 400);
    default:
      return await initiated(input["AuthParameters"] ?? {});
  }
}

async function initiated(given: Readonly<Record<string, string>>): Promise<Reply> {
  if (given["REFRESH_TOKEN"] === "moto's") return await signedIn();
  if (given["USERNAME"] !== "alice")
    return jsonAnswer({ __type: "UserNotFoundException", message: "User does not exist." }, 400);
  if (given["PASSWORD"] === FIRST_PASSWORD)
    return jsonAnswer({ ChallengeName: "NEW_PASSWORD_REQUIRED", Session: "moto's session" });
  return given["PASSWORD"] === PASSWORD
    ? await signedIn()
    : jsonAnswer({ __type: "NotAuthorizedException", message: "Incorrect username or password." }, 400);
}

async function signedIn(): Promise<Reply> {
  const token = (claims: object): Promise<string> =>
    new SignJWT({ sub: "s", ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt()
      .setExpirationTime("1h")
      .sign(Buffer.from("moto's only key, for tokens of every pool"));
  const common = { client_id: CLIENT.ClientId, username: "alice", scope: "aws.cognito.signin.user.admin" };
  return jsonAnswer({
    AuthenticationResult: {
      AccessToken: await token({ ...common, token_use: "access" }),
      IdToken: await token({ aud: CLIENT.ClientId, token_use: "id", "cognito:username": "alice" }),
      RefreshToken: "moto's",
    },
  });
}
