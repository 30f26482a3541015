import { lookup } from "node:dns/promises";
import { setTimeout as wait } from "node:timers/promises";

import { profileOf } from "@studio-access/config";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { userOption } from "../environment/user-option";
import { addressesOf } from "./addresses";
import { findApiAccess, tokenSource } from "./api-access";
import { askForStudio } from "./api-call";
import { openInBrowser } from "./browser";
import type { Flags } from "./flags";
import { openStudio } from "./open-studio";

/** Writes to standard error, since standard output is for the URL alone. */
function note(text: string): void {
  process.stderr.write(`${text}\n`);
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

async function run(flags: Flags): Promise<void> {
  const { user } = flags;
  const tokenOf = await tokenSource(flags);
  note("Looking up the access stack …");
  const access = await findApiAccess(flags);
  const { region, apiUrl } = access;
  const addresses = addressesOf(apiUrl, process.env["AWS_ENDPOINT_URL"]);
  const network = { fetch, lookup: hostAddresses, now: Date.now, timeoutMs: 35_000, wait, note };
  await openStudio(
    { user, print: flags.print === true },
    {
      addresses,
      accessToken: () => tokenOf(access),
      ask: (token) => askForStudio({ addresses, region, user: profileOf(user), token }, network),
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
  .requiredOption("--user <name>", "who signs in, and whose Studio is opened", userOption)
  .option("--password-stdin", "read the password from stdin instead of asking for it")
  .option("--token-stdin", "read an access token from stdin instead of signing in")
  .option("--print", "print the URL instead of opening it")
  .addOption(new Option("--password [value]").hideHelp())
  .addOption(new Option("--token [value]").hideHelp())
  .action(run);
