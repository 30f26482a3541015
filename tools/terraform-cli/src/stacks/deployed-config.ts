import { join, resolve } from "node:path";

/** Names the config file where no command line does. */
export const CONFIG_VARIABLE = "STUDIO_ACCESS_CONFIG";

type Variables = Readonly<Record<string, string | undefined>>;

/** The parts of an environment's config that every command reads. Synth checks the whole of it. */
export interface DeployedConfig {
  readonly environment: string;
  readonly region: string;
  readonly organizationId: string | null;
  readonly state: { readonly backend: string; readonly directory?: string };
  readonly sharedServices: AccountEntry;
  readonly studio: { readonly urlExpiresSeconds: number };
  readonly identity: { readonly provider: string };
  readonly linesOfBusiness: readonly LobEntry[];
  /** The simulated corporate network; null, or absent, for none. */
  readonly onPremise?: object | null;
}

export interface AccountEntry {
  readonly id: string;
  readonly credentials: { readonly profile: string } | { readonly assumeRole: string };
}

export interface LobEntry {
  readonly name: string;
  readonly account: AccountEntry;
  readonly cidr: string;
  readonly domainName: string;
  readonly users: readonly string[];
}

/**
 * The config that a command works on: the one that was asked for, else that of `STUDIO_ACCESS_CONFIG`, else the local one.
 *
 * @param root the checkout
 */
export function chosenConfigFile(
  root: string,
  asked: string | undefined,
  variables: Variables = process.env,
): string {
  if (asked !== undefined) return resolve(asked);
  return namedByVariable(variables) ?? join(root, "config/local.json");
}

/** The config that the environment names; none where the variable is empty, as synth has it. */
export function namedByVariable({ [CONFIG_VARIABLE]: named = "" }: Variables): string | undefined {
  return named === "" ? undefined : resolve(named);
}

/** Names of the stacks of a config, in the order in which they are deployed. */
export function stackNames(config: DeployedConfig): readonly string[] {
  const simulator = (config.onPremise ?? null) === null ? [] : ["on-premise"];
  return ["networking", "access", ...config.linesOfBusiness.map(({ name }) => name), ...simulator];
}

/** Accounts of a config, the shared-services account first. */
export function accountsOf(config: DeployedConfig): readonly AccountEntry[] {
  return [config.sharedServices, ...config.linesOfBusiness.map(({ account }) => account)];
}

/** Stacks whose outputs a stack reads. */
export function dependenciesOf(stack: string): readonly string[] {
  if (stack === "networking" || stack === "state" || stack.startsWith("ci-access")) return [];
  return stack === "access" ? ["networking"] : ["networking", "access"];
}
