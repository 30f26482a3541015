import { couldAllow } from "@studio-access/policy";

import { actionOf } from "../actions/action-of-call";
import { internalFailure } from "../server/aws-error";
import type { AwsCall } from "../server/call";
import type { CheckedCaller } from "./caller";
import type { Check } from "./check";
import { findingOf, type Finding } from "./finding";
import { ownPoliciesOf } from "./judge";

/** AWS answers these to everybody. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const FREE = new Set(["sts:GetCallerIdentity"]);

/**
 * Every call that no other check concerns: whether the caller's own policies leave any room for its action. Neither the
 * resource nor conditions are asked, nor the policies of resources and endpoints.
 */
export function actionCheck(): Check {
  return {
    concerns: () => true,
    judge: (call, caller) =>
      new Promise((resolve) => {
        resolve(findingsOf(call, caller));
      }),
  };
}

/** @throws {AwsError} `InternalFailure`, for an operation whose action is not known here */
function findingsOf({ service, operation, url }: AwsCall, caller: CheckedCaller): Finding[] {
  const action = actionOf({ service, operation, query: url.searchParams });
  if (action === undefined)
    throw internalFailure(
      `the local AWS cannot judge ${service} ${operation} by ${caller.arn}: it does not know which IAM action that needs`,
    );
  if (FREE.has(action)) return [];
  const question = { who: caller.arn, action, actions: [action], resource: "*" };
  return [findingOf(question, couldAllow(caller, action), ownPoliciesOf(caller))];
}
