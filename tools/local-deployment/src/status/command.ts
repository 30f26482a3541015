import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { runningInstances } from "../instance";

async function run(): Promise<void> {
  const running = await runningInstances(checkoutRoot());
  if (running.length === 0) {
    process.stdout.write("No local deployment of this checkout is up. `npm start` starts one.\n");
    process.exitCode = 1;
    return;
  }
  for (const { name, pid, since, endpoint = "still starting" } of running)
    process.stdout.write(`${name}: ${endpoint}, process ${pid}, since ${since}\n`);
}

export const command = studioCommand({
  name: "status",
  description: "Tells which local deployments of this checkout are up.",
  examples: [["./studio status", "name, address, process and start of each"]],
  exitCodes: { 1: "none is up" },
  config: false,
}).action(run);
