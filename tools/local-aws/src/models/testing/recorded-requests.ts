import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { AwsCall } from "../../server/call";
import { operationOf } from "../../server/parse-call";

interface RecordedRequest {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Requests of the AWS provider and the AWS SDKs, one per operation and set of members: those of a whole local deployment,
 * and of boto3 for operations that a deployment does not call. Signatures, passwords and tokens are left out.
 */
export function recordedCalls(): AwsCall[] {
  const lines = readFileSync(join(__dirname, "recorded-requests.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => callOf(JSON.parse(line) as RecordedRequest));
}

/** A call as the request router would parse it. */
export function callOf({ service, method, path, headers, body = "" }: RecordedRequest): AwsCall {
  const request = { method, url: new URL(path, "http://localhost"), headers, body: Buffer.from(body) };
  return {
    ...request,
    service,
    operation: operationOf(request),
    region: "eu-west-1",
    account: "111111111111",
    accessKeyId: "test",
    requestId: "00000000-0000-0000-0000-000000000000",
    endpoint: undefined,
  };
}
