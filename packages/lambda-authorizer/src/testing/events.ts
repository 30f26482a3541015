import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";

export const METHOD_ARN = "arn:aws:execute-api:eu-west-1:111111111111:abc123def4/live/GET/alice";

/** The part of API Gateway's event that the authorizer reads. */
export function authorizerEvent(
  headers: Partial<Pick<APIGatewayRequestAuthorizerEvent, "headers" | "multiValueHeaders">>,
): APIGatewayRequestAuthorizerEvent {
  return {
    type: "REQUEST",
    methodArn: METHOD_ARN,
    headers: null,
    multiValueHeaders: null,
    ...headers,
    requestContext: { requestId: "request-1" },
  } as APIGatewayRequestAuthorizerEvent;
}
