import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseJson } from "./json";
import { ConfigError } from "./report";
import type { Config } from "./schema";
import { validate } from "./validate";

/** Names the config file; relative to the current directory, else to the project's. */
export const CONFIG_VARIABLE = "STUDIO_ACCESS_CONFIG";

/** The file that is used where nothing else is said. */
export const DEFAULT_CONFIG_FILE = "config/local.json";

const PROJECT_ROOT = resolve(__dirname, "../../..");

/**
 * Reads and validates the config of one environment.
 *
 * @param path config file; without, the one named by STUDIO_ACCESS_CONFIG, else config/local.json. A relative path
 *   is looked for in the current directory, then in the project's.
 * @throws {ConfigError} listing every problem, when the file is missing, is not JSON or breaks a rule
 */
export function loadConfig(path: string = chosenFile()): Config {
  const json = parseJson(read(path));
  if ("problems" in json) throw new ConfigError(path, json.problems);
  const validation = validate(json.value);
  if ("problems" in validation) throw new ConfigError(path, validation.problems);
  return validation.config;
}

function chosenFile(): string {
  const named = process.env[CONFIG_VARIABLE] ?? "";
  return named === "" ? DEFAULT_CONFIG_FILE : named;
}

function read(path: string): string {
  const places = [...new Set([resolve(path), resolve(PROJECT_ROOT, path)])];
  const file = places.find((place) => existsSync(place));
  if (file === undefined) {
    throw unreadable(path, `the file must exist; looked for ${places.join(" and ")}`);
  }
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unreadable(path, `the file must be readable; reading ${file} failed: ${String(error)}`);
  }
}

function unreadable(path: string, rule: string): ConfigError {
  const remedy = `set ${CONFIG_VARIABLE} to a config file such as ${DEFAULT_CONFIG_FILE}, or copy config/example.json`;
  return new ConfigError(path, [{ path: "", value: "", rule, remedy }]);
}
