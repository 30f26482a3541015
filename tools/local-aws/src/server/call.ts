import type { IncomingHttpHeaders } from "node:http";

import type { EndpointPath, NetworkPlace } from "@studio-access/network";

/** An answer, ready to be written to the socket. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type { EndpointPath, NetworkPlace };

/** One signed request to an AWS API, taken apart once at the front door. */
export interface AwsCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Signing name: `ec2`, `sts`, `apigateway`, … */
  readonly service: string;
  /** API operation, as AWS spells it where the protocol carries it, else `METHOD /path`. */
  readonly operation: string;
  readonly region: string;
  /** Account that the credentials act in, 12 digits. */
  readonly account: string;
  readonly accessKeyId: string | undefined;
  readonly requestId: string;
  /** The VPC endpoint that the call came through; absent for calls from the public network. */
  readonly endpoint: EndpointPath | undefined;
}

/** moto, behind the front door. */
export interface Moto {
  /** Sends the call on as it is, or with another body, or acting in another account. */
  forward(
    call: AwsCall,
    change?: { readonly account?: string; readonly body?: string | Buffer },
  ): Promise<Reply>;
  /** One call of our own to a Query-protocol API (EC2, IAM, STS); the answer's XML. */
  query(
    service: string,
    account: string,
    region: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** One call of our own to a JSON-protocol API; `target` is the X-Amz-Target header. */
  json(service: string, account: string, region: string, target: string, body: unknown): Promise<unknown>;
  /** GetCallerIdentity with this access key. */
  whoami(accessKeyId: string): Promise<Reply>;
  /** One call of our own to a REST API. */
  rest(
    service: string,
    account: string,
    region: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Reply>;
}

/** Answers the calls of one service, or hands them to moto. */
export interface ServiceHandler {
  handle(call: AwsCall): Promise<Reply>;
}
