import { evaluateRequest, parsePolicy } from "@studio-access/policy";

import { parseFunctionName } from "../lambda-runtime/function-configuration";
import type { FunctionDirectory } from "../lambda-runtime/function-directory";

/** API Gateway as the caller of a function. */
export interface GatewayCaller {
  /** `arn:aws:execute-api:region:account:api/stage/METHOD/path`, or `…/authorizers/ID`. */
  readonly sourceArn: string;
  readonly account: string;
  readonly region: string;
  /** Role that API Gateway assumes, if the API names one. */
  readonly credentials: string | undefined;
}

/** Whether API Gateway can assume the role, and the role can invoke the function. */
export type RoleMayInvoke = (roleArn: string, functionArn: string, caller: GatewayCaller) => Promise<boolean>;

export interface InvokePermissions {
  allows(functionArn: string, caller: GatewayCaller): Promise<boolean>;
}

/** Evaluates a function's resource-based policy; where API Gateway assumes a role, the role decides instead. */
export function invokePermissions(
  directory: Pick<FunctionDirectory, "policyOf">,
  roleMayInvoke: RoleMayInvoke,
): InvokePermissions {
  return {
    async allows(functionArn, caller) {
      if (caller.credentials !== undefined)
        return await roleMayInvoke(caller.credentials, functionArn, caller);
      const id = parseFunctionName(functionArn, caller);
      const policy = await directory.policyOf(id);
      return policy !== undefined && letsGatewayIn(policy, functionArn, caller);
    },
  };
}

function letsGatewayIn(policy: string, functionArn: string, { sourceArn, account }: GatewayCaller): boolean {
  const decision = evaluateRequest({
    request: {
      principal: { type: "service", name: "apigateway.amazonaws.com" },
      action: "lambda:InvokeFunction",
      resource: functionArn,
      context: { "aws:SourceArn": sourceArn, "aws:SourceAccount": account },
    },
    identityPolicies: [],
    resourcePolicy: parsePolicy(policy, { name: `policy of ${functionArn}`, kind: "resource" }),
  });
  return decision.allowed;
}

/** The ARN that API Gateway invokes with. Variables of the path become `*`: `/users/{id}` is `/users/*`. */
export function integrationSourceArn(
  { region, account, apiId }: { readonly region: string; readonly account: string; readonly apiId: string },
  stage: string,
  method: string,
  resourcePath: string,
): string {
  return `arn:aws:execute-api:${region}:${account}:${apiId}/${stage}/${method}${resourcePath.replace(/\{[^}]+\}/g, "*")}`;
}
