import { zoneSharingOf } from "@studio-access/config";

import type { Account } from "./account";

const EVERYWHERE = ["ec2", "logs", "ram", "route53resolver"];
const IN_SHARED_SERVICES = ["apigateway", "cloudwatch", "cognito-idp", "dynamodb", "lambda", "sns"];
const IN_LOBS = ["elasticfilesystem", "sagemaker"];

/**
 * The services of the resources in our stacks. New resource types and new versions of the provider need other actions
 * of a service, so each service is allowed as a whole, in the one region. Actions that lead beyond it are denied,
 * and IAM, S3 and KMS are not in this list (docs/decisions/0008-roles-for-workflows.md).
 */
export function servicesOf({ config, lob }: Account): readonly string[] {
  return [
    ...EVERYWHERE,
    ...(zoneSharingOf(config).byProfile ? ["route53profiles"] : []),
    ...(lob === undefined ? IN_SHARED_SERVICES : IN_LOBS),
  ];
}

/** Services that run with a role of ours. */
export const RUNS_WITH_ROLES = ["apigateway", "ec2", "lambda", "sagemaker", "vpc-flow-logs"];

/** Services that make themselves a role when first used. */
export const SERVICE_LINKED = [
  "elasticfilesystem.amazonaws.com",
  "ops.apigateway.amazonaws.com",
  "ram.amazonaws.com",
  "route53resolver.amazonaws.com",
  "sagemaker.amazonaws.com",
  "transitgateway.amazonaws.com",
];
