import { ciStackName, stacksOf, type Config } from "@studio-access/config";

import { resourcesInState, type DeployedStateOptions } from "../environment/deployed-state";
import { workingFolder } from "../environment/working-folder";
import { JournalFile } from "../teardown/journal";

/** What is still there of a line of business. */
export interface DeployedParts {
  /** Resources in the state of its stack. */
  readonly resources: number;
  /** Resources in the state of the stack with its account's roles of workflows. */
  readonly roles: number;
  /** Whether a teardown in this checkout was interrupted while it removed the Studio domain. */
  readonly isTeardownUnfinished: boolean;
}

/** Looks in the states, and in the record of an interrupted teardown, without Terraform and without a synth. */
export async function deployedParts(
  lob: string,
  config: Config,
  { root, configFile }: DeployedStateOptions,
): Promise<DeployedParts> {
  const { environment } = config;
  const roles = ciStackName(lob);
  const hasRoles = stacksOf(config).some(({ name }) => name === roles);
  const journal = new JournalFile(workingFolder({ root, configFile, environment, command: "teardown" }));
  return {
    resources: await resourcesInState(lob, root, config),
    roles: hasRoles ? await resourcesInState(roles, root, config) : 0,
    isTeardownUnfinished: (await journal.read()).some((record) => record.lob === lob),
  };
}
