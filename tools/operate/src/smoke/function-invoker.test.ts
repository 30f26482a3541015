import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";

import { LambdaClient } from "@aws-sdk/client-lambda";

import { functionInvoker, operatorPolicy } from "./function-invoker";
import { SmokeFailed } from "./smoke-test";

const ARN = "arn:aws:lambda:eu-west-1:111111111111:function:studio-access-test-smoke";
const EVENT = { operator: { userName: "alice", reason: "smoke test" } };

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

let server: Server;
let reply: Reply;
let asked: { path: string; body: string; signed: boolean }[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => (body += data.toString()));
    request.on("end", () => {
      const signed = request.headers.authorization?.includes("/eu-west-1/lambda/") ?? false;
      asked.push({ path: request.url ?? "", body, signed });
      const headers = {
        "content-type": "application/json",
        "x-amzn-requestid": "request-1",
        ...reply.headers,
      };
      response.writeHead(reply.status, headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function invoke(settings: object = {}): ReturnType<ReturnType<typeof functionInvoker>> {
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
    ...settings,
  });
  return functionInvoker(client, ARN)(EVENT);
}

async function failureOf(given: Reply, settings: object = {}): Promise<string> {
  reply = given;
  const failure: unknown = await invoke(settings).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SmokeFailed);
  expect(inspect(failure)).not.toMatch(/not-for-the-log/);
  return (failure as SmokeFailed).message;
}

function lambdaError(status: number, type: string): Reply {
  return {
    status,
    headers: { "x-amzn-errortype": type },
    body: JSON.stringify({ Message: "not-for-the-log" }),
  };
}

describe("the function invoker", () => {
  it("invokes the function with a signed request that holds only the event", async () => {
    reply = { status: 200, body: '{"statusCode":200}' };
    await expect(invoke()).resolves.toEqual({ payload: '{"statusCode":200}', requestId: "request-1" });
    expect(asked).toEqual([
      {
        path: `/2015-03-31/functions/${encodeURIComponent(ARN)}/invocations`,
        body: JSON.stringify(EVENT),
        signed: true,
      },
    ]);
  });

  it("shows the smallest policy when the operator lacks the permission", async () => {
    await expect(failureOf(lambdaError(403, "AccessDeniedException"))).resolves.toBe(
      `You may not invoke ${ARN}. An operator needs this identity policy:\n${operatorPolicy(ARN)}`,
    );
    expect(JSON.parse(operatorPolicy(ARN))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "StudioAccessSmokeTest",
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          Resource: ARN,
        },
      ],
    });
  });

  it.each([
    ["a function that is not there", lambdaError(404, "ResourceNotFoundException"), /smokeTest/],
    ["expired credentials", lambdaError(403, "ExpiredTokenException"), /Sign in again/],
    ["unknown credentials", lambdaError(403, "UnrecognizedClientException"), /--profile/],
    ["a throttled function", lambdaError(429, "TooManyRequestsException"), /concurrency/],
    ["a failure of Lambda's", lambdaError(500, "ServiceException"), /ServiceException.*AWS_ENDPOINT_URL/],
  ])("says what to do about %s", async (_case, given, message) => {
    await expect(failureOf(given)).resolves.toMatch(message);
  });

  it("says what to do without any credentials", async () => {
    const none = Object.assign(new Error("not-for-the-log"), { name: "CredentialsProviderError" });
    const credentials = (): Promise<never> => Promise.reject(none);
    await expect(failureOf({ status: 200, body: "" }, { credentials })).resolves.toMatch(/--profile/);
  });

  it.each([
    ["Runtime.ExitError", "exited", /\(Runtime\.ExitError, request request-1\)\. Its log/],
    ["Sandbox.Timedout", "Task timed out after 10.00 seconds", /ran out of time/],
  ])("reports a function that ended with %s, without its message", async (type, text, message) => {
    const body = JSON.stringify({ errorType: type, errorMessage: `${text} not-for-the-log` });
    await expect(
      failureOf({ status: 200, headers: { "x-amz-function-error": "Unhandled" }, body }),
    ).resolves.toMatch(message);
  });
});
