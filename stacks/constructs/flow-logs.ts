import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";

import type { EncryptedContext } from "./account-stack";
import { policyDocument, serviceTrust } from "./policy-document";

export interface FlowLogsProps extends EncryptedContext {
  /** Names the VPC in the log group's and the role's name. */
  readonly vpcName: string;
  readonly vpcId: string;
}

/** Flow logs of a VPC: accepted and rejected flows, to an encrypted log group. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { provider, names } = props;

    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      provider,
      name: `/${names.prefix}/flow-logs/${props.vpcName}`,
      retentionInDays: props.config.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    const role = new IamRole(this, "Role", {
      provider,
      name: names.of(props.vpcName, "flow-logs"),
      path: names.rolePath,
      assumeRolePolicy: serviceTrust("vpc-flow-logs.amazonaws.com", props.accountId),
    });
    new IamRolePolicy(this, "Policy", {
      provider,
      role: role.name,
      name: "write-flow-logs",
      policy: policyDocument({
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: `${logGroup.arn}:*`,
      }),
    });
    new FlowLog(this, "FlowLog", {
      provider,
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags: { Name: names.of(props.vpcName) },
    });
  }
}
