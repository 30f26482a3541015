import { Sha256 } from "@aws-crypto/sha256-js";
import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RAMClient } from "@aws-sdk/client-ram";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AccountConfig } from "@studio-access/config";

import { inAccount, type AccountClientSettings } from "../environment/account-client";

/** An account of the config, as far as it is searched. */
export interface Account {
  readonly id: string;
  readonly region: string;
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
  readonly sagemaker: SageMakerClient;
  readonly apiGateway: APIGatewayClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly logs: CloudWatchLogsClient;
  readonly ram: RAMClient;
  readonly s3: S3Client;
  /** Calls an operation of Route 53 Resolver. */
  readonly resolver: (operation: string, input: object) => Promise<Answer>;
  /** Asks Route 53 Profiles for a path, such as `/profiles`. */
  readonly profiles: (path: string, query: Readonly<Record<string, string>>) => Promise<Answer>;
}

type Answer = Readonly<Record<string, unknown>>;

/** An account with the credentials that Terraform uses. */
export function openAccount(entry: AccountConfig, region: string): Account {
  const settings = inAccount(entry, region);
  return {
    id: entry.id,
    region,
    ec2: new EC2Client(settings),
    route53: new Route53Client(settings),
    sagemaker: new SageMakerClient(settings),
    apiGateway: new APIGatewayClient(settings),
    cognito: new CognitoIdentityProviderClient(settings),
    dynamodb: new DynamoDBClient(settings),
    iam: new IAMClient(settings),
    kms: new KMSClient(settings),
    lambda: new LambdaClient(settings),
    logs: new CloudWatchLogsClient(settings),
    ram: new RAMClient(settings),
    s3: new S3Client(settings),
    resolver: async (operation, input) =>
      signedCall("route53resolver", settings, {
        method: "POST",
        path: "/",
        query: {},
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `Route53Resolver.${operation}`,
        },
        body: JSON.stringify(input),
      }),
    profiles: async (path, query) =>
      signedCall("route53profiles", settings, { method: "GET", path, query, headers: {} }),
  };
}

interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A signed call of a service that answers in JSON. The SDK's clients for Route 53 Resolver and Profiles would bring a second
 * copy of the SDK's core: they are released apart from the other clients.
 */
async function signedCall(
  service: string,
  { region, credentials }: AccountClientSettings,
  { headers: given, ...request }: SignedRequest,
): Promise<Answer> {
  const url = new URL(
    request.path,
    process.env["AWS_ENDPOINT_URL"] ?? `https://${service}.${region}.amazonaws.com`,
  );
  url.search = new URLSearchParams(request.query).toString();
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    ...request,
    protocol: url.protocol,
    hostname: url.hostname,
    headers: { host: url.host, ...given },
  });
  const { method, body } = request;
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service} ${method} ${request.path} failed: ${text}`);
  return JSON.parse(text) as Answer;
}
