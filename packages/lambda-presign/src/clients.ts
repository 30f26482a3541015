import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { STSClient } from "@aws-sdk/client-sts";
import { fromEnv } from "@aws-sdk/credential-provider-env";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { SessionCredentials } from "./studio";

export interface Limits {
  /** Milliseconds for a connection. */
  readonly connectMs: number;
  /** Milliseconds for one attempt's answer. */
  readonly attemptMs: number;
  /** Attempts of one call, the first included. */
  readonly attempts: number;
  /** Longest pause before the second attempt, in milliseconds; it doubles with each. */
  readonly backoffMs: number;
}

/** Three calls at their worst take longer than the handler's deadline, which therefore ends them. */
const LIMITS: Limits = { connectMs: 1000, attemptMs: 2500, attempts: 3, backoffMs: 200 };

export interface Clients {
  readonly dynamoDb: DynamoDBClient;
  readonly sts: STSClient;
  readonly sageMakerAs: (credentials: SessionCredentials) => SageMakerClient;
}

/**
 * The SDK's clients. Throttling, 5xx and broken connections are repeated a few times; all three calls are safe to
 * repeat. The SDK takes AWS's address from `AWS_ENDPOINT_URL`, if that is set; STS is called in our own region.
 */
export function createClients(region: string, limits: Limits = LIMITS): Clients {
  const shared = {
    region,
    // Lambda puts its role's credentials there. The rest of the SDK's search is left out of the bundle.
    credentials: fromEnv(),
    maxAttempts: limits.attempts,
    // All clients share the strategy and its limits on retries. The SDK's own pauses grow to 20 seconds.
    retryStrategy: new ConfiguredRetryStrategy(
      limits.attempts,
      (attempt) => Math.random() * limits.backoffMs * 2 ** (attempt - 1),
    ),
    // All clients share the handler, so that connections stay open from one short-lived SageMaker client to the next.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: limits.connectMs,
      requestTimeout: limits.attemptMs,
      throwOnRequestTimeout: true,
    }),
  };
  return {
    dynamoDb: new DynamoDBClient(shared),
    sts: new STSClient(shared),
    sageMakerAs: (credentials) => new SageMakerClient({ ...shared, credentials }),
  };
}
