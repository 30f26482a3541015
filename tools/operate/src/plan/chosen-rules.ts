import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import {
  DEFAULT_SETTINGS,
  parseSettings,
  rulesFor,
  type ReviewSettings,
  type Rule,
} from "@studio-access/plan-review";
import { checkoutRoot } from "@studio-access/terraform-cli";

/** The rules and today's exceptions of the file that `--rules` names, else of `config/plan-review.json`. */
export async function chosenRules(file: string | undefined): Promise<readonly Rule[]> {
  return rulesFor(await settingsIn(file), new Date().toISOString().slice(0, 10));
}

/** The default rules when the default file is missing; a file named by --rules has to exist. */
async function settingsIn(asked: string | undefined): Promise<ReviewSettings> {
  const file = asked === undefined ? join(checkoutRoot(), "config", "plan-review.json") : resolve(asked);
  if (asked === undefined && !existsSync(file)) return DEFAULT_SETTINGS;
  return parseSettings(await readFile(file, "utf8"), file);
}
