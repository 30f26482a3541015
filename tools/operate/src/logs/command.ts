import { setTimeout as delay } from "node:timers/promises";

import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Argument } from "commander";

import { inAccount } from "../environment/account-client";
import { ensureAws } from "../environment/aws-access";
import { interruption } from "../environment/interruption";
import { lineText, LOG_SOURCES, readLogs, type LogSource } from "./log-reader";
import { sinceOption } from "./since";

interface Flags {
  readonly config?: string;
  readonly since: number;
  readonly filter: string;
  readonly follow?: true;
}

const PAUSE_MS = 2_000;

/** CloudWatch may show a line some seconds after a later one, so each look goes back a little. */
const OVERLAP_MS = 15_000;

async function run(wanted: readonly LogSource[], flags: Flags): Promise<void> {
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  await ensureAws(config, configFile, ["access"]);
  const client = new CloudWatchLogsClient(inAccount(config.sharedServices, config.region));
  const sources = wanted.length === 0 ? LOG_SOURCES : wanted;
  const stopped = interruption("stopped");
  const shown = new Set<string>();
  let since = Date.now() - flags.since;
  do {
    const began = Date.now();
    for (const line of await readLogs(client, config, { sources, pattern: flags.filter, since })) {
      const text = lineText(line);
      if (!shown.has(text)) process.stdout.write(`${text}\n`);
      shown.add(text);
    }
    since = began - OVERLAP_MS;
    if (flags.follow === true) await delay(PAUSE_MS, undefined, { signal: stopped }).catch(() => undefined);
  } while (flags.follow === true && !stopped.aborted);
  if (shown.size === 0) process.stderr.write("No line in that time. --since 1d looks further back.\n");
}

export const command = studioCommand({
  name: "logs",
  description: "Prints the log lines of the authorizer, of the presign function and of the API, by time.",
  examples: [
    ["./studio logs", "all three, of the last ten minutes"],
    ["./studio logs presign --since 1d --filter '{ $.outcome = \"failed\" }'", "failures of a day"],
    ["./studio logs --follow", "goes on until Ctrl-C"],
  ],
})
  .addArgument(new Argument("[sources...]", "these only (default: all)").choices(LOG_SOURCES))
  .addOption(sinceOption("10m"))
  .option("--filter <pattern>", "a filter pattern of CloudWatch Logs", "")
  .option("--follow", "go on with new lines until Ctrl-C")
  .action(run);
