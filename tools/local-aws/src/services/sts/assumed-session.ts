import type { AssumedSession } from "../../server/data-plane";
import { membersOf, parameter } from "../../server/form";
import { textAt, type XmlElement } from "../../server/xml";

/**
 * The part of a session that AssumeRole and AssumeRoleWithWebIdentity have in common.
 *
 * @param result - the result element of STS's reply
 */
export function sessionOf(
  form: URLSearchParams,
  result: XmlElement,
): Omit<AssumedSession, "callerAccessKeyId" | "callerAccount"> {
  const roleArn = parameter(form, "RoleArn");
  return {
    accessKeyId: textAt(result, "Credentials", "AccessKeyId") ?? "",
    account: roleArn.split(":")[4] ?? "",
    roleArn,
    sessionName: parameter(form, "RoleSessionName"),
    sourceIdentity: undefined,
    tags: new Map(),
    transitiveTagKeys: [],
    policy: form.get("Policy") ?? undefined,
    policyArns: membersOf(form, "PolicyArns", ".arn"),
    expiresAt: new Date(textAt(result, "Credentials", "Expiration") ?? Date.now()),
  };
}
