import { request as httpRequest } from "node:http";

import { zipOf } from "../lambda-runtime/testing/example-zip";
import type { LocalAws } from "../index";
import { descendant, parseXml, textAt } from "../server/xml";

/** For tests: raw calls to a local AWS in one account and region. */
export const ACCOUNT = "111111111111";
export const REGION = "eu-west-1";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

export class ExampleCaller {
  readonly #port: number;

  constructor(local: Pick<LocalAws, "port">) {
    this.#port = local.port;
  }

  /** A plain HTTP request to the local AWS's port. */
  async http(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = "",
  ): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        { host: "127.0.0.1", port: this.#port, method, path, headers },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text,
              json: parseJson(text),
            });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** A call to EC2 or IAM; returns the text of the element at the path in the reply. */
  async query(
    service: "ec2" | "iam",
    action: string,
    parameters: Readonly<Record<string, string>>,
    ...path: readonly string[]
  ): Promise<string> {
    const version = service === "ec2" ? "2016-11-15" : "2010-05-08";
    const form = new URLSearchParams({ Action: action, Version: version, ...parameters }).toString();
    const answer = await this.http(
      "POST",
      "/",
      { ...signed(service), "content-type": "application/x-www-form-urlencoded" },
      form,
    );
    const root = parseXml(check(answer, action).text);
    return (descendant(root, ...path) && textAt(root, ...path)) ?? "";
  }

  /** A call to a REST API. */
  async rest(service: string, method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const headers = { ...signed(service), "content-type": "application/json" };
    const answer = await this.http(method, path, headers, body === undefined ? "" : JSON.stringify(body));
    return check(answer, `${method} ${path}`).json as Record<string, string>;
  }

  /** A call to Route 53; returns the id of the hosted zone in the reply. */
  async route53(path: string, xml: string): Promise<string> {
    const answer = await this.http(
      "POST",
      `/2013-04-01/${path}`,
      { ...signed("route53"), "content-type": "text/xml" },
      xml,
    );
    const id = textAt(parseXml(check(answer, path).text), "HostedZone", "Id") ?? "";
    return id.replace("/hostedzone/", "");
  }

  /** A call to a JSON API. */
  async json(service: string, target: string, body: unknown): Promise<unknown> {
    const headers = {
      ...signed(service),
      "x-amz-target": target,
      "content-type": "application/x-amz-json-1.1",
    };
    return check(await this.http("POST", "/", headers, JSON.stringify(body)), target).json;
  }

  /** Creates a function, or updates its code. */
  async deployFunction(name: string, code: string, configuration: object): Promise<string> {
    const ZipFile = (await zipOf({ "index.js": code })).toString("base64");
    const body = {
      FunctionName: name,
      Handler: "index.handler",
      Runtime: "nodejs22.x",
      Timeout: 5,
      Code: { ZipFile },
      ...configuration,
    };
    const { FunctionArn = "" } = await this.rest("lambda", "POST", "/2015-03-31/functions", body);
    return FunctionArn;
  }
}

/** The local AWS reads an access key of 12 digits as the account itself. */
export function signed(service: string): Record<string, string> {
  const scope = `${ACCOUNT}/20260101/${REGION}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` };
}

function check(answer: Answer, what: string): Answer {
  if (answer.status >= 300) throw new Error(`${what}: HTTP ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
