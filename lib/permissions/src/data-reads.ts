import type { Statement } from "./statement";

/**
 * Reads of users' data, and access to running systems, that neither a plan nor a deploy needs. They are denied by name,
 * so that a policy that somebody attaches later, such as ReadOnlyAccess, does not open them.
 */
const DATA = [
  "cognito-idp:AdminInitiateAuth",
  "cognito-idp:ListUsers",
  "dynamodb:BatchGetItem",
  "dynamodb:ExportTableToPointInTime",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetConsoleOutput",
  "ec2:GetConsoleScreenshot",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "elasticfilesystem:ClientMount",
  "lambda:InvokeFunction",
  "lambda:InvokeFunctionUrl",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "logs:Unmask",
  "s3:GetObjectVersion",
  "sagemaker:CreatePresignedDomainUrl",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "ssm:SendCommand",
  "ssm:StartSession",
  "sts:AssumeRole",
];

/** @param states ARNs of the objects that may be read; none in an account without them */
export function noDataStatements(states: readonly string[]): readonly Statement[] {
  return [
    { Sid: "NoData", Effect: "Deny", Action: DATA, Resource: "*" },
    states.length === 0
      ? { Sid: "NoObjects", Effect: "Deny", Action: "s3:GetObject", Resource: "*" }
      : { Sid: "NoObjects", Effect: "Deny", Action: "s3:GetObject", NotResource: states },
  ];
}
