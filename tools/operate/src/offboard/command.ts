import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import {
  chosenConfigFile,
  loadConfig,
  profileOf,
  withUserBlocked,
  withUserReadmitted,
  type Config,
  type LineOfBusiness,
} from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { editConfig, type EditFlags } from "../config-edit/edit-config";
import { deployStacks } from "../deploy/command";
import { ensureConsentIsPossible } from "../deploy/consent";
import { inAccount } from "../environment/account-client";
import { asker } from "../environment/asker";
import { ensureAws } from "../environment/aws-access";
import { deployedOutputs } from "../environment/deployed-state";
import { plansAtOnce } from "../environment/each-stack";
import { interruption } from "../environment/interruption";
import { userOption } from "../environment/user-option";
import { Studio } from "../teardown/studio";
import { SYSTEM_CLOCK } from "../teardown/wait";
import { contentText, endWhatRuns, placesOf, type LobDomain, type Person } from "./offboard";

interface Flags extends EditFlags {
  readonly user: string;
  readonly lob?: string[];
  readonly readmit?: true;
  readonly deleteData?: true;
  readonly autoApprove?: true;
  readonly install: boolean;
}

const HOME =
  "The home directory stays on the domain's file system. Readmitted, the person is back in it, unless the profile was deleted meanwhile: a new one gets another.";

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A step that is done, with the time of it (UTC). */
function done(text: string): void {
  print(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

function domainLookup({ region }: Config, configFile: string) {
  return async (lob: LineOfBusiness): Promise<LobDomain | undefined> => {
    const { domain_id: output } = await deployedOutputs(lob.name, { root: checkoutRoot(), configFile });
    if (typeof output?.value !== "string") return undefined;
    const studio = new Studio(new SageMakerClient(inAccount(lob.account, region)));
    return { lob, domainId: output.value, studio };
  };
}

async function run(flags: Flags): Promise<void> {
  const { user: name, readmit = false, dryRun = false } = flags;
  const signal = interruption("Interrupted. Run the same line again; it goes on from there.");
  if (!dryRun) ensureConsentIsPossible({ isGiven: flags.autoApprove === true, ask: asker(signal) });
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  await ensureAws(config, configFile);
  const person = { name, profile: profileOf(name) };
  const domainOf = domainLookup(config, configFile);
  const lobs = await chosenLobs(person, config, flags, domainOf);
  await changeBlock(person, lobs, flags);
  const domains = (await Promise.all(lobs.map(domainOf))).flatMap((domain) => domain ?? []);
  if (dryRun) {
    if (!readmit) print(`\nEnds:\n${await contentText(person, domains)}`);
    return;
  }
  await deployBlock(lobs, flags);
  if (readmit) {
    done(`${name} gets a Studio again, with what was not deleted`);
    return;
  }
  done(`${name} gets no Studio URL, and open sessions end at their next request`);
  const waiting = {
    clock: SYSTEM_CLOCK,
    report: (text: string) => process.stderr.write(`${text}\n`),
    signal,
  };
  await endWhatRuns(person, domains, { waiting, deleteData: flags.deleteData === true, done });
  print(`\n${HOME}`);
}

async function chosenLobs(
  person: Person,
  { linesOfBusiness }: Config,
  { lob: wanted }: Flags,
  domainOf: (lob: LineOfBusiness) => Promise<LobDomain | undefined>,
): Promise<readonly LineOfBusiness[]> {
  const unknown = wanted?.find((name) => !linesOfBusiness.some((lob) => lob.name === name));
  const names = linesOfBusiness.map((lob) => lob.name).join(", ");
  if (unknown !== undefined)
    throw new Error(`No line of business is called ${unknown}. The config names ${names}.`);
  const found = await placesOf(person, linesOfBusiness, domainOf);
  const lobs = linesOfBusiness.filter((lob) => found.includes(lob) || wanted?.includes(lob.name));
  if (lobs.length > 0) return lobs;
  throw new Error(
    `${person.name} is listed in no line of business, is blocked in none, and has no profile in one with groups. ` +
      `To block the name beforehand, say where with --lob NAME: ${names}.`,
  );
}

async function changeBlock({ name }: Person, lobs: readonly LineOfBusiness[], flags: Flags): Promise<void> {
  const { readmit = false } = flags;
  const isBlocked = ({ blockedUsers = [] }: LineOfBusiness): boolean => blockedUsers.includes(name);
  if (lobs.every((lob) => isBlocked(lob) !== readmit)) {
    print(`The config ${readmit ? "does not block" : "blocks"} ${name} already.`);
    return;
  }
  const names = lobs.map((lob) => lob.name);
  const report = await editConfig(flags, () => ({
    what: `${name} ${readmit ? "readmitted to" : "blocked in"} ${names.join(", ")}`,
    change: (text) =>
      readmit
        ? withUserReadmitted(text, name)
        : names.reduce((result, lob) => withUserBlocked(result, lob, name), text),
    next: (_config, studio) => `This is deployed by: ${studio(`deploy ${names.join(" ")}`)}`,
  }));
  print(report);
}

/** Applies the lines of business in which the block is, and no other stack. */
async function deployBlock(
  lobs: readonly LineOfBusiness[],
  { config, autoApprove, install }: Flags,
): Promise<void> {
  await deployStacks(
    lobs.map(({ name }) => name),
    {
      only: true,
      parallelism: plansAtOnce(),
      install,
      ...(config === undefined ? {} : { config }),
      ...(autoApprove === undefined ? {} : { autoApprove }),
    },
  );
  if (process.exitCode !== 0)
    throw new Error(
      "The config has the change and AWS does not: see above why. Run the same line again; it goes on from there.",
    );
}

export const command = studioCommand({
  name: "offboard",
  description:
    "Ends a person's access at once: blocks them in config and AWS, which ends open sessions too, then ends their apps.",
  examples: [
    ["./studio offboard --user jane.doe@example.com --dry-run", "shows what would end, and changes nothing"],
    ["./studio offboard --user jane.doe@example.com", "blocks, after a question, and ends what runs"],
    [
      "./studio offboard --user jane.doe@example.com --readmit",
      "takes the block away again; the review wants an exception with the reason",
    ],
  ],
})
  .requiredOption("--user <name>", "by the name in the config, or that of the profile", userOption)
  .option("--lob <names...>", "also block in these lines of business, where nothing of the person is yet")
  .option(
    "--delete-data",
    "delete private spaces with their volumes, and a profile that was made at a sign-in",
  )
  .option("--readmit", "take the block away again")
  .option("--auto-approve", "apply without asking; needed without a terminal")
  .option("--dry-run", "show what would happen, and change nothing")
  .action(run);
