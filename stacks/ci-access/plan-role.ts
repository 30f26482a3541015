import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import { noDataStatements, readStatements, stateObjects, stateStatements } from "@studio-access/permissions";
import { policyDocument } from "../constructs/policy-document";
import { subjects } from "./github-provider";
import type { CiRoleProps } from "./ci-account-context";
import { workflowRole } from "./workflow-role";

/**
 * The role that workflows plan with: for pull requests, and for drift on the default branch.
 *
 * Whoever may push a branch can change what a pull request's workflow does, and so use this role: it reads what Terraform
 * compares, the state included, and nothing more.
 */
export class PlanRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id);
    const { provider, ci } = props;
    const role = workflowRole(this, props, {
      role: "plan",
      description: "Studio Access: workflows plan with it",
      maxSessionDuration: 3600,
      trusted: [subjects.pullRequest(ci), subjects.defaultBranch(ci)],
    });
    this.arn = role.arn;
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "plan",
      policy: policyDocument(
        ...readStatements(props),
        ...stateStatements("read", props),
        ...noDataStatements(stateObjects("read", props)),
      ),
    });
  }
}
