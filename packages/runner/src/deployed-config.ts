import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The parts of an environment's config that the launcher reads. Synth checks the whole of it. */
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
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  return resolve(asked ?? variables["STUDIO_ACCESS_CONFIG"] ?? join(root, "config/local.json"));
}

export async function readConfig(file: string): Promise<DeployedConfig> {
  return JSON.parse(await readFile(file, "utf8")) as DeployedConfig;
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
