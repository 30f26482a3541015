import { namesFor } from "@studio-access/config";
import type { Account } from "./account";

type Arn = (resource: string) => string;

/** ARNs of one account, by service. */
export interface Arns {
  readonly apigateway: Arn;
  readonly cloudwatch: Arn;
  readonly cognito: Arn;
  readonly dynamodb: Arn;
  readonly ec2: Arn;
  readonly iam: Arn;
  readonly kms: Arn;
  readonly lambda: Arn;
  readonly logs: Arn;
  readonly ram: Arn;
  readonly resolver: Arn;
  readonly route53: Arn;
  readonly sagemaker: Arn;
  readonly sns: Arn;
  readonly ssm: Arn;
  /** Prefix of the names of everything in this environment. */
  readonly named: string;
}

export function arnsOf({ config, accountId: id }: Pick<Account, "config" | "accountId">): Arns {
  const { region } = config;
  const of =
    (service: string): Arn =>
    (resource) =>
      `arn:aws:${service}:${region}:${id}:${resource}`;
  return {
    apigateway: (resource) => `arn:aws:apigateway:${region}::/${resource}`,
    cloudwatch: (name) => of("cloudwatch")(`alarm:${name}`),
    cognito: of("cognito-idp"),
    dynamodb: of("dynamodb"),
    ec2: of("ec2"),
    iam: (resource) => `arn:aws:iam::${id}:${resource}`,
    kms: of("kms"),
    lambda: of("lambda"),
    logs: of("logs"),
    ram: of("ram"),
    resolver: of("route53resolver"),
    route53: (resource) => `arn:aws:route53:::${resource}`,
    sagemaker: of("sagemaker"),
    sns: of("sns"),
    // Parameters of AWS's own belong to no account.
    ssm: (resource) => `arn:aws:ssm:${region}::${resource}`,
    named: namesFor(config.environment).prefix,
  };
}
