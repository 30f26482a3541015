import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chosenConfigFile, CONFIG_VARIABLE, namedByVariable, placesOf, type Variables } from "./config-file";
import { parseJson } from "./json";
import type { Problem } from "./problem";
import { ConfigError } from "./report";
import type { Config } from "./schema";
import { validate, type Validation } from "./validate";

/**
 * Reads and validates the config of one environment.
 *
 * @param file path of the file; without, and where the path is relative, see {@link chosenConfigFile}
 * @throws {ConfigError} listing every problem, when the file is missing, is not JSON or breaks a rule
 */
export function loadConfig(file: string = chosenConfigFile()): Config {
  return validConfig(file, examineConfig(file));
}

/**
 * Validates a config that does not come from a config file, such as one in a recording.
 *
 * @param source its name in messages
 * @throws {ConfigError} listing every problem
 */
export function configFrom(value: unknown, source: string): Config {
  return validConfig(source, validate(value));
}

/**
 * Reads and validates a config that may have problems. The problems are given as data, with a draft of the usable
 * parts. The draft is empty where the file cannot be read as JSON.
 *
 * @param file path of the file; where it is relative, see {@link chosenConfigFile}
 * @param variables environment variables, which say where the name of a missing file comes from
 */
export function examineConfig(file: string, variables: Variables = process.env): Validation {
  let text: string;
  try {
    text = readFileSync(chosenConfigFile(file), "utf8");
  } catch (error) {
    return { problems: [unreadable(file, error, variables)], draft: {} };
  }
  return examineText(text);
}

/** The same of a config's text: one that is to be written, for example. */
export function examineText(text: string): Validation {
  const json = parseJson(text);
  return "problems" in json ? { problems: json.problems, draft: {} } : validate(json.value);
}

function validConfig(source: string, validation: Validation): Config {
  if ("problems" in validation) throw new ConfigError(source, validation.problems);
  return validation.config;
}

function unreadable(file: string, error: unknown, variables: Variables): Problem {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  const rule =
    code === "ENOENT"
      ? `the file must exist; looked for ${placesOf(file).join(" and ")}`
      : `the file must be readable; reading it failed: ${code}`;
  const named = namedByVariable(variables);
  const isNamed = named !== undefined && resolve(named) === resolve(file);
  return {
    path: "",
    value: "",
    rule: isNamed ? `${rule}. ${CONFIG_VARIABLE} names it` : rule,
    remedy: `name a config with --config FILE or ${CONFIG_VARIABLE}=FILE; ./studio init makes a first one`,
  };
}
