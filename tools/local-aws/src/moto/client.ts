import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";

import { notImplemented } from "../server/aws-error";
import type { AwsCall, Moto, Reply } from "../server/call";
import { Serial } from "../server/serial";

export interface MotoClientOptions {
  readonly port: number;
  /** The reason why moto has ended, for error messages. */
  readonly failure?: () => Error | undefined;
}

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** moto takes the account from this header, before it looks at the access key. */
const ACCOUNT_HEADER = "x-moto-account-id";

/** Speaks to a moto server on this machine. */
export class MotoClient implements Moto {
  /** Calls that were forwarded to moto. */
  readonly forwarded = new WeakSet<AwsCall>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  /**
   * Calls that moto cannot answer at once: it walks through all policies, or through a table's routes, while other threads
   * add and delete some, and then answers HTTP 500.
   */
  readonly #oneAtATime = { iam: new Serial(), routes: new Serial() };
  readonly #options: MotoClientOptions;

  constructor(options: MotoClientOptions) {
    this.#options = options;
  }

  /** @throws {AwsError} `NotImplemented`, when moto does not implement the operation */
  async forward(
    call: AwsCall,
    change: { readonly account?: string; readonly body?: string | Buffer } = {},
  ): Promise<Reply> {
    this.forwarded.add(call);
    const reply = await this.#exchange(
      {
        method: call.method,
        path: call.url.pathname + call.url.search,
        headers: { ...onwardHeaders(call.headers), [ACCOUNT_HEADER]: change.account ?? call.account },
        body: Buffer.from(change.body ?? call.body),
      },
      queueOf(call.service, call.operation),
    );
    if (isGap(reply))
      throw notImplemented(call.service, call.operation, `moto cannot answer it (HTTP ${reply.status})`);
    return reply;
  }

  async query(
    service: string,
    account: string,
    region: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Reply> {
    return await this.#exchange(
      {
        method: "POST",
        path: "/",
        headers: {
          ...ownHeaders(service, account, region),
          "content-type": "application/x-www-form-urlencoded",
        },
        body: Buffer.from(
          new URLSearchParams({ Version: API_VERSIONS[service] ?? "", ...parameters }).toString(),
        ),
      },
      queueOf(service, parameters["Action"] ?? ""),
    );
  }

  async json(
    service: string,
    account: string,
    region: string,
    target: string,
    body: unknown,
  ): Promise<unknown> {
    const headers = ownHeaders(service, account, region);
    const reply = await this.#exchange({
      method: "POST",
      path: "/",
      headers: { ...headers, "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body: Buffer.from(JSON.stringify(body)),
    });
    if (reply.status >= 300) throw new Error(`moto answered ${target} with HTTP ${reply.status}`);
    // Operations that return nothing, such as CreateLogStream, have an empty body.
    return reply.body.length === 0 ? {} : JSON.parse(reply.body.toString());
  }

  async rest(
    service: string,
    account: string,
    region: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Reply> {
    return await this.#exchange({
      method,
      path,
      headers: {
        ...ownHeaders(service, account, region),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: Buffer.from(body === undefined ? "" : JSON.stringify(body)),
    });
  }

  async whoami(accessKeyId: string): Promise<Reply> {
    return await this.#exchange({
      method: "POST",
      path: "/",
      headers: {
        authorization: signature(accessKeyId, "us-east-1", "sts"),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: Buffer.from("Action=GetCallerIdentity&Version=2011-06-15"),
    });
  }

  /** A request to moto's own API, outside every account. */
  async internal(path: string): Promise<Reply> {
    return await this.#exchange({ method: "GET", path, headers: {}, body: Buffer.alloc(0) });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #exchange(exchange: Exchange, queue?: Queue): Promise<Reply> {
    const exchanged = (): Promise<Reply> => send(this.#agent, this.#options.port, exchange);
    try {
      return await (queue === undefined ? exchanged() : this.#oneAtATime[queue].run(exchanged));
    } catch (error) {
      throw this.#options.failure?.() ?? error;
    }
  }
}

type Queue = "iam" | "routes";

function queueOf(service: string, operation: string): Queue | undefined {
  if (service === "iam") return "iam";
  return service === "ec2" && /^(Create|Delete|Describe|Replace)Route(Tables?)?$/.test(operation)
    ? "routes"
    : undefined;
}

/** API versions of Query services. moto requires a Version parameter, but does not check its value. */
const API_VERSIONS: Readonly<Record<string, string>> = {
  ec2: "2016-11-15",
  iam: "2010-05-08",
  sts: "2011-06-15",
};

function signature(accessKeyId: string, region: string, service: string): string {
  const scope = `${accessKeyId}/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
}

function ownHeaders(service: string, account: string, region: string): Record<string, string> {
  return { authorization: signature(account, region, service), [ACCOUNT_HEADER]: account };
}

/** Hop-by-hop headers, and the content length, which is computed from the forwarded body. */
const NOT_ONWARD = new Set(["connection", "content-length", "expect", "keep-alive", "transfer-encoding"]);

function onwardHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const onward = Object.entries(headers).filter(([name]) => !NOT_ONWARD.has(name));
  return { ...Object.fromEntries(onward), "accept-encoding": "identity" };
}

/**
 * Whether moto does not implement the operation: it then answers with an HTML page, which AWS never does. The content type
 * does not show this, since moto sends API Gateway's JSON as text/html.
 */
function isGap(reply: Reply): boolean {
  if (reply.status < 400) return false;
  const start = reply.body.subarray(0, 2000).toString().toLowerCase();
  return (
    reply.status === 501 || start.startsWith("<!doctype html") || /not (yet )?(been )?implemented/.test(start)
  );
}

function send(agent: Agent, port: number, { method, path, headers, body }: Exchange): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      host: "127.0.0.1",
      port,
      agent,
      method,
      path,
      headers: { ...headers, ...(body.length > 0 && { "content-length": String(body.length) }) },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        resolve({
          status: incoming.statusCode ?? 500,
          headers: flat(incoming.headers),
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.end(body);
  });
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  return Object.fromEntries(entries);
}
