import { chosenConfigFile, withoutLob } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";
import { studioCommand } from "@studio-access/terraform-cli/command";

import { editConfig, studioFor, type EditFlags } from "../config-edit/edit-config";
import { nextSteps } from "../config-edit/next-steps";
import { shownPath } from "../config-edit/shown-path";
import { resourcesInState, stateLocation } from "../environment/deployed-state";
import { deployedParts } from "./deployed-parts";
import { afterRemovingLob, beforeRemovingLob } from "./steps";

interface Flags extends EditFlags {
  readonly name: string;
}

/**
 * Removes a line of business from a config.
 *
 * @param root path of the checkout, in which local states are
 * @returns what to print
 * @throws {Error} with what to do first, when something of it is still deployed
 */
export async function removeLob(flags: Flags, root: string): Promise<string> {
  const { name } = flags;
  const configFile = chosenConfigFile(flags.config);
  return editConfig(flags, async (before, text) => {
    // Refuses an unknown name before a state of that name is looked for.
    const after = withoutLob(text, name);
    const parts = await deployedParts(name, before, { root, configFile });
    const steps = beforeRemovingLob(name, before, parts, studioFor(flags));
    if (steps.length > 0)
      throw new Error(
        [
          nextSteps([
            [
              `${name} is still deployed. ${shownPath(configFile)} stays as it is, since no command finds the account without the entry.`,
            ],
          ]),
          nextSteps(steps),
        ].join("\n\n"),
      );
    const isHubThere = (await resourcesInState("networking", root, before)) > 0;
    const emptyState = isHubThere ? undefined : stateLocation(before);
    return {
      what: `${name} removed`,
      change: () => after,
      next: (config, studio) => nextSteps(afterRemovingLob(config, emptyState, studio)),
    };
  });
}

export const command = studioCommand({
  name: "remove-lob",
  description:
    "Removes a line of business from a config, once nothing of it is deployed any more, and says what to deploy. " +
    "Where it is still deployed, says what to do first.",
  examples: [
    ["./studio remove-lob --name lob-c", "after ./studio teardown --lob lob-c"],
    ["./studio remove-lob --name lob-c --dry-run", "shows the lines only"],
  ],
})
  .requiredOption("--name <name>", "name of the line of business")
  .option("--dry-run", "show the change, and write nothing")
  .action(async (flags: Flags) => {
    process.stdout.write(`${await removeLob(flags, checkoutRoot())}\n`);
  });
