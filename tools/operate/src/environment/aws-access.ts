import { fromIni, fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { namedAccounts, type Config } from "@studio-access/config";
import pMap from "p-map";

/** Longest time for the local AWS to answer, in milliseconds. */
const LONGEST_ANSWER_MS = 5_000;

const PROFILES_AT_ONCE = 8;

/** What the environment variables and AWS's files on this machine offer. */
export interface AwsSources {
  readonly endpoint: string | undefined;
  readonly answers: (endpoint: string) => Promise<boolean>;
  /** Rejects when a profile has no credentials; undefined: those that Terraform and the SDKs find without a profile. */
  readonly credentials: (profile: string | undefined) => Promise<unknown>;
}

/** AWS, or the credentials for it, are missing; the message says how to get them. */
class AwsOutOfReach extends Error {
  override readonly name = "AwsOutOfReach";
}

/**
 * Checks before a command's long work that its AWS answers, and that there are credentials for the accounts that it needs.
 *
 * @param stacks names of the chosen stacks; none: all of the config
 * @throws {AwsOutOfReach} naming everything that is missing, each once
 */
export async function ensureAws(
  config: Config,
  configFile: string,
  stacks: readonly string[] = [],
  sources: AwsSources = thisMachine(),
): Promise<void> {
  await ensureEndpoint(config, configFile, sources);
  const missing = await withoutCredentials(config, stacks, sources);
  if (missing.length > 0)
    throw new AwsOutOfReach(
      [`${configFile}: no credentials for ${missing.length === 1 ? "this" : "these"}`, ...missing].join(
        "\n\n",
      ),
    );
}

/**
 * Checks that the AWS answers which the environment variables name.
 *
 * @throws {AwsOutOfReach}
 */
export async function ensureEndpoint(
  config: Pick<Config, "environment">,
  configFile: string,
  { endpoint, answers }: Pick<AwsSources, "endpoint" | "answers"> = thisMachine(),
): Promise<void> {
  if (endpoint === undefined && config.environment === "local")
    throw new AwsOutOfReach(
      `${configFile} is the config of the local AWS, and this shell knows of none. Start it with \`npm start\`, then ` +
        "`source .studio-access/local/env.sh`. For real accounts, name their config with --config FILE.",
    );
  if (endpoint !== undefined && !(await answers(endpoint)))
    throw new AwsOutOfReach(
      `Nothing answers at ${endpoint}, which AWS_ENDPOINT_URL names. Start the local AWS with \`npm start\`, then source its ` +
        "env.sh again; for AWS itself, unset AWS_ENDPOINT_URL.",
    );
}

/** Every profile, or the environment's own credentials, that gives none: each once, with its place in the config. */
async function withoutCredentials(
  config: Config,
  stacks: readonly string[],
  { credentials }: AwsSources,
): Promise<readonly string[]> {
  const places = new Map<string | undefined, string[]>();
  for (const { name, path, entry } of namedAccounts(config)) {
    // Every stack of a line of business also reaches the hub.
    if (stacks.length > 0 && name !== "shared-services" && !stacks.some((stack) => isOf(stack, name)))
      continue;
    const profile = "profile" in entry.credentials ? entry.credentials.profile : undefined;
    const field = profile === undefined ? "assumeRole" : "profile";
    places.set(profile, [...(places.get(profile) ?? []), `${path}.credentials.${field}`]);
  }
  const found = await pMap(
    places,
    async ([profile, paths]) => {
      try {
        await credentials(profile);
        return [];
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return [problem(profile, paths, why)];
      }
    },
    { concurrency: PROFILES_AT_ONCE },
  );
  return found.flat();
}

function isOf(stack: string, lob: string): boolean {
  return stack === lob || stack.endsWith(`-access-${lob}`);
}

function problem(profile: string | undefined, paths: readonly string[], why: string): string {
  const [first = "", ...others] = paths;
  const where = others.length === 0 ? first : `${first} and ${others.length} more`;
  const [what, remedy] =
    profile === undefined
      ? ["the role is assumed with the environment's own credentials", "`aws sso login`, or set AWS_PROFILE"]
      : [`"${profile}"`, `\`aws sso login --profile ${profile}\`, or \`aws configure --profile ${profile}\``];
  return `  ${where}: ${what}\n  seen:   ${why}\n  remedy: ${remedy}`;
}

function thisMachine(): AwsSources {
  return {
    endpoint: process.env["AWS_ENDPOINT_URL"],
    answers: async (endpoint) =>
      fetch(endpoint, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) }).then(
        () => true,
        () => false,
      ),
    credentials: async (profile) =>
      profile === undefined ? fromNodeProviderChain()() : fromIni({ profile })(),
  };
}
