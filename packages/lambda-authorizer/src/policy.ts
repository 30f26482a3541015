import type { AuthorizerContext } from "@studio-access/shared-types";
import type { APIGatewayAuthorizerResult } from "aws-lambda";
import type { Identity } from "./authorize";

const ACTION = "execute-api:Invoke";

/** `arn:<partition>:execute-api:<region>:<account>:<api>/<stage>`, followed by `/<method>/<path>`. */
const METHOD_ARN = /^(?<stage>arn:[a-z-]+:execute-api:[a-z0-9-]+:\d{12}:[a-z0-9]+\/[\w-]+)\//;

/** The ARN of the user's own path: `<api>/<stage>/GET/<user name>`, in the API that asks. */
function ownMethodArn(methodArn: string, userName: string): string {
  const stage = METHOD_ARN.exec(methodArn)?.groups?.["stage"];
  if (stage === undefined) throw new Error("the event's method ARN has an unknown form");
  return `${stage}/GET/${userName}`;
}

/**
 * Confines the caller to their own path.
 *
 * The Deny is not redundant. API Gateway adds this policy to the API's resource policy, which allows every path to
 * callers in the private network; that policy would allow a path for which the authorizer's policy has no statement. It
 * also makes the answer safe to cache, since API Gateway applies a cached policy to every path.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 *
 * @param methodArn the event's own, so that the policy holds for no other API, stage, account or region
 */
export function ownPathPolicy(identity: Identity, methodArn: string): APIGatewayAuthorizerResult {
  const own = ownMethodArn(methodArn, identity.userName);
  return {
    principalId: identity.subject,
    policyDocument: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ACTION, Resource: own },
        { Effect: "Deny", Action: ACTION, NotResource: own },
      ],
    },
    context: { ...contextOf(identity) },
  };
}

function contextOf({ userName, groups }: Identity): AuthorizerContext {
  if (groups === undefined) return { userName };
  return typeof groups === "string"
    ? { userName, groupsRefused: groups }
    : { userName, groups: JSON.stringify(groups) };
}
