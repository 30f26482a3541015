import { compile, type StoredPolicy } from "../iam/stored-policy";
import { parseFunctionName, type FunctionId } from "../lambda-runtime/function-configuration";
import type { FunctionDirectory } from "../lambda-runtime/function-directory";
import { invokedFunction } from "../lambda-runtime/invoke-api";
import type { AwsCall } from "../server/call";
import type { AuthorizationCheck } from "./authorization-check";
import { originOf } from "./request-context";
import type { PolicyEvaluator } from "./policy-evaluator";

export interface InvokeCheckOptions {
  readonly evaluator: Pick<PolicyEvaluator, "evaluate">;
  readonly functions: Pick<FunctionDirectory, "policyOf">;
}

/** lambda:InvokeFunction of a signed call: the caller's policies and the function's resource-based policy decide. */
export function invokeCheck({ evaluator, functions }: InvokeCheckOptions): AuthorizationCheck {
  return {
    appliesTo: (call) => invokedFunction(call) !== undefined,
    async authorize(call, caller) {
      const name = invokedFunction(call) ?? "";
      const id = parseFunctionName(name, call);
      const action = "lambda:InvokeFunction";
      const resource = functionArn(id, qualifierOf(call, name));
      const resourcePolicy = await policyOf(functions, id);
      return [await evaluator.evaluate(originOf(call), caller, { action, resource, resourcePolicy })];
    },
  };
}

/** The version or alias, which follows the name or stands in the query. */
function qualifierOf({ url }: AwsCall, name: string): string | undefined {
  const [, ofName] = name.replace(/^(arn:aws:lambda:[a-z0-9-]+:)?(\d{12}:)?(function:)?/, "").split(":");
  return ofName ?? url.searchParams.get("Qualifier") ?? undefined;
}

function functionArn({ region, account, name }: FunctionId, qualifier: string | undefined): string {
  const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

async function policyOf(
  functions: Pick<FunctionDirectory, "policyOf">,
  id: FunctionId,
): Promise<StoredPolicy | undefined> {
  const text = await functions.policyOf(id);
  return text === undefined ? undefined : compile(text, "resource", `of function ${id.name}`);
}
