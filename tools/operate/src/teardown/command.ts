import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { asker } from "../environment/asker";
import { interruption } from "../environment/interruption";
import { OperatedEnvironment } from "../environment/operated-environment";
import { Recovery } from "../recover/recovery";
import { openAccount, type LobAccount } from "./account";
import { EnvironmentStacks } from "./environment-stacks";
import { JournalFile } from "./journal";
import { teardown } from "./teardown";
import { SYSTEM_CLOCK } from "./wait";
import type { TeardownContext } from "./teardown-context";

interface Flags {
  readonly lob?: string;
  readonly dryRun?: true;
  readonly confirm?: string;
  readonly deleteLogs?: true;
  readonly config?: string;
  readonly install: boolean;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function openContext(flags: Flags, signal: AbortSignal): Promise<TeardownContext> {
  const root = checkoutRoot();
  const environment = await OperatedEnvironment.open({
    command: "teardown",
    stacks: flags.lob === undefined ? [] : [flags.lob],
    root,
    announce: print,
    noInstall: !flags.install,
    signal,
    configFile: flags.config,
  });
  const { config, folders } = environment;
  const accounts = new Map<string, Promise<LobAccount>>();
  const recovery = new Recovery(environment, signal);
  const openLob = async (name: string): Promise<LobAccount> => {
    const lob = config.linesOfBusiness.find((entry) => entry.name === name);
    if (lob === undefined) throw new Error(`The config names no line of business ${name}.`);
    const account = accounts.get(name) ?? openAccount(lob.account, config.region);
    accounts.set(name, account);
    return account;
  };
  return {
    environment: config.environment,
    configFile: folders.configFile,
    retain: config.dataRetention === "retain",
    lobs: config.linesOfBusiness,
    stacks: await EnvironmentStacks.of(environment, signal),
    outsideState: async (stack) => {
      const { leftovers, unclear } = await recovery.find(stack);
      return [
        ...leftovers.map(({ path, importId, account }) => `${path}: ${importId}, in account ${account}`),
        ...unclear.map(({ path, candidates }) => `${path}: one of ${candidates.join(", ")}`),
      ];
    },
    journal: new JournalFile(environment.directory),
    clock: SYSTEM_CLOCK,
    openLob,
    print,
    ask: asker(signal),
    signal,
  };
}

async function run(flags: Flags): Promise<void> {
  const signal = interruption("Interrupted. Run the teardown again; it goes on from there.");
  const context = await openContext(flags, signal);
  const place = process.env["AWS_ENDPOINT_URL"];
  print(`Environment ${context.environment}, in ${place === undefined ? "AWS" : `the AWS at ${place}`}\n`);
  const isClean = await teardown(
    {
      ...(flags.lob === undefined ? {} : { lob: flags.lob }),
      ...(flags.confirm === undefined ? {} : { confirm: flags.confirm }),
      dryRun: flags.dryRun === true,
      deleteLogs: flags.deleteLogs === true,
    },
    context,
  );
  process.exitCode = isClean ? 0 : 1;
}

export const command = studioCommand({
  name: "teardown",
  description: "Removes an environment, with what users made in Studio and what SageMaker leaves behind.",
  examples: [
    ["./studio teardown --dry-run", "shows what would be deleted, and deletes nothing"],
    ["./studio teardown --lob lob-b", "one line of business, after a question"],
    ["./studio teardown --confirm local", "everything, without a question"],
  ],
})
  .option("--lob <name>", "remove one line of business only")
  .option("--dry-run", "show what would be deleted, and delete nothing")
  .option("--confirm <environment>", "the environment's name, instead of a question")
  .option("--delete-logs", "also delete the logs that Studio's apps wrote")
  .action(run);
