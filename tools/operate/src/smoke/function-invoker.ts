import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from "@aws-sdk/client-lambda";
import type { OperatorEvent } from "@studio-access/shared-types";

import { type Invocation, type InvokeSmoke, SmokeFailed } from "./smoke-test";

/**
 * The complete policy that an operator needs: attach it to the operator's own role or permission set.
 *
 * @param functionArn - without a version or an alias
 */
export function operatorPolicy(functionArn: string): string {
  const statement = {
    Sid: "StudioAccessSmokeTest",
    Effect: "Allow",
    Action: "lambda:InvokeFunction",
    Resource: functionArn,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

/** Invokes the function with the operator's own credentials, which IAM authorizes. */
export function functionInvoker(client: LambdaClient, functionArn: string): InvokeSmoke {
  return async (event) => {
    const answer = await send(client, functionArn, event);
    const requestId = answer.$metadata.requestId ?? "unknown";
    const payload = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) throw crashed(payload, requestId);
    return { payload, requestId } satisfies Invocation;
  };
}

async function send(
  client: LambdaClient,
  functionArn: string,
  event: OperatorEvent,
): Promise<InvokeCommandOutput> {
  try {
    const Payload = Buffer.from(JSON.stringify(event));
    return await client.send(new InvokeCommand({ FunctionName: functionArn, Payload }));
  } catch (error) {
    throw failureOf(error, functionArn);
  }
}

function failureOf(error: unknown, functionArn: string): SmokeFailed {
  const name = error instanceof Error ? error.name : "";
  switch (name) {
    case "AccessDeniedException":
      return new SmokeFailed(
        `You may not invoke ${functionArn}. An operator needs this identity policy:\n${operatorPolicy(functionArn)}`,
      );
    case "ResourceNotFoundException":
      return new SmokeFailed(
        `There is no function ${functionArn}. Is "smokeTest" true in the config, and the access stack deployed?`,
      );
    case "AccessDenied":
    case "CredentialsProviderError":
    case "ExpiredToken":
    case "ExpiredTokenException":
    case "UnrecognizedClientException":
    case "InvalidSignatureException":
      return new SmokeFailed(
        `AWS does not take the credentials for the shared-services account (${name}). ` +
          "Sign in again, or name another profile with --profile.",
      );
    case "TooManyRequestsException":
      return new SmokeFailed(
        "Lambda throttles the function: the account's concurrency is used up. Try again.",
      );
    default:
      return new SmokeFailed(
        `Lambda could not be asked (${name === "" ? "unknown error" : name}). ` +
          "Check the network, the region and AWS_ENDPOINT_URL.",
      );
  }
}

/** The function ended without a response. Its error message may quote secrets, so it is left to the function's log. */
function crashed(payload: string, requestId: string): SmokeFailed {
  const type = /"errorType"\s*:\s*"([\w.]{1,80})"/.exec(payload)?.[1] ?? "no error type";
  const timedOut = /timed ?out/i.test(payload) ? " It ran out of time." : "";
  return new SmokeFailed(
    `The function ended without an answer (${type}, request ${requestId}).${timedOut} Its log says more.`,
  );
}
