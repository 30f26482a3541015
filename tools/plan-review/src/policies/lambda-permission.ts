import type { Attributes, ResourceChange } from "../model";
import type { NamedDocument } from "../policy-change";
import { isUnknown, textOf } from "../rules/changes";
import type { AttachedPolicy } from "./attached-policy";

function principalOf(principal: string): object | "*" {
  if (principal === "*") return "*";
  return principal.endsWith(".amazonaws.com") ? { Service: principal } : { AWS: principal };
}

function conditionOf(attributes: Attributes): object {
  const condition = (operator: string, key: string, name: string): object => {
    const value = textOf(attributes, name);
    return value === undefined ? {} : { [operator]: { [key]: value } };
  };
  const equals = [
    ["aws:SourceAccount", "source_account"],
    ["aws:PrincipalOrgID", "principal_org_id"],
    ["lambda:FunctionUrlAuthType", "function_url_auth_type"],
  ].flatMap(([key = "", name = ""]) => {
    const value = textOf(attributes, name);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...condition("ArnLike", "aws:SourceArn", "source_arn"),
    ...(equals.length === 0 ? {} : { StringEquals: Object.fromEntries(equals) }),
  };
}

/** The statement that Lambda adds to the function's policy. */
function documentOf(attributes: Attributes | null): NamedDocument | undefined {
  if (attributes === null) return undefined;
  const statement = {
    Effect: "Allow",
    Principal: principalOf(textOf(attributes, "principal") ?? "*"),
    Action: textOf(attributes, "action") ?? "lambda:*",
    // The statement names the function without its version, which does not affect who may call it.
    Resource: "*",
    Condition: conditionOf(attributes),
  };
  const name = `permission "${textOf(attributes, "statement_id") ?? ""}"`;
  return { name, document: { Version: "2012-10-17", Statement: [statement] } };
}

/** An `aws_lambda_permission` as a resource policy of its function. */
export function lambdaPermission(resource: ResourceChange): AttachedPolicy {
  return {
    resource,
    kind: "resource",
    attribute: "permission",
    target: textOf(resource.after ?? resource.before, "function_name"),
    isSeparate: true,
    before: documentOf(resource.before),
    after: documentOf(resource.after),
    isUnknown:
      resource.after !== null &&
      ["principal", "source_arn", "action"].some((name) => isUnknown(resource, name)),
  };
}
