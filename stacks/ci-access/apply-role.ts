import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";

import { namesFor, ciPath } from "@studio-access/config";
import {
  changeRefusals,
  changeStatements,
  noDataStatements,
  readStatements,
  stateObjects,
  stateStatements,
} from "@studio-access/permissions";
import { policyDocument } from "../constructs/policy-document";
import { subjects } from "./github-provider";
import type { CiRoleProps } from "./ci-account-context";
import { workflowRole } from "./workflow-role";

/** Two hours: a deploy of the hub alone can take half an hour. */
const LONGEST_DEPLOY_SECONDS = 7200;

/**
 * The role that applies reviewed plans. Only a job of the deploy environment gets it, which GitHub starts after whoever
 * that environment names has approved.
 */
export class ApplyRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id);
    const { provider, ci } = props;
    const role = workflowRole(this, props, {
      role: "apply",
      description: "Studio Access: the approved deploy job applies with it",
      maxSessionDuration: LONGEST_DEPLOY_SECONDS,
      trusted: [subjects.deployment(ci)],
    });
    this.arn = role.arn;
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "apply",
      policy: policyDocument(
        ...changeStatements(props),
        ...stateStatements("write", props),
        ...changeRefusals(props),
        ...noDataStatements(stateObjects("write", props)),
      ),
    });
    this.#refresh(role, props);
  }

  /**
   * Applying reads first, as planning does. The reads are a policy of their own: both together exceed IAM's size limit
   * for inline policies.
   */
  #refresh(role: IamRole, props: CiRoleProps): void {
    const { provider, config } = props;
    const policy = new IamPolicy(this, "Look", {
      provider,
      name: namesFor(config.environment).of("ci-look"),
      path: ciPath(config),
      description: "Studio Access: what Terraform looks at before it changes anything",
      policy: policyDocument(...readStatements(props)),
    });
    new IamRolePolicyAttachment(this, "LookAttachment", {
      provider,
      role: role.name,
      policyArn: policy.arn,
    });
  }
}
