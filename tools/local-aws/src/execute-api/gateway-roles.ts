import { evaluateAssumeRole, evaluateRequest } from "@studio-access/policy";

import type { IamStore } from "../iam/iam-store";
import type { IamRole } from "../iam/role";
import type { GatewayCaller, RoleMayInvoke } from "./invoke-permission";

/** API Gateway's name for its role sessions. */
const SESSION_NAME = "BackplaneAssumeRoleSession";

/** Whether API Gateway can assume the role that an API names, and whether the role can invoke the function. */
export function gatewayRoles(iam: Pick<IamStore, "role">): RoleMayInvoke {
  return async (roleArn, functionArn, caller) => {
    const role = await iam.role(roleArn);
    return role !== undefined && trusts(role, caller) && allows(role, functionArn);
  };
}

function trusts({ arn: roleArn, trust }: IamRole, { account, sourceArn }: GatewayCaller): boolean {
  return evaluateAssumeRole({
    caller: { type: "service", name: "apigateway.amazonaws.com" },
    roleArn,
    roleSessionName: SESSION_NAME,
    identityPolicies: [],
    trustPolicy: trust,
    context: { "aws:SourceAccount": account, "aws:SourceArn": sourceArn },
  }).allowed;
}

function allows({ arn: roleArn, policies, boundary }: IamRole, functionArn: string): boolean {
  return evaluateRequest({
    request: {
      principal: { type: "role_session", roleArn, sessionName: SESSION_NAME },
      action: "lambda:InvokeFunction",
      resource: functionArn,
    },
    identityPolicies: policies,
    permissionBoundary: boundary,
  }).allowed;
}
