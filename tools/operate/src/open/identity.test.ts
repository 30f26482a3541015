import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";

import { OpenFailed } from "./failure";
import { accessToken, askingWith, type Identity } from "./identity";
import { type HttpServer, startHttpServer } from "./testing/http-server";
import { expectNoSecret, NEW_PASSWORD, PASSWORD, TOKEN } from "./testing/secrets";

let server: HttpServer;
let answer: object;

beforeEach(async () => {
  answer = { AuthenticationResult: { AccessToken: TOKEN } };
  server = await startHttpServer(() => ({ status: 200, body: JSON.stringify(answer) }));
});

afterEach(() => {
  server.close();
});

const nobody = (): Promise<never> => Promise.reject(new Error("no prompt is expected"));

function identityOf(changes: Partial<Identity>): Identity {
  const client = new CognitoIdentityProviderClient({ endpoint: server.url, region: "eu-west-1" });
  const terminal = { password: nobody, newPassword: nobody, code: nobody };
  return { user: "alice", source: "prompt", secret: "", terminal, clientId: "client-1", client, ...changes };
}

describe("accessToken", () => {
  it("is the token from stdin, without a call to Cognito", async () => {
    const identity = identityOf({ source: "token-stdin", secret: ` Bearer ${TOKEN}`, clientId: undefined });
    await expect(accessToken(identity)).resolves.toBe(TOKEN);
    expect(server.asked).toEqual([]);
  });

  it("comes from a sign-in with the password from stdin, without a prompt", async () => {
    const identity = identityOf({ source: "password-stdin", secret: PASSWORD });
    await expect(accessToken(identity)).resolves.toBe(TOKEN);
    expect(server.asked[0]?.body).toContain(PASSWORD);
  });

  it("comes from a sign-in with the password that the user types", async () => {
    const terminal = askingWith((question) => Promise.resolve(question === "Password: " ? PASSWORD : ""));
    await expect(accessToken(identityOf({ terminal }))).resolves.toBe(TOKEN);
    expect(server.asked[0]?.body).toContain(PASSWORD);
  });

  it.each(["prompt", "password-stdin"] as const)(
    "has to be given when the company's own identity provider is used (%s)",
    async (source) => {
      const identity = identityOf({ source, secret: PASSWORD, clientId: undefined });
      await expect(accessToken(identity)).rejects.toThrow(
        /identity provider of the company's own.*--token-stdin/,
      );
      expect(server.asked).toEqual([]);
    },
  );

  it.each([
    ["NEW_PASSWORD_REQUIRED", "a new password"],
    ["SOFTWARE_TOKEN_MFA", "the code of an authenticator app"],
  ])("needs a terminal for %s", async (ChallengeName, what) => {
    answer = { ChallengeName, Session: "s" };
    const failure: unknown = await accessToken(
      identityOf({ source: "password-stdin", secret: PASSWORD }),
    ).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenFailed);
    expect(String(failure)).toContain(what);
    expectNoSecret(String(failure));
  });
});

describe("prompts on a terminal", () => {
  function answering(...answers: string[]): ReturnType<typeof askingWith> {
    return askingWith(() => Promise.resolve(answers.shift() ?? ""));
  }

  it("accept a new password that was typed twice", async () => {
    await expect(answering(NEW_PASSWORD, NEW_PASSWORD).newPassword()).resolves.toBe(NEW_PASSWORD);
  });

  it("refuse two different passwords, and show neither", async () => {
    const failure: unknown = await answering(NEW_PASSWORD, PASSWORD)
      .newPassword()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OpenFailed);
    expectNoSecret(String(failure));
  });

  it("ask for the code of the authenticator app", async () => {
    await expect(answering("123456").code()).resolves.toBe("123456");
  });
});
