import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import { policyDocument } from "../constructs/policy-document";

export interface SessionManagerProfileProps extends AccountContext {
  /** Parts of the role's and the profile's name. */
  readonly name: readonly string[];
}

/**
 * What an instance needs to be reached by Session Manager, and no more: it can read no parameter and no bucket, which
 * AWS's own AmazonSSMManagedInstanceCore would allow.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export class SessionManagerProfile extends Construct {
  readonly profileName: string;
  /** Must be there before the instance: an agent that is refused at its first start tries again much later. */
  readonly policy: ITerraformDependable;

  constructor(scope: Construct, id: string, props: SessionManagerProfileProps) {
    super(scope, id);
    const { provider, config, names } = props;
    const name = names.of(...props.name);

    const role = new IamRole(this, "Role", {
      provider,
      name,
      path: names.rolePath,
      description: "Studio Access: the simulator's client, reachable by Session Manager",
      // EC2 sends no aws:SourceAccount when it assumes an instance's role, so none can be asked for.
      assumeRolePolicy: policyDocument({
        Sid: "Ec2Service",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    });
    this.policy = new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "session-manager",
      policy: policyDocument(
        {
          Sid: "Register",
          Effect: "Allow",
          Action: "ssm:UpdateInstanceInformation",
          Resource: `arn:aws:ec2:${config.region}:${config.sharedServices.id}:instance/*`,
        },
        {
          // AWS knows no resource for these.
          Sid: "SessionChannels",
          Effect: "Allow",
          Action: [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          Resource: "*",
        },
      ),
    });
    this.profileName = new IamInstanceProfile(this, "Profile", {
      provider,
      name,
      path: names.rolePath,
      role: role.name,
    }).name;
  }
}
