import { readFileSync } from "node:fs";
import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { readState, type ResourceInstance } from "@studio-access/terraform";

export const SAMPLE_FOLDER = join(__dirname, "../../fixtures");

export const SAMPLE_STACKS = ["networking", "access", "lob-a", "lob-b"];

/**
 * Terraform's state of a deployment with two lines of business, reduced to the attributes that verify reads. The ids come
 * from an emulator. `npm run -w tools/verify sample` records it.
 */
export function sampleState(): readonly ResourceInstance[] {
  return SAMPLE_STACKS.flatMap(
    (stack) => readState(stack, readFileSync(join(SAMPLE_FOLDER, `${stack}.state.json`), "utf8")).instances,
  );
}

/** The config of the sample's deployment. */
export const sampleConfig: Config = {
  ...loadConfig(join(__dirname, "../../../../config/local.json")),
  onPremise: null,
};
