import { ciStackName, type Config } from "@studio-access/config";

import type { Studio } from "../config-edit/edit-config";
import type { NextStep } from "../config-edit/next-steps";
import type { DeployedParts } from "./deployed-parts";

/** What has to be removed before the entry, in this order; empty when nothing is left of the line of business. */
export function beforeRemovingLob(
  name: string,
  { environment, dataRetention }: Pick<Config, "environment" | "dataRetention">,
  { resources, roles, isTeardownUnfinished }: DeployedParts,
  studio: Studio,
): readonly NextStep[] {
  const steps: NextStep[] = [];
  if (resources > 0 && dataRetention === "retain")
    steps.push([
      'The config keeps users\' data (dataRetention is "retain"), and so does teardown: ' +
        "docs/runbook.md#remove-a-line-of-business says how to let it go.",
    ]);
  if (resources > 0 || isTeardownUnfinished)
    steps.push(
      [
        "See what goes for good, with its users' apps, spaces and home directories:",
        studio(`teardown --lob ${name} --dry-run`),
      ],
      ["Remove it:", studio(`teardown --lob ${name} --confirm ${environment}`)],
    );
  if (roles > 0)
    steps.push([
      "An administrator removes the roles of the GitHub workflows in its account:",
      `npx cdktf destroy ${ciStackName(name)}`,
    ]);
  return steps.length === 0
    ? []
    : [...steps, ["Then take it out of the config:", studio(`remove-lob --name ${name}`)]];
}

/**
 * What to do once the entry is gone.
 *
 * @param emptyState where the states are, if the hub has none there: then nothing is deployed
 */
export function afterRemovingLob(
  { organizationId, dataRetention }: Pick<Config, "organizationId" | "dataRetention">,
  emptyState: string | undefined,
  studio: Studio,
): readonly NextStep[] {
  if (emptyState !== undefined)
    return [
      [
        `The hub has no state in ${emptyState}, so nothing is deployed from here, and nothing has to be. If another checkout ` +
          "deployed this environment, put the entry back, and remove the line of business there.",
      ],
    ];
  if (organizationId !== null)
    return [["No other stack names its account, since the config names an Organization: all is done."]];
  const steps: NextStep[] = [
    ["networking and access still name its account:", studio("deploy networking access")],
  ];
  // Otherwise that deploy would lift the protection of everybody's data.
  return dataRetention === "retain"
    ? steps
    : [['If dataRetention was set to "delete" for the teardown alone, write "retain" again.'], ...steps];
}
