import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Operation =
  | "GetItem"
  | "BatchGetItem"
  | "AssumeRole"
  | "CreatePresignedDomainUrl"
  | "CreateUserProfile"
  | "DescribeUserProfile";

type PlainRow = Readonly<Record<string, string>>;

function itemOf(row: PlainRow): object {
  return Object.fromEntries(Object.entries(row).map(([name, S]) => [name, { S }]));
}

/** One call as it went over the wire. */
interface WireCall {
  readonly operation: Operation;
  /** JSON body, or the form fields of STS. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Access key id that signed the call. */
  readonly accessKeyId: string | undefined;
}

export type Reply = (response: ServerResponse, call: WireCall) => void;

function json(status: number, body: object): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  };
}

function xml(status: number, body: string): Reply {
  return (response) => {
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  };
}

const STS_NAMESPACE = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

const credentials = ["AccessKeyId", "SecretAccessKey", "SessionToken"]
  .map((name) => `<${name}>assumed-${name}</${name}>`)
  .join("");

/** Answers as AWS writes them. */
export const reply = {
  json,
  xml,
  /** An error of a JSON service; DynamoDB and others put a namespace before the name. */
  jsonError: (status: number, type: string): Reply =>
    json(status, { __type: type, message: `message of ${type}` }),
  /** An error of STS. */
  xmlError: (status: number, code: string): Reply =>
    xml(
      status,
      `<ErrorResponse ${STS_NAMESPACE}><Error><Type>Sender</Type><Code>${code}</Code>` +
        `<Message>message of ${code}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    ),
  row: (row: PlainRow): Reply => json(200, { Item: itemOf(row) }),
  /** What a BatchGetItem finds: rows that are asked for, by their key. */
  rows:
    (tables: Readonly<Record<string, readonly PlainRow[]>>): Reply =>
    (response, call) => {
      const asked = call.input["RequestItems"] as Record<string, { Keys: { PK: { S: string } }[] }>;
      const found = Object.entries(asked).map(([table, { Keys }]) => {
        const keys = Keys.map(({ PK }) => PK.S);
        return [table, (tables[table] ?? []).filter(({ PK }) => keys.includes(PK ?? "")).map(itemOf)];
      });
      json(200, { Responses: Object.fromEntries(found) as object, UnprocessedKeys: {} })(response, call);
    },
  noRow: json(200, {}),
  role: xml(
    200,
    `<AssumeRoleResponse ${STS_NAMESPACE}><AssumeRoleResult><Credentials>${credentials}` +
      `<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  ),
  url: (url: string): Reply => json(200, { AuthorizedUrl: url }),
  hang: (): void => undefined,
  /** Begins an answer, and never ends it. */
  stall: (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).write("{");
  },
  /** An answer without end, as fast as it is read; `sent` counts its bytes. */
  endless: (sent: { bytes: number }): Reply => {
    const chunk = Buffer.alloc(65_536, " ");
    return (response) => {
      const more = (): void => {
        while (!response.destroyed) {
          sent.bytes += chunk.length;
          if (!response.write(chunk)) break;
        }
      };
      response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).on("drain", more);
      more();
    };
  },
};

async function readCall(request: IncomingMessage): Promise<WireCall> {
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  const target = request.headers["x-amz-target"];
  const accessKeyId = /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1];
  if (typeof target === "string") {
    const input = JSON.parse(body) as Record<string, unknown>;
    return { operation: target.split(".")[1] as Operation, input, accessKeyId };
  }
  const input = Object.fromEntries(new URLSearchParams(body));
  return { operation: input["Action"] as Operation, input, accessKeyId };
}

/** AWS on a loopback port: answers each operation as it is told to. */
export interface FakeAws {
  readonly url: string;
  readonly calls: WireCall[];
  /** Operations called, in order. */
  operations(): Operation[];
  /** Answers from now on; the last reply repeats. */
  on(operation: Operation, ...replies: Reply[]): void;
  close(): Promise<void>;
}

export async function startFakeAws(): Promise<FakeAws> {
  const calls: WireCall[] = [];
  const replies = new Map<Operation, Reply[]>();
  const listener: RequestListener = (request, response) => {
    void readCall(request).then((call) => {
      calls.push(call);
      const queue = replies.get(call.operation) ?? [];
      const next = queue.length > 1 ? queue.shift() : queue[0];
      (next ?? reply.jsonError(400, "NothingPrepared"))(response, call);
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    operations: () => calls.map(({ operation }) => operation),
    on: (operation, ...next) => replies.set(operation, next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
