import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { stopInstance } from "./stop";

async function run({ name }: { readonly name?: string }): Promise<void> {
  const stopped = await stopInstance(checkoutRoot(), name, {
    kill: (pid, signal) => process.kill(pid, signal),
    note: (text) => process.stderr.write(`${text}\n`),
  });
  process.stdout.write(`${stopped.name} was stopped, with all programs that it started.\n`);
}

export const command = studioCommand({
  name: "stop",
  description: "Stops a local deployment of this checkout, as Ctrl-C does.",
  examples: [
    ["./studio stop", "the only one that is up"],
    ["./studio stop --name three", "one of several"],
  ],
  exitCodes: { 1: "none is up, or it did not end" },
  config: false,
})
  .option("--name <name>", "name of the deployment, when several are up")
  .action(run);
