import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { Construct } from "constructs";

import type { EncryptedContext } from "./account-stack";
import { policyDocument } from "./policy-document";

export interface DnsQueryLogProps extends EncryptedContext {
  /** Names the VPC in the log group's name. */
  readonly vpcName: string;
  readonly vpcId: string;
}

/** Every name that is asked for in a VPC, and what the DNS firewall said to it, in an encrypted log group. */
export class DnsQueryLog extends Construct {
  constructor(scope: Construct, id: string, props: DnsQueryLogProps) {
    super(scope, id);
    const { provider, names, config, accountId, vpcName } = props;

    const logGroup = new CloudwatchLogGroup(this, "LogGroup", {
      provider,
      name: `/${names.prefix}/dns-queries/${vpcName}`,
      retentionInDays: config.logRetentionDays,
      kmsKeyId: props.keyArn,
    });
    // Declared here: AWS would make a policy of its own otherwise, for whoever may make one, and leave it behind.
    // Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
    const delivery = new CloudwatchLogResourcePolicy(this, "Delivery", {
      provider,
      policyName: names.of(vpcName, "dns-queries"),
      policyDocument: policyDocument({
        Sid: "DeliverDnsQueries",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroup.arn}:log-stream:*`,
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:${config.region}:${accountId}:*` },
        },
      }),
    });
    const queryLog = new Route53ResolverQueryLogConfig(this, "Config", {
      provider,
      name: names.of(vpcName, "dns-queries"),
      destinationArn: logGroup.arn,
      dependsOn: [delivery],
    });
    new Route53ResolverQueryLogConfigAssociation(this, "Association", {
      provider,
      resolverQueryLogConfigId: queryLog.id,
      resourceId: props.vpcId,
    });
  }
}
