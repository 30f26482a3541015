import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The environment variable that names the config file where the command line does not. */
export const CONFIG_VARIABLE = "STUDIO_ACCESS_CONFIG";

/** The default file, below the project's folder. */
export const DEFAULT_CONFIG_FILE = "config/local.json";

export type Variables = Readonly<Record<string, string | undefined>>;

const PROJECT_ROOT = resolve(__dirname, "../../..");

/**
 * The config file that a program works on: the one that was asked for, else that of `STUDIO_ACCESS_CONFIG`, else
 * `config/local.json` of the project. A relative path is looked for in the current directory, then in the project's.
 *
 * @param asked value of `--config`
 * @returns an absolute path; where there is no such file, the one in the current directory
 */
export function chosenConfigFile(asked?: string, variables: Variables = process.env): string {
  const named = asked ?? namedByVariable(variables) ?? resolve(PROJECT_ROOT, DEFAULT_CONFIG_FILE);
  return placesOf(named).find((place) => existsSync(place)) ?? resolve(named);
}

/** Where a file is looked for, in this order. */
export function placesOf(file: string): readonly string[] {
  return [...new Set([resolve(file), resolve(PROJECT_ROOT, file)])];
}

/** The file that the environment names; none where the variable is empty. */
export function namedByVariable({ [CONFIG_VARIABLE]: named = "" }: Variables): string | undefined {
  return named === "" ? undefined : named;
}
