import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";

import { startHttpServer, type HttpServer, type Reply } from "../open/testing/http-server";
import { beginOf, lineText, logGroupOf, readLogs } from "./log-reader";

const CONFIG = { environment: "prod" };
const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };

let server: HttpServer;
let reply: Reply;

beforeEach(async () => {
  server = await startHttpServer(() => reply);
});

afterEach(() => {
  server.close();
});

async function read(...sources: Parameters<typeof readLogs>[2]["sources"]): ReturnType<typeof readLogs> {
  const client = new CloudWatchLogsClient({
    region: "eu-west-1",
    endpoint: server.url,
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  return readLogs(client, CONFIG, { sources, pattern: '{ $.a = "b" }', since: 7 });
}

describe("the logs of a request", () => {
  it("have the names that the stacks give them", () => {
    expect(logGroupOf(CONFIG, "authorizer")).toBe("/studio-access-prod/lambda/authorizer");
    expect(logGroupOf(CONFIG, "presign")).toBe("/studio-access-prod/lambda/presign");
    expect(logGroupOf(CONFIG, "api")).toBe("/studio-access-prod/api/access");
  });

  it("are read from CloudWatch, by time", async () => {
    const events = [
      { timestamp: 9, message: "later\n" },
      { timestamp: 8, message: "earlier" },
    ];
    reply = {
      status: 200,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: JSON.stringify({ events }),
    };
    await expect(read("authorizer")).resolves.toEqual([
      { source: "authorizer", time: 8, message: "earlier" },
      { source: "authorizer", time: 9, message: "later" },
    ]);
  });

  it("are missing where the access stack is not deployed", async () => {
    reply = {
      status: 400,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: JSON.stringify({ __type: "ResourceNotFoundException", message: "none" }),
    };
    await expect(read("api")).rejects.toThrow(
      "There is no log group /studio-access-prod/api/access: deploy the access",
    );
  });
});

describe("a line", () => {
  it.each([
    ['{"milliseconds":57}', 943],
    ['{"responseLatency":"11"}', 989],
    ['{"responseLatency":"-"}', 1_000],
    ["REPORT", 1_000],
  ])("tells when its work began: %s", (message, begin) => {
    expect(beginOf({ source: "presign", time: 1_000, message })).toBe(begin);
  });
});

describe("a line for people", () => {
  const line = (message: string): string => lineText({ source: "presign", time: 0, message });

  it("has its time, its source, its level, and every field that says something", () => {
    const message = { timestamp: "x", level: "WARN", message: "refused", code: "forbidden", errorType: "-" };
    expect(line(JSON.stringify(message))).toBe(
      "1970-01-01T00:00:00.000Z  presign     WARN  refused code=forbidden",
    );
  });

  it("is any other line as it is, without what looks like a token or a URL", () => {
    expect(line("crash at https://d-a.studio/auth?token=x with eyJhbGciOi.eyJzdWIi.c2ln")).toBe(
      "1970-01-01T00:00:00.000Z  presign     crash at (URL) with (token)",
    );
  });
});
