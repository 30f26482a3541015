import { lookup } from "node:dns/promises";

import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { USER_NAME_PATTERN } from "@studio-access/shared-types";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { InvalidArgumentError, Option } from "commander";

import { ensureEndpoint } from "../environment/aws-access";
import { deployedOutputs } from "../environment/deployed-state";
import { addressesOf } from "./addresses";
import { askForStudio } from "./api-call";
import { openInBrowser } from "./browser";
import { OpenFailed } from "./failure";
import { type Flags, secretSource } from "./flags";
import { accessToken, askingWith } from "./identity";
import { openStudio } from "./open-studio";
import { promptSecret, readSecret } from "./secret-input";

/** Writes to standard error, since standard output is for the URL alone. */
function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function userName(text: string): string {
  if (USER_NAME_PATTERN.test(text)) return text;
  throw new InvalidArgumentError("write a user's name, as the config has it");
}

async function openPage(url: string): Promise<void> {
  const { default: open } = await import("open");
  const browser = await open(url);
  // `open` itself waits for the launcher on some systems, and the exit event has passed then.
  const code = browser.exitCode ?? (await new Promise<number>((resolve) => browser.once("exit", resolve)));
  if (code !== 0) throw new Error("the browser did not start");
}

async function hostAddresses(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** What the access stack publishes for the sign-in and the API call. */
interface ApiAccess {
  readonly region: string;
  readonly apiUrl: string;
  /** Undefined when the company's own identity provider is used. */
  readonly clientId: string | undefined;
}

async function findApiAccess(flags: Flags): Promise<ApiAccess> {
  note("Looking up the access stack …");
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

async function run(flags: Flags): Promise<void> {
  const { user } = flags;
  const source = secretSource(flags, process.stdin.isTTY);
  const secret = source === "prompt" ? "" : await readSecret(process.stdin, source.replace("-stdin", ""));
  const { region, apiUrl, clientId } = await findApiAccess(flags);
  const addresses = addressesOf(apiUrl, process.env["AWS_ENDPOINT_URL"]);
  const terminal = askingWith((question) =>
    promptSecret(question, { input: process.stdin, output: process.stderr }),
  );
  const client = new CognitoIdentityProviderClient({ region });
  const network = { fetch, lookup: hostAddresses, now: Date.now, timeoutMs: 35_000 };
  await openStudio(
    { user, print: flags.print === true },
    {
      addresses,
      accessToken: () => accessToken({ user, source, secret, terminal, clientId, client }),
      ask: (token) => askForStudio({ addresses, region, user, token }, network),
      openBrowser: (url, timeoutMs) => openInBrowser(url, { openPage, timeoutMs }),
      now: Date.now,
      print: (text) => process.stdout.write(`${text}\n`),
      note,
    },
  );
}

export const command = studioCommand({
  name: "open",
  description: "Signs a user in, asks the private API for their Studio URL, and opens it in the browser.",
  examples: [
    ["./studio open --user user-lob-a", "asks for the password"],
    ["./studio open --user user-lob-a --token-stdin --print < token", "prints the URL"],
  ],
})
  .requiredOption("--user <name>", "who signs in, and whose Studio is opened", userName)
  .option("--password-stdin", "read the password from stdin instead of asking for it")
  .option("--token-stdin", "read an access token from stdin instead of signing in")
  .option("--print", "print the URL instead of opening it")
  .addOption(new Option("--password [value]").hideHelp())
  .addOption(new Option("--token [value]").hideHelp())
  .action(run);
