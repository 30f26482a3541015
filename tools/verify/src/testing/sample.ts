import { readFileSync } from "node:fs";
import { join } from "node:path";

import { loadConfig, type Config } from "@studio-access/config";
import { readState, type ResourceInstance } from "@studio-access/terraform";

export const SAMPLE_FOLDER = join(__dirname, "../../fixtures");

const SAMPLE_STACKS = ["networking", "access", "lob-a", "lob-b"];

/** The stacks of the sample, the simulated corporate network, and the bucket for the state. */
export const RECORDED_STACKS = [...SAMPLE_STACKS, "on-premise", "state"];

/**
 * Terraform's state of a deployment with two lines of business, without secrets and attributes that have no value. The ids
 * come from an emulator. `npm run -w tools/verify sample` records it.
 */
export function sampleState(): readonly ResourceInstance[] {
  return SAMPLE_STACKS.flatMap(recorded);
}

/** One of {@link RECORDED_STACKS}. */
export function recorded(stack: string): readonly ResourceInstance[] {
  return readState(stack, readFileSync(join(SAMPLE_FOLDER, `${stack}.state.json`), "utf8")).instances;
}

/** The config of the sample's deployment. */
export const sampleConfig: Config = {
  ...loadConfig(join(__dirname, "../../../../config/local.json")),
  onPremise: null,
};
