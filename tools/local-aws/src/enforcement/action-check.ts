import { couldAllow } from "@studio-access/policy";

import { actionOf } from "../actions/action-of-call";
import { internalFailure } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import type { CheckedCaller } from "./caller";
import type { AuthorizationCheck } from "./authorization-check";
import { authorizationResultOf, type AuthorizationResult } from "./authorization-result";
import { ownPoliciesOf } from "./policy-evaluator";

/** AWS answers these operations without any permission. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const WITHOUT_PERMISSION = new Set(["sts:GetCallerIdentity"]);

/**
 * The check of every call that has no check of its own: whether the caller's own policies can allow its action at all.
 * It does not evaluate the resource, conditions, resource-based policies or endpoint policies.
 */
export function actionCheck(): AuthorizationCheck {
  return {
    appliesTo: () => true,
    authorize: (call, caller) =>
      new Promise((resolve) => {
        resolve(resultsOf(call, caller));
      }),
  };
}

/** @throws {AwsError} `InternalFailure`, for an operation whose action is not known here */
function resultsOf({ service, operation, url }: AwsCall, caller: CheckedCaller): AuthorizationResult[] {
  const action = actionOf({ service, operation, query: url.searchParams });
  if (action === undefined)
    throw internalFailure(
      `the local AWS cannot evaluate ${service} ${operation} by ${caller.arn}: it does not know which IAM action the operation needs`,
    );
  if (WITHOUT_PERMISSION.has(action)) return [];
  return [checkAction(caller, action)];
}

/** Whether the caller's own policies can allow the action at all. */
export function checkAction(caller: CheckedCaller, action: string): AuthorizationResult {
  const request = { who: caller.arn, action, actions: [action], resource: "*" };
  return authorizationResultOf(request, couldAllow(caller, action), ownPoliciesOf(caller));
}
