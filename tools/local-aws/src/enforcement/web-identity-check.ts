import type { IamStore } from "../iam/iam-store";
import type { AwsCall } from "../server/call";
import type { WebIdentityOf } from "../server/data-plane";
import { formOf, parameter } from "../server/form";
import { WITH_WEB_IDENTITY } from "../server/parse-call";
import { originOf } from "./request-context";
import type { AuthorizationResult } from "./authorization-result";
import { WEB_IDENTITY_ACTION, type PolicyEvaluator } from "./policy-evaluator";

export interface WebIdentityCheckOptions {
  readonly iam: Pick<IamStore, "role">;
  readonly evaluator: Pick<PolicyEvaluator, "webIdentity">;
  readonly webIdentityOf: WebIdentityOf;
}

export function isWebIdentityCall({ service, operation }: AwsCall): boolean {
  return service === "sts" && operation === WITH_WEB_IDENTITY;
}

/**
 * sts:AssumeRoleWithWebIdentity: the role's trust policy and the endpoint policy decide. A signature on the call does not
 * matter.
 *
 * @throws {AwsError} the error that AWS returns for a bad token, before it looks at the role
 */
export async function authorizeWebIdentity(
  call: AwsCall,
  { iam, evaluator, webIdentityOf }: WebIdentityCheckOptions,
): Promise<AuthorizationResult> {
  const identity = await webIdentityOf(call);
  const form = formOf(call);
  const resource = parameter(form, "RoleArn");
  const who = `${identity.subject} of ${identity.provider}`;
  const role = await iam.role(resource);
  if (role) {
    const roleSessionName = parameter(form, "RoleSessionName");
    return await evaluator.webIdentity(originOf(call), { who, identity, role, roleSessionName });
  }
  const why = `there is no role ${resource}`;
  const action = WEB_IDENTITY_ACTION;
  return { who, action, actions: [action], resource, allowed: false, why, awsReason: "" };
}
