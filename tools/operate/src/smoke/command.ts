import { LambdaClient } from "@aws-sdk/client-lambda";
import { chosenConfigFile, loadConfig, profileOf, type Config } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { GROUP_PATTERN, GROUPS_LIMIT, OPERATOR_REASON_PATTERN } from "@studio-access/shared-types";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";
import { InvalidArgumentError } from "commander";

import { inAccount } from "../environment/account-client";
import { ensureAws } from "../environment/aws-access";
import { deployedOutputs } from "../environment/deployed-state";
import { studioAddress } from "../open/addresses";
import { userOption } from "../environment/user-option";
import { functionInvoker } from "./function-invoker";
import { smokeJson, smokeText } from "./report";
import { SmokeFailed, smokeTest } from "./smoke-test";

interface Flags {
  readonly user: string;
  readonly group?: readonly string[];
  readonly reason?: string;
  readonly showUrl?: true;
  readonly function?: string;
  readonly profile?: string;
  readonly json?: string;
  readonly config?: string;
}

interface Target {
  readonly config: Config;
  readonly functionArn: string;
}

const DEFAULT_REASON = "smoke test";

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function reason(text: string): string {
  if (OPERATOR_REASON_PATTERN.test(text)) return text;
  throw new InvalidArgumentError("write 3 to 80 letters, digits, blanks and . , : # ( ) _ -");
}

function group(text: string, before: readonly string[] = []): readonly string[] {
  const groups = [...before, text];
  if (GROUP_PATTERN.test(text) && groups.length <= GROUPS_LIMIT.groups) return groups;
  throw new InvalidArgumentError(
    "write a group as the identity provider's tokens name it, at most 50 of them",
  );
}

/** The function that --function names, else the one in the access stack's outputs. */
async function findTarget(flags: Flags): Promise<Target> {
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  if (flags.profile === undefined) await ensureAws(config, configFile, ["access"]);
  if (flags.function !== undefined) return { config, functionArn: flags.function };
  const { smoke_function_arn: output } = await deployedOutputs("access", {
    root: checkoutRoot(),
    configFile,
  });
  if (output === undefined) {
    throw new SmokeFailed(
      `The environment ${config.environment} has no smoke-test function: it is off unless the config says otherwise. ` +
        `To switch it on, set "smokeTest": true in ${configFile} and deploy the access stack. ` +
        "What that allows, and to whom: docs/decisions/0006-smoke-test.md.",
    );
  }
  return { config, functionArn: String(output.value) };
}

function client({ region, sharedServices }: Config, profile: string | undefined): LambdaClient {
  const account = profile === undefined ? sharedServices : { ...sharedServices, credentials: { profile } };
  return new LambdaClient({
    ...inAccount(account, region),
    // The function itself responds within nine seconds.
    requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
}

async function run(flags: Flags): Promise<void> {
  const handOver = flags.showUrl === true;
  if (handOver && flags.reason === undefined) {
    throw new SmokeFailed(
      "Say why with --reason: with the URL you are that user, and the log keeps the reason.",
    );
  }
  const { config, functionArn } = await findTarget(flags);
  const outcome = await smokeTest(
    {
      userName: profileOf(flags.user),
      ...(flags.group === undefined ? {} : { groups: flags.group }),
      reason: flags.reason ?? DEFAULT_REASON,
      ...(handOver ? { handOver } : {}),
    },
    { invoke: functionInvoker(client(config, flags.profile), functionArn), now: () => performance.now() },
  );
  print(smokeText(flags.user, outcome, (url) => studioAddress(url, process.env["AWS_ENDPOINT_URL"])));
  await writeJson(flags.json, smokeJson(flags.user, outcome));
  process.exitCode = outcome.ok ? 0 : 1;
}

export const command = studioCommand({
  name: "smoke",
  description:
    "Tests whether a user would get a Studio URL, without a network path to the API: through IAM alone.",
  examples: [
    ["./studio smoke --user user-lob-a", "whether user-lob-a would get a URL, and why not"],
    [
      "./studio smoke --user jane --group studio-lob-a",
      "the same for somebody who has no entry, but is in a group",
    ],
  ],
})
  .requiredOption("--user <name>", "whose URL", userOption)
  .option(
    "--group <name>",
    "a group of theirs, for a user whom no line of business lists; may be repeated",
    group,
  )
  .option("--reason <text>", `why, for the function's log (default: "${DEFAULT_REASON}")`, reason)
  .option("--show-url", "print the URL, with which you are that user in Studio; needs --reason")
  .option("--function <arn>", "the function, instead of looking it up in the access stack's outputs")
  .option("--profile <name>", "AWS profile to call with (default: as Terraform does in shared services)")
  .option("--json <file>", "write the outcome to a file, always without the URL")
  .action(run);
