import type { IamStore } from "../iam/iam-store";
import type { AwsCall } from "../server/call";
import type { WebIdentityOf } from "../server/data-plane";
import { formOf, parameter } from "../server/form";
import { WITH_WEB_IDENTITY } from "../server/parse-call";
import { wayOf } from "./circumstances";
import type { Finding } from "./finding";
import { WEB_IDENTITY_ACTION, type Judge } from "./judge";

export interface WebIdentityCheckOptions {
  readonly iam: Pick<IamStore, "role">;
  readonly judge: Pick<Judge, "webIdentity">;
  readonly webIdentityOf: WebIdentityOf;
}

export function isWebIdentityCall({ service, operation }: AwsCall): boolean {
  return service === "sts" && operation === WITH_WEB_IDENTITY;
}

/**
 * sts:AssumeRoleWithWebIdentity: the role's trust policy alone decides. Whoever signs the call besides plays no part.
 *
 * @throws {AwsError} what AWS answers to a bad token, before it looks at the role
 */
export async function webIdentityFinding(
  call: AwsCall,
  { iam, judge, webIdentityOf }: WebIdentityCheckOptions,
): Promise<Finding> {
  const identity = await webIdentityOf(call);
  const form = formOf(call);
  const resource = parameter(form, "RoleArn");
  const who = `${identity.subject} of ${identity.provider}`;
  const role = await iam.role(resource);
  if (role) {
    const roleSessionName = parameter(form, "RoleSessionName");
    return await judge.webIdentity(wayOf(call), { who, identity, role, roleSessionName });
  }
  const why = `there is no role ${resource}`;
  const action = WEB_IDENTITY_ACTION;
  return { who, action, actions: [action], resource, allowed: false, why, awsReason: "" };
}
