import { randomUUID } from "node:crypto";

import { decodeJwt } from "jose";

import type { Moto } from "../../../server/call";
import type { ClientSettings, UserPool } from "../pool-directory";

/** What the pool says to a password. */
export type Verdict =
  | { readonly kind: "signed_in"; readonly refreshToken: string; readonly userName: string }
  /** `session` is moto's name for the sign-in that goes on with the new password. */
  | { readonly kind: "new_password_required"; readonly session: string }
  | { readonly kind: "refused"; readonly message: string };

/** Tokens as moto signs them. */
export interface MotoTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
}

interface Answer {
  readonly AuthenticationResult?: MotoTokens & { readonly RefreshToken?: string };
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly Enabled?: boolean;
  readonly __type?: string;
  readonly message?: string;
}

const WRONG = "Incorrect username or password.";

/** Signs users of a pool in at moto, whatever sign-in flows the client allows: the hosted sign-in needs none of them. */
export class PoolSignIn {
  readonly #moto: Pick<Moto, "forward">;

  constructor(moto: Pick<Moto, "forward">) {
    this.#moto = moto;
  }

  async withPassword(
    pool: UserPool,
    client: ClientSettings,
    userName: string,
    password: string,
  ): Promise<Verdict> {
    const AuthParameters = { USERNAME: userName, PASSWORD: password };
    return verdictOf(client, await this.#initiate(pool, client, "USER_PASSWORD_AUTH", AuthParameters));
  }

  /** Goes on with a sign-in for which the pool requires a new password. */
  async withNewPassword(
    pool: UserPool,
    client: ClientSettings,
    { session, userName }: { readonly session: string; readonly userName: string },
    newPassword: string,
  ): Promise<Verdict> {
    const answer = await this.#call(pool, "RespondToAuthChallenge", {
      ClientId: client.ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: session,
      ChallengeResponses: { USERNAME: userName, NEW_PASSWORD: newPassword },
    });
    return verdictOf(client, answer);
  }

  /** New tokens of a user who is signed in; undefined when the user is disabled, deleted or signed out everywhere. */
  async tokens(
    pool: UserPool,
    client: ClientSettings,
    { refreshToken, userName }: { readonly refreshToken: string; readonly userName: string },
  ): Promise<MotoTokens | undefined> {
    // moto goes on with the sessions of a user who is disabled.
    const user = await this.#call(pool, "AdminGetUser", { UserPoolId: pool.id, Username: userName });
    if (user.Enabled !== true) return undefined;
    const AuthParameters = { REFRESH_TOKEN: refreshToken };
    return (await this.#initiate(pool, client, "REFRESH_TOKEN_AUTH", AuthParameters)).AuthenticationResult;
  }

  async #initiate(
    pool: UserPool,
    { ClientId }: ClientSettings,
    AuthFlow: string,
    AuthParameters: object,
  ): Promise<Answer> {
    return await this.#call(pool, "InitiateAuth", { ClientId, AuthFlow, AuthParameters });
  }

  async #call({ account, region }: UserPool, operation: string, input: object): Promise<Answer> {
    const reply = await this.#moto.forward({
      method: "POST",
      url: new URL("http://localhost/"),
      headers: {
        // moto takes the region from it.
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=none`,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: Buffer.from(JSON.stringify(input)),
      service: "cognito-idp",
      operation,
      region,
      account,
      accessKeyId: undefined,
      requestId: randomUUID(),
      endpoint: undefined,
    });
    return JSON.parse(reply.body.toString() || "{}") as Answer;
  }
}

function verdictOf(client: ClientSettings, answer: Answer): Verdict {
  const { AuthenticationResult: result, ChallengeName, Session = "" } = answer;
  if (result?.RefreshToken !== undefined) {
    const userName = String(decodeJwt(result.AccessToken)["username"]);
    return { kind: "signed_in", refreshToken: result.RefreshToken, userName };
  }
  if (ChallengeName === "NEW_PASSWORD_REQUIRED") return { kind: "new_password_required", session: Session };
  if (ChallengeName !== undefined)
    return { kind: "refused", message: `The local AWS's sign-in page does not know ${ChallengeName}.` };
  const hides = client.PreventUserExistenceErrors === "ENABLED";
  const unknown = answer.__type === "UserNotFoundException";
  return { kind: "refused", message: unknown && hides ? WRONG : (answer.message ?? WRONG) };
}
