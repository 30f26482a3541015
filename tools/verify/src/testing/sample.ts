import { readFileSync } from "node:fs";
import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { readState, type ResourceInstance } from "@studio-access/terraform";

const FOLDER = join(__dirname, "../../fixtures");

/**
 * Terraform's state of a deployment with two lines of business, reduced to the attributes that verify reads. The ids come
 * from an emulator.
 */
export function sampleState(): readonly ResourceInstance[] {
  return ["networking", "access", "lob-a", "lob-b"].flatMap(
    (stack) => readState(stack, readFileSync(join(FOLDER, `${stack}.state.json`), "utf8")).instances,
  );
}

/** The config of the sample's deployment. */
export const sampleConfig: Config = {
  ...loadConfig(join(__dirname, "../../../../config/local.json")),
  onPremise: null,
};
