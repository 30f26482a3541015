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
  const state = SAMPLE_STACKS.flatMap(recorded);
  return [...state, ...routeToCorporateNetwork(state)];
}

/** The sample is recorded beside the simulator. Without it, the hub reaches the corporate network by its Transit Gateway. */
function routeToCorporateNetwork(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  return state
    .filter(
      ({ stack, address }) =>
        stack === "networking" && address.startsWith("aws_route.Hub_RouteTo-109600--11"),
    )
    .map((route) => ({
      ...route,
      address: CORPORATE_ROUTE,
      values: { ...route.values, id: "r-corporate", destination_cidr_block: "192.168.10.0/24" },
    }));
}

export const CORPORATE_ROUTE = "aws_route.Hub_RouteTo-192168100--24_00000000";

/** One of {@link RECORDED_STACKS}. */
export function recorded(stack: string): readonly ResourceInstance[] {
  return readState(stack, readFileSync(join(SAMPLE_FOLDER, `${stack}.state.json`), "utf8")).instances;
}

/** The config of the sample's deployment. */
export const sampleConfig: Config = {
  ...loadConfig(join(__dirname, "../../../../config/local.json")),
  onPremise: null,
};
