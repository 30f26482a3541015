import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";

import { chosenConfigFile, loadConfig, stackNames } from "@studio-access/config";
import { checkoutRoot, prepareTerraform, synth } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { inheritedVariables } from "../environment/operated-environment";
import { workingFolder } from "../environment/working-folder";

interface Flags {
  readonly config?: string;
  readonly install: boolean;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function run(flags: Flags): Promise<void> {
  const root = checkoutRoot();
  const configFile = chosenConfigFile(flags.config);
  const config = loadConfig(configFile);
  const directory = workingFolder({ root, configFile, environment: config.environment, command: "synth" });
  const logs = join(directory, "logs");
  await mkdir(logs, { recursive: true });
  const { environment } = await prepareTerraform({ directory, noInstall: !flags.install, announce: note });
  // Where cdktf itself writes to, so that `cdktf deploy --skip-synth` takes it.
  const outdir = join(root, "cdktf.out");
  note("Bundling the functions and synthesizing the stacks …");
  await synth({
    folders: { root, logs, configFile, config, outdir },
    environment: { ...inheritedVariables(), ...environment },
  });
  process.stdout.write(`${relative(process.cwd(), outdir)}: ${stackNames(config).join(", ")}\n`);
}

export const command = studioCommand({
  name: "synth",
  description:
    "Writes every stack of an environment to cdktf.out, as `cdktf synth` does. Calls no AWS service.",
  examples: [["./studio synth --config config/prod.json", "the stacks of one environment"]],
}).action(run);
