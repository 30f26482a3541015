/**
 * Signing names of the services that moto answers on its own or, for some operations, with a handler's corrections.
 * A service that is not listed is refused, so that every new dependency on AWS is added here on purpose.
 */
export const FORWARDED_SERVICES: ReadonlySet<string> = new Set([
  "apigateway",
  "cognito-idp",
  "dynamodb",
  "ec2",
  "elasticfilesystem",
  "events",
  "iam",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "organizations",
  "route53",
  "route53resolver",
  "s3",
  "sagemaker",
  "secretsmanager",
  "sns",
  "ssm",
  "sts",
  "tagging",
  "xray",
]);
