import { proposedLob, withLob, type NewLob } from "@studio-access/config";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { editConfig, type EditFlags } from "../config-edit/edit-config";
import { nextSteps } from "../config-edit/next-steps";
import { afterAddingLob } from "./next";

interface Flags extends EditFlags {
  readonly name: string;
  readonly account: string;
  readonly users: readonly string[];
  readonly profile?: string;
  readonly role?: string;
  readonly cidr?: string;
  readonly domainName?: string;
}

async function run(flags: Flags): Promise<void> {
  const { name } = flags;
  const report = await editConfig(flags, (config) => {
    const lob = proposedLob(config, newLob(flags));
    return {
      what: `${name} added`,
      change: (text) => withLob(text, lob),
      next: (edited, studio) => nextSteps(afterAddingLob(name, edited, studio)),
    };
  });
  process.stdout.write(`${report}\n`);
}

function newLob({ name, account, users, profile, role, cidr, domainName }: Flags): NewLob {
  const credentials =
    profile === undefined ? (role === undefined ? undefined : { assumeRole: role }) : { profile };
  return { name, accountId: account, users, credentials, cidr, domainName };
}

export const command = studioCommand({
  name: "add-lob",
  description:
    "Adds a line of business to a config, and says what to deploy. What is not given follows from the others: the next free range of network.lobSupernets, credentials and a domain named as theirs are.",
  examples: [
    ["./studio add-lob --name lob-c --account 444455556666 --users ann bob", "with the next free range"],
    ["./studio add-lob --name lob-c --account 444455556666 --users ann --dry-run", "shows the lines only"],
  ],
})
  .requiredOption("--name <name>", "name of the line of business and of its stack, such as lob-c")
  .requiredOption("--account <id>", "its AWS account")
  .requiredOption("--users <names...>", "its users, named as in the identity provider")
  .addOption(
    new Option("--profile <name>", "AWS profile that leads to the account (default: formed as the others')"),
  )
  .addOption(
    new Option("--role <arn>", "role to assume in the account (default: formed as the others')").conflicts(
      "profile",
    ),
  )
  .option("--cidr <range>", "range of its VPC (default: the next free one)")
  .option("--domain-name <name>", "name of its Studio domain (default: formed as the others')")
  .option("--dry-run", "show the change, and write nothing")
  .action(run);
