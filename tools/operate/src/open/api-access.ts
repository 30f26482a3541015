import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { ensureEndpoint } from "../environment/aws-access";
import { deployedOutputs } from "../environment/deployed-state";
import { OpenFailed } from "./failure";
import { secretSource, type Flags } from "./flags";
import { accessToken, askingWith } from "./identity";
import { promptSecret, readSecret } from "./secret-input";

/** What the access stack publishes for the sign-in and the API call. */
export interface ApiAccess {
  readonly region: string;
  readonly apiUrl: string;
  /** Undefined when the company's own identity provider is used. */
  readonly clientId: string | undefined;
}

/** Reads it from the access stack's state. @throws {OpenFailed} when the stack is not deployed */
export async function findApiAccess(flags: Pick<Flags, "config">): Promise<ApiAccess> {
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  const { region } = config;
  await ensureEndpoint(config, configFile);
  const { api_url: api, user_pool_client_id: client } = await deployedOutputs("access", {
    root: checkoutRoot(),
    configFile,
  });
  if (api === undefined) throw new OpenFailed("The access stack is not deployed: it has no output api_url.");
  return {
    region,
    apiUrl: String(api.value),
    clientId: client === undefined ? undefined : String(client.value),
  };
}

/**
 * Reads the secret that the flags name, from stdin or from this terminal.
 *
 * @returns a function that gives the user's access token, and asks for the password where that is still needed
 */
export async function tokenSource(flags: Flags): Promise<(access: ApiAccess) => Promise<string>> {
  const source = secretSource(flags, process.stdin.isTTY);
  const secret = source === "prompt" ? "" : await readSecret(process.stdin, source.replace("-stdin", ""));
  const terminal = askingWith((question) =>
    promptSecret(question, { input: process.stdin, output: process.stderr }),
  );
  return async ({ region, clientId }) =>
    accessToken({
      user: flags.user,
      source,
      secret,
      terminal,
      clientId,
      client: new CognitoIdentityProviderClient({ region }),
    });
}
