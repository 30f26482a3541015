import { monthlyCost } from "@studio-access/plan-review";
import { studioCommand, writeJson } from "@studio-access/terraform-cli/command";

import { configuredResources } from "../environment/synthesized-resources";
import { costReport } from "./cost-report";

interface Flags {
  readonly json?: string;
  readonly config?: string;
}

async function run({ config, json }: Flags): Promise<void> {
  process.stderr.write("Synthesizing the stacks of this environment …\n");
  const cost = monthlyCost(await configuredResources(config));
  process.stdout.write(`\n${costReport(cost)}\n`);
  await writeJson(json, cost);
}

export const command = studioCommand({
  name: "cost",
  description: "Adds up what everything that a config calls for costs in a month, whether it is used or not.",
  examples: [
    ["./studio cost --config config/prod.json", "per stack and in total, before anything is deployed"],
  ],
})
  .option("--json <file>", "write every line, for machines")
  .action(run);
