import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";

import { cleanToken } from "./access-token";
import { OpenFailed } from "./failure";
import type { SecretSource } from "./flags";
import { type Prompts, signIn } from "./sign-in";

export interface Identity {
  readonly user: string;
  readonly source: SecretSource;
  /** The secret from stdin; empty when the user is asked. */
  readonly secret: string;
  /** Asks the user when the source is `prompt`. */
  readonly terminal: Prompts;
  /** App client of the stand-in user pool; undefined when the company's own identity provider is used. */
  readonly clientId: string | undefined;
  readonly client: CognitoIdentityProviderClient;
}

/** The user's access token, from stdin or from a sign-in. @throws {OpenFailed} */
export async function accessToken(identity: Identity): Promise<string> {
  const { user, source, secret, terminal, clientId, client } = identity;
  if (source === "token-stdin") return cleanToken(secret);
  if (clientId === undefined) {
    throw new OpenFailed(
      "This environment has an identity provider of the company's own, and no passwords of ours. " +
        "Sign in there, and pass the access token with --token-stdin.",
    );
  }
  const prompts = source === "prompt" ? terminal : oneAnswer(secret);
  return signIn({ client, clientId, user, prompts });
}

/** Prompts that answer with the password from stdin, and refuse every other question. */
function oneAnswer(password: string): Prompts {
  const refuse = (what: string) => () =>
    Promise.reject(
      new OpenFailed(`Cognito asks for ${what}: run this on a terminal, without --password-stdin.`),
    );
  return {
    password: () => Promise.resolve(password),
    newPassword: refuse("a new password"),
    code: refuse("the code of an authenticator app"),
  };
}

/** Prompts that ask for every secret with one function. */
export function askingWith(ask: (question: string) => Promise<string>): Prompts {
  return {
    password: () => ask("Password: "),
    newPassword: async () => {
      const first = await ask("Cognito wants a new password. New password: ");
      if ((await ask("Repeat the new password: ")) !== first)
        throw new OpenFailed("The two passwords differ.");
      return first;
    },
    code: () => ask("Code of your authenticator app: "),
  };
}
