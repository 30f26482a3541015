import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";

import { workflowTrust } from "./github-provider";
import { ciPath, ciRoleName, type CiRole } from "@studio-access/config";
import type { CiRoleProps } from "./ci-account-context";

export interface WorkflowRoleOptions {
  readonly role: CiRole;
  readonly description: string;
  readonly maxSessionDuration: number;
  /** Subjects of the tokens that get the role. */
  readonly trusted: readonly string[];
}

/** A role without rights yet, for workflow runs with these subjects. */
export function workflowRole(
  scope: Construct,
  { provider, config, accountId, github }: CiRoleProps,
  { role, description, maxSessionDuration, trusted }: WorkflowRoleOptions,
): IamRole {
  return new IamRole(scope, "Role", {
    provider,
    name: ciRoleName(config, role),
    path: ciPath(config),
    description,
    maxSessionDuration,
    assumeRolePolicy: workflowTrust(accountId, ...trusted),
    ...(github === undefined ? {} : { dependsOn: [github] }),
  });
}
