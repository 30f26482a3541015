import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { userOption } from "../environment/user-option";
import { findApiAccess, tokenSource } from "../open/api-access";
import type { Flags } from "../open/flags";

/** Only the token goes to standard output, so that `$(./studio token …)` is the token. */
async function run(flags: Flags): Promise<void> {
  const tokenOf = await tokenSource(flags);
  process.stdout.write(`${await tokenOf(await findApiAccess(flags))}\n`);
}

export const command = studioCommand({
  name: "token",
  description: "Signs a user in to the stand-in user pool, and prints an access token for the API.",
  examples: [
    ["TOKEN=$(./studio token --user user-lob-a)", "asks for the password"],
    ["./studio token --user user-lob-a --password-stdin < password", "for scripts"],
  ],
})
  .requiredOption("--user <name>", "who signs in", userOption)
  .option("--password-stdin", "read the password from stdin instead of asking for it")
  .addOption(new Option("--password [value]").hideHelp())
  .action(run);
