import { readFileSync } from "node:fs";
import { join } from "node:path";

import { readState, type ResourceInstance } from "@studio-access/terraform";

import type { VerifiedConfig } from "../expect/config";

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
export const sampleConfig: VerifiedConfig = {
  environment: "local",
  region: "eu-west-1",
  organizationId: null,
  sharedServices: { id: "111111111111" },
  network: {
    corporateCidrs: ["192.168.10.0/24"],
    resolver: { inbound: true },
    additionalEndpoints: ["ecr-api", "ecr-dkr", "kms"],
  },
  linesOfBusiness: [
    { name: "lob-a", account: { id: "222222222222" }, users: ["user-lob-a"] },
    { name: "lob-b", account: { id: "333333333333" }, users: ["user-lob-b"] },
  ],
  onPremise: null,
};
