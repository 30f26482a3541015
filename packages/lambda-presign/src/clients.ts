import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { STSClient } from "@aws-sdk/client-sts";
import { fromEnv } from "@aws-sdk/credential-provider-env";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import { BoundedHandler } from "./bounded-handler";
import type { SessionCredentials } from "./session";

export interface Limits {
  /** Milliseconds for a connection. */
  readonly connectMs: number;
  /** Milliseconds until one attempt's answer begins, and as many until it ends. */
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

const NO_PREFERENCE: string[] = [];

/** Bytes of an answer; the longest that we ask for, AssumeRole's, has a few thousand. */
const MOST_BYTES = 262_144;

/**
 * The SDK's clients. Throttling, 5xx and broken connections are repeated a few times; all calls are safe to
 * repeat. STS is called in our own region.
 *
 * Every setting is given: for one that is not, each new client looks through variables and files, and a client for SageMaker is
 * made for each request.
 *
 * @param endpoint address of AWS, where it is not AWS's own
 */
export function createClients(
  { region, endpoint }: { readonly region: string; readonly endpoint?: string | undefined },
  limits: Limits = LIMITS,
): Clients {
  const shared = {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    defaultsMode: "standard" as const,
    useDualstackEndpoint: false,

    retryMode: "standard",
    authSchemePreference: NO_PREFERENCE,
    userAgentAppId: () => Promise.resolve(undefined),
    // Lambda puts its role's credentials there. The rest of the SDK's search is left out of the bundle.
    credentials: fromEnv(),
    maxAttempts: limits.attempts,
    // All clients share the strategy and its limits on retries. The SDK's own pauses grow to 20 seconds.
    retryStrategy: new ConfiguredRetryStrategy(
      limits.attempts,
      (attempt) => Math.random() * limits.backoffMs * 2 ** (attempt - 1),
    ),
    // All clients share the handler, so that connections stay open from one short-lived SageMaker client to the next.
    requestHandler: new BoundedHandler(
      { connectionTimeout: limits.connectMs, requestTimeout: limits.attemptMs, throwOnRequestTimeout: true },
      { bodyMs: limits.attemptMs, bodyBytes: MOST_BYTES },
    ),
  };
  return {
    dynamoDb: new DynamoDBClient({
      ...shared,
      accountIdEndpointMode: "disabled",
      endpointDiscoveryEnabled: false,
    }),
    sts: new STSClient(shared),
    sageMakerAs: (credentials) => new SageMakerClient({ ...shared, credentials }),
  };
}
