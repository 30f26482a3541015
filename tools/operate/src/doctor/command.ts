import { chosenConfigFile, examineConfig, loadConfig } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { cleanToken } from "../open/access-token";
import { readSecret } from "../open/secret-input";
import { allChecks } from "./checks";
import { examine, exitCodeOf } from "./doctor";
import { findFacts } from "./facts";
import type { Check, Finding } from "./finding";
import { reportTable } from "./report-table";

interface Flags {
  readonly github?: true;
  readonly tokenStdin?: true;
  /** Accepted only so that it can be refused with an explanation. */
  readonly token?: unknown;
  readonly json?: string;
  readonly config?: string;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** GitHub's client takes long to load, so it is loaded only when it is needed. */
async function settingsOnGithub(configFile: string): Promise<Check> {
  const { githubCheck } = await import("./checks/github-settings");
  const { openRepository } = await import("./github-connection");
  const examined = examineConfig(configFile);
  const config = "config" in examined ? examined.config : undefined;
  return githubCheck(config, async (ci) => openRepository(ci, note));
}

/** Loaded only when it is needed, as GitHub's client is: it brings the authorizer's libraries. */
async function examineToken(configFile: string): Promise<readonly Finding[]> {
  if (process.stdin.isTTY)
    throw new Error(
      "--token-stdin reads from a pipe or a file, and here it would echo what you paste: ./studio doctor --token-stdin < token",
    );
  const token = cleanToken(await readSecret(process.stdin, "token"));
  const { tokenFindings } = await import("./token/token-findings");
  note(`Checking the token against ${configFile} …`);
  return tokenFindings(token, loadConfig(configFile), Math.floor(Date.now() / 1000));
}

async function run(flags: Flags): Promise<void> {
  if (flags.token !== undefined)
    throw new Error(
      "There is no --token: every program on this machine can read a command line. Use --token-stdin. If it was real, end its session.",
    );
  const configFile = chosenConfigFile(flags.config);
  const findings =
    flags.tokenStdin === true ? await examineToken(configFile) : await examineEnvironment(flags, configFile);
  process.stdout.write(`\n${reportTable(findings)}\n`);
  await writeJson(flags.json, { configFile, time: new Date().toISOString(), findings });
  process.exitCode = exitCodeOf(findings);
}

async function examineEnvironment(flags: Flags, configFile: string): Promise<readonly Finding[]> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      stopping.abort();
      process.exit(1);
    });
  }
  const root = checkoutRoot();
  const place = process.env["AWS_ENDPOINT_URL"];
  note(`Checking ${configFile} against ${place === undefined ? "AWS" : `the AWS at ${place}`} …`);
  const checks = [
    ...allChecks(root, findFacts({ root, configFile, signal: stopping.signal })),
    ...(flags.github === true ? [await settingsOnGithub(configFile)] : []),
  ];
  let done = 0;
  return examine(checks, (name) => {
    done += 1;
    note(`  ${done}/${checks.length} ${name}`);
  });
}

export const command = studioCommand({
  name: "doctor",
  description:
    "Before a deploy: checks tools, config, credentials, zones, services, quotas and the state's bucket, all of them, and changes nothing.",
  examples: [
    ["./studio doctor --config config/prod.json", "what has to be mended before the first deploy"],
    [
      "./studio doctor --token-stdin < token",
      "what is wrong with an access token of your provider, and no other check",
    ],
    ["./studio doctor --github", "and whether the repository has the settings that docs/ci.md asks for"],
  ],
  exitCodes: { 1: "a check fails; warnings do not count" },
  examinesConfig: false,
})
  .option("--json <file>", "write the findings, for machines")
  .option(
    "--token-stdin",
    "check an access token from stdin against the config, claim by claim, and nothing else",
  )
  .addOption(new Option("--token [value]").hideHelp())
  .option("--github", "also check the repository's settings, with GITHUB_TOKEN or the token of `gh`")
  .action(run);
