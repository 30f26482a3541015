import { setTimeout as delay } from "node:timers/promises";

import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { chosenConfigFile, loadConfig } from "@studio-access/config";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { InvalidArgumentError } from "commander";

import { inAccount } from "../environment/account-client";
import { ensureAws } from "../environment/aws-access";
import { beginOf, lineText, LOG_SOURCES, logGroupOf, readLogs } from "../logs/log-reader";
import { sinceOption } from "../logs/since";
import { LOCAL_LOGS_VARIABLE, localVerdicts } from "./local-verdicts";
import { settled } from "./settled";

interface Flags {
  readonly config?: string;
  readonly since: number;
}

const PAUSE_MS = 1_000;
const PATIENCE_MS = 15_000;

/** CloudWatch shows a line some seconds after its time, and the local AWS within one or two. */
const LATEST_LINE_MS = 60_000;
const LATEST_LOCAL_LINE_MS = 3_000;

/** Ids of API Gateway and of Lambda are UUIDs; no quotation mark may end the filter pattern. */
function requestIdOf(text: string): string {
  if (/^[\w-]{8,64}$/.test(text)) return text;
  throw new InvalidArgumentError(
    "write the answer's requestId, such as 8b97d05c-08b1-4494-bd29-7a8eafa0e6f2",
  );
}

async function run(requestId: string, flags: Flags): Promise<void> {
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  await ensureAws(config, configFile, ["access"]);
  const client = new CloudWatchLogsClient(inAccount(config.sharedServices, config.region));
  process.stderr.write("Looking through the logs; lines of a fresh request may take some seconds …\n");
  const { lines, explanation } = await settled(
    async () =>
      readLogs(client, config, {
        sources: LOG_SOURCES,
        // As a term, so that lines that are no JSON are found too.
        pattern: `"${requestId}"`,
        since: Date.now() - flags.since,
      }),
    {
      now: Date.now,
      pause: async () => delay(PAUSE_MS),
      latestMs: isLocal() ? LATEST_LOCAL_LINE_MS : LATEST_LINE_MS,
      patienceMs: PATIENCE_MS,
    },
  );
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) {
    const groups = LOG_SOURCES.map((source) => logGroupOf(config, source)).join(", ");
    throw new Error(
      `No line with the request id ${requestId} in ${groups}. CloudWatch shows lines some seconds late, so try again; ` +
        "--since 7d looks further back. The id is the answer's requestId, or its header x-amzn-RequestId.",
    );
  }
  const { what, article } = explanation;
  const verdicts = await verdictsBetween(Math.min(...lines.map(beginOf)), last.time);
  const sections = [
    what,
    ...(article === undefined ? [] : [`What to do: docs/runbook.md#${article}`]),
    "",
    ...lines.map(lineText),
    ...(verdicts.length === 0 ? [] : ["", "The local network and the local IAM meanwhile:", ...verdicts]),
  ];
  process.stdout.write(`${sections.join("\n")}\n`);
}

async function verdictsBetween(from: number, to: number): Promise<readonly string[]> {
  return isLocal() ? localVerdicts(process.env[LOCAL_LOGS_VARIABLE] ?? "", from, to) : [];
}

/** Whether a local deployment is used. A shell that went on to AWS itself may still have its logs' variable. */
function isLocal(): boolean {
  return (process.env[LOCAL_LOGS_VARIABLE] ?? "") !== "" && process.env["AWS_ENDPOINT_URL"] !== undefined;
}

export const command = studioCommand({
  name: "why",
  description:
    "Tells what decided a request to the API: gathers its log lines, and names the runbook's article.",
  examples: [["./studio why 8b97d05c-08b1-4494-bd29-7a8eafa0e6f2", "the requestId of the answer"]],
  exitCodes: { 1: "no log knows the request" },
})
  .argument("<request-id>", "the answer's requestId, or its header x-amzn-RequestId", requestIdOf)
  .addOption(sinceOption("1d"))
  .action(run);
