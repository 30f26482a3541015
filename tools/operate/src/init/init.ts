import { basename, dirname, join, relative, resolve } from "node:path";

import { ConfigError, configFileText, examineText, firstConfig, type Config } from "@studio-access/config";

import { configReport } from "../config/report";
import { summaryOf } from "../config/summary";
import { nextSteps } from "../config-edit/next-steps";
import { shownPath } from "../config-edit/shown-path";
import { answersFor, type InitSources } from "./answers";
import { checklist } from "./checklist";
import type { InitFlags } from "./flags";
import { ensureNew, writeNewFile } from "./write-new-file";

/**
 * Makes a config file that is not there yet.
 *
 * @param root path of the checkout, where the schema is
 * @returns what to print
 * @throws {ConfigError} with the problems that the file would have; it is not written then
 */
export async function init(flags: InitFlags, root: string, sources: InitSources): Promise<string> {
  const file = resolve(flags.config);
  ensureNew(file);
  const answers = await answersFor(flags, basename(file).replace(/\.json$/, ""), sources);
  const schema = relative(dirname(file), join(root, "config", "schema.json"));
  const text = configFileText(
    firstConfig({ ...answers, schema: schema.startsWith(".") ? schema : `./${schema}` }),
  );
  const shown = shownPath(file);
  const validation = examineText(text);
  if ("problems" in validation)
    throw new ConfigError(`${shown}, which was not written, would have`, validation.problems);
  await writeNewFile(file, text);
  return [
    configReport(shown, summaryOf(validation.config)),

    checklist(validation.config),
    next(shown, validation.config),
  ].join("\n\n");
}

function next(file: string, { stateBucket }: Config): string {
  return `Next\n${nextSteps([
    ["Read the file, and give it tags; ./studio config shows its problems. Keep it in the repository."],
    ["Check accounts, services and quotas:", `./studio doctor --config ${file}`],
    ...(stateBucket === true
      ? [["The state is in files on this machine at first; docs/state.md moves it into a bucket."] as const]
      : []),
  ])}`;
}
