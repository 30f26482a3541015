import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { firstCredentials, type FirstConfig } from "@studio-access/config";
import { TOKEN_PRESET_NAMES } from "@studio-access/shared-types";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";
import { Option } from "commander";

import { awsFailure } from "../doctor/aws-failure";
import { readMembership } from "../doctor/checks/organization";
import { readZones } from "../doctor/checks/zones";
import { FAIL_FAST } from "../doctor/facts";
import { inAccount, type AccountClientSettings } from "../environment/account-client";
import type { InitSources } from "./answers";
import type { Ask } from "./ask";
import type { InitFlags } from "./flags";
import { init } from "./init";
import { readOrganizationAccounts } from "./organization-accounts";

const SOURCES: Omit<InitSources, "ask"> = {
  tell: (text) => process.stderr.write(`${text}\n`),
  accounts: async (region) =>
    whereAwsAnswers(() =>
      readOrganizationAccounts({ region, credentials: fromNodeProviderChain(), ...FAIL_FAST }),
    ),
  zones: async (settings) => {
    const zones = await whereAwsAnswers(() => readZones(settings));
    return zones
      ?.filter(({ state }) => state === "available")
      .map(({ id }) => id)
      .sort();
  },
  organization: async (settings) => {
    const membership = await whereAwsAnswers(() => readMembership(settings));
    return membership !== undefined && "id" in membership ? membership.id : undefined;
  },
  settings: clientSettings,
};

function clientSettings(
  access: FirstConfig["access"],
  account: string,
  region: string,
): AccountClientSettings {
  const credentials = firstCredentials(access, "shared-services", account);
  return { ...inAccount({ credentials }, region), ...FAIL_FAST };
}

/** Undefined where AWS refuses, or there are no credentials: a person says it then. */
async function whereAwsAnswers<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call();
  } catch (error) {
    const why = awsFailure(error);
    if (why === undefined) throw error;
    process.stderr.write(`AWS did not answer (${why}).\n`);
    return undefined;
  }
}

async function run(flags: InitFlags): Promise<void> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const ask = isTerminal ? await questions() : undefined;
  process.stdout.write(`${await init(flags, checkoutRoot(), { ...SOURCES, ask })}\n`);
}

/** Questions on the terminal; their library is loaded only where something is asked. */
async function questions(): Promise<Ask> {
  const { input } = await import("@inquirer/prompts");
  return async (message, proposed, read) =>
    input({
      message,
      ...(proposed === undefined ? { required: true } : { default: proposed }),
      validate: (answer) => {
        try {
          read?.(answer);
          return true;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      },
    });
}

export const command = studioCommand({
  name: "init",
  description:
    "Makes a first config for real accounts: asks on a terminal for what no option gives, proposes free ranges, lists the Organization's accounts where the caller may, and looks zones and Organization up where the credentials work. Never overwrites a file.",
  examples: [
    ["./studio init", "asks, and makes config/prod.json"],
    ["./studio init --config config/test.json", "another environment"],
    ["./studio init --lob lob-a=444455556666:ann,bob", "asks for what is not given"],
  ],
  config: false,
})
  .option("--config <file>", "the file to make", "config/prod.json")
  .option("--environment <name>", "part of every resource's name (default: the file's name)")
  .option("--region <code>", "region of every stack")
  .option("--zones <ids...>", "ids of two availability zones (default: the first two of the account)")
  .option("--organization <id>", "the AWS Organization, or none (default: that of the account)")
  .option("--shared-services <account>", "account of the hub, the API and the tables")
  .option("--profile <pattern>", "AWS profiles: {name} stands for shared-services and each LOB's name")
  .addOption(
    new Option("--role <name>", "role to assume in each account, with its path").conflicts("profile"),
  )
  .option("--lob <entries...>", "lines of business, each NAME=ACCOUNT:USER,USER")
  .option("--corporate-cidrs <ranges...>", "networks of the users' machines")
  .option("--hub-cidr <range>", "range of the hub's VPC (default: a free one)")
  .option("--access-cidr <range>", "range of the access VPC (default: a free one)")
  .option("--lob-supernets <ranges...>", "where the LOBs' ranges are taken from (default: a free one)")
  .option("--state-bucket <name>", "bucket of yours for the state (default: the stack state makes one)")
  .option("--oidc-issuer <url>", "your OpenID Connect provider (default: the Cognito stand-in)")
  .addOption(new Option("--oidc-preset <name>", "what kind of provider it is").choices(TOKEN_PRESET_NAMES))
  .option("--oidc-jwks-uri <url>", "where it publishes its keys")
  .option("--oidc-client-id <id>", "the client whose tokens are accepted")
  .option("--oidc-audience <name>", "the aud that its access tokens carry")
  .option("--oidc-user-name-claim <name>", "the claim that holds the user name (okta, keycloak: known)")
  .action(run);
