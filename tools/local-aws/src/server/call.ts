import type { IncomingHttpHeaders } from "node:http";

import type { EndpointPath, NetworkPlace } from "@studio-access/network";

/** An HTTP response, ready to be written to the socket. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type { EndpointPath, NetworkPlace };

/** One signed request to an AWS API, parsed once by the request router. */
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

/** moto, as the handlers of the local AWS call it. */
export interface Moto {
  /** Forwards the call, unchanged unless another body or another account is given. */
  forward(
    call: AwsCall,
    change?: { readonly account?: string; readonly body?: string | Buffer },
  ): Promise<Reply>;
  /** A call of the local AWS itself to a Query-protocol API (EC2, IAM, STS); the reply is XML. */
  query(
    service: string,
    account: string,
    region: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** A call of the local AWS itself to a JSON-protocol API; `target` is the X-Amz-Target header. */
  json(service: string, account: string, region: string, target: string, body: unknown): Promise<unknown>;
  /** GetCallerIdentity with this access key. */
  whoami(accessKeyId: string): Promise<Reply>;
  /** A call of the local AWS itself to a REST API. */
  rest(
    service: string,
    account: string,
    region: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Reply>;
}

/** Answers the calls of one service, or forwards them to moto. */
export interface ServiceHandler {
  handle(call: AwsCall): Promise<Reply>;
}
