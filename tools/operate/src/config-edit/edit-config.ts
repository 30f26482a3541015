import { readFile } from "node:fs/promises";

import { chosenConfigFile, ConfigError, examineText, type Config } from "@studio-access/config";

import { changedLines } from "./changed-lines";
import { shownPath } from "./shown-path";
import { replaceText } from "./write-file";

/** A change of a config file, as a command was asked for it. */
export interface ConfigEdit {
  /** What is different afterwards, in a few words: `lob-c added`. */
  readonly what: string;
  /** Makes the new text from that of the valid config. */
  readonly change: (text: string) => string;
  /** What to do next, given the new config. */
  readonly next: (config: Config, studio: Studio) => string;
}

/** A line to type, for the environment of this config: `studio("deploy lob-c")`. */
export type Studio = (words: string) => string;

/** Options of every command that edits a config. */
export interface EditFlags {
  readonly config?: string;
  readonly dryRun?: true;
}

/**
 * Edits a config file in place. The new text is validated first: one with problems is not written.
 *
 * @returns what to print
 * @throws {ConfigError} with the problems that the config would have
 */
export async function editConfig(
  flags: EditFlags,
  makeEdit: (config: Config, text: string) => ConfigEdit | Promise<ConfigEdit>,
): Promise<string> {
  const path = chosenConfigFile(flags.config);
  const shown = shownPath(path);
  const before = await readFile(path, "utf8");
  const { what, change, next } = await makeEdit(validConfig(before, shown), before);
  const after = change(before);
  const config = validConfig(after, `${shown}, which stays as it is, would have with ${what}`);
  if (flags.dryRun !== true) await replaceText(path, after);
  const done = flags.dryRun === true ? `${shown} would change (--dry-run: nothing was written)` : shown;
  return [`${done}: ${what}`, changedLines(before, after), next(config, studioFor(flags))].join("\n\n");
}

/** Lines to type for the config that these options name. */
export function studioFor({ config }: EditFlags): Studio {
  return (words) => `./studio ${words}${config === undefined ? "" : ` --config ${config}`}`;
}

function validConfig(text: string, source: string): Config {
  const validation = examineText(text);
  if ("problems" in validation) throw new ConfigError(source, validation.problems);
  return validation.config;
}
