import { evaluateAssumeRole, evaluateRequest } from "@studio-access/policy";

import { IamStore } from "../../iam/iam-store";
import type { AwsCall, Moto } from "../../server/call";
import { AwsError } from "../../server/aws-error";

const SESSION_NAME = "BackplaneAssumeRoleSession";

/** The group that API Gateway makes and writes to, as the role, to try the role out. */
const WELCOME_GROUP = "/aws/apigateway/welcome";

/**
 * What the role must be allowed.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html, "Permissions for CloudWatch
 * logging", and the managed policy AmazonAPIGatewayPushToCloudWatchLogs that it names
 */
function requestsFor(
  region: string,
  account: string,
): readonly (readonly [action: string, resource: string])[] {
  const group = `arn:aws:logs:${region}:${account}:log-group:${WELCOME_GROUP}`;
  const stream = `${group}:log-stream:welcome`;
  return [
    ["logs:CreateLogGroup", group],
    ["logs:CreateLogStream", group],
    ["logs:DescribeLogGroups", "*"],
    ["logs:DescribeLogStreams", group],
    ["logs:FilterLogEvents", group],
    ["logs:GetLogEvents", stream],
    ["logs:PutLogEvents", stream],
  ];
}

interface PatchBody {
  readonly patchOperations?: readonly { readonly path?: string; readonly value?: string }[];
}

/**
 * UpdateAccount: refuses a role for CloudWatch that API Gateway cannot assume, or that may not write logs.
 *
 * @throws {AwsError} as AWS does; the Terraform provider takes it for a delay of IAM, and tries again for minutes
 */
export async function checkLogWriterRole(moto: Pick<Moto, "query">, call: AwsCall): Promise<void> {
  const { patchOperations = [] } = JSON.parse(call.body.toString()) as PatchBody;
  const arn = patchOperations.find(({ path }) => path === "/cloudwatchRoleArn")?.value ?? "";
  // An empty ARN takes the setting away.
  if (arn === "" || (await mayWriteLogs(moto, arn, call))) return;
  throw new AwsError(
    "BadRequestException",
    "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
  );
}

async function mayWriteLogs(
  moto: Pick<Moto, "query">,
  roleArn: string,
  { account, region }: AwsCall,
): Promise<boolean> {
  const role = await new IamStore(moto).role(roleArn);
  if (role === undefined) return false;
  const { allowed: assumed } = evaluateAssumeRole({
    caller: { type: "service", name: "apigateway.amazonaws.com" },
    roleArn,
    roleSessionName: SESSION_NAME,
    identityPolicies: [],
    trustPolicy: role.trust,
    context: {},
  });
  return (
    assumed &&
    requestsFor(region, account).every(
      ([action, resource]) =>
        evaluateRequest({
          request: {
            principal: { type: "role_session", roleArn, sessionName: SESSION_NAME },
            action,
            resource,
          },
          identityPolicies: role.policies,
          permissionBoundary: role.boundary,
        }).allowed,
    )
  );
}
