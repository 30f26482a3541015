import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { runningInstances } from "../instance";
import type { Health } from "../page/landing-page";
import { PATHS } from "../page/paths";
import { statusText } from "./status-text";

/** A busy local AWS reads the states of all stacks for its answer. */
const LONGEST_ANSWER_MS = 10_000;

async function healthOf(endpoint: string | undefined): Promise<Health | undefined> {
  if (endpoint === undefined) return undefined;
  try {
    const response = await fetch(endpoint + PATHS.health, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
    return response.ok ? ((await response.json()) as Health) : undefined;
  } catch {
    return undefined;
  }
}

async function run(): Promise<void> {
  const running = await runningInstances(checkoutRoot());
  if (running.length === 0) {
    process.stdout.write("No local deployment of this checkout is up. `npm start` starts one.\n");
    process.exitCode = 1;
    return;
  }
  const found = running.map(async (instance) => ({ ...instance, health: await healthOf(instance.endpoint) }));
  process.stdout.write(`${statusText(await Promise.all(found))}\n`);
}

export const command = studioCommand({
  name: "status",
  description: "Tells which local deployments of this checkout are up, and how far each is.",
  examples: [["./studio status", "address, start, stacks and process of each"]],
  exitCodes: { 1: "none is up" },
  config: false,
}).action(run);
