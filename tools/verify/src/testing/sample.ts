import { readFileSync } from "node:fs";
import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { readState, type ResourceInstance } from "@studio-access/terraform";

const FOLDER = join(__dirname, "../../fixtures");

/**
 * What a deployment of two lines of business left in Terraform's state, cut down to the attributes that are read here.
 * Its ids were made up by an emulator.
 */
export function sampleState(): readonly ResourceInstance[] {
  return ["networking", "access", "lob-a", "lob-b"].flatMap(
    (stack) => readState(stack, readFileSync(join(FOLDER, `${stack}.state.json`), "utf8")).instances,
  );
}

/** The config that it was deployed with. */
export const sampleConfig: Config = {
  ...loadConfig(join(__dirname, "../../../../config/local.json")),
  onPremise: null,
};
