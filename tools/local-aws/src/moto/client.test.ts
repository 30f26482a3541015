import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { fakeCall } from "../services/testing/fake-moto";
import { MotoClient } from "./client";

interface Seen {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const seen: Seen[] = [];
let answer = { status: 200, type: "text/xml", body: "<ok/>" };
/** Requests that wait for an answer now, and the most of them at any time. */
let open = { now: 0, most: 0 };
/** So many requests are awaited before the first answer, however long a busy machine takes to send them. */
let awaited = 1;
let server: Server;
let moto: MotoClient;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    open = { now: open.now + 1, most: Math.max(open.most, open.now + 1) };
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ method: request.method, path: request.url, headers: request.headers, body });
      const reply = (): void => {
        if (open.most < awaited) {
          setTimeout(reply, 10);
          return;
        }
        open = { ...open, now: open.now - 1 };
        response.writeHead(answer.status, { "content-type": answer.type }).end(answer.body);
      };
      setTimeout(reply, 100);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve();
    });
  });
  moto = new MotoClient({ port: (server.address() as AddressInfo).port });
});

beforeEach(() => {
  seen.length = 0;
  open = { now: 0, most: 0 };
  awaited = 1;
  answer = { status: 200, type: "text/xml", body: "<ok/>" };
});

afterAll(() => {
  moto.close();
  server.close();
  server.closeAllConnections();
});

describe("MotoClient", () => {
  it("forwards a call unchanged, in the account of its caller", async () => {
    const headers = {
      authorization: "AWS4-HMAC-SHA256 Credential=x",
      "accept-encoding": "gzip",
      connection: "close",
    };
    const reply = await moto.forward(
      fakeCall({ headers, body: "Action=X", path: "/p?q=1", account: "222222222222" }),
    );
    expect(reply).toMatchObject({ status: 200, body: Buffer.from("<ok/>") });
    expect(seen[0]).toMatchObject({ method: "POST", path: "/p?q=1", body: "Action=X" });
    expect(seen[0]?.headers).toMatchObject({
      "x-moto-account-id": "222222222222",
      "accept-encoding": "identity",
      authorization: headers.authorization,
    });
  });

  it("forwards a call with another account and body if they are given", async () => {
    await moto.forward(fakeCall({ body: "old" }), { account: "333333333333", body: "new body" });
    expect(seen[0]?.headers).toMatchObject({ "x-moto-account-id": "333333333333", "content-length": "8" });
    expect(seen[0]?.body).toBe("new body");
  });

  it.each([
    ["iam", "GetRole", 1],
    ["ec2", "CreateRoute", 1],
    ["ec2", "DescribeRouteTables", 1],
    ["ec2", "DescribeVpcs", 4],
  ])(
    "sends %s %s at most %i at a time, for moto's IAM and routes fail on calls at once",
    async (service, operation, most) => {
      awaited = most;
      const calls = [1, 2, 3].map(() => moto.forward(fakeCall({ service, operation })));
      await Promise.all([...calls, moto.query(service, "111111111111", "eu-west-1", { Action: operation })]);
      expect(open.most).toBe(most);
    },
  );

  it("records the calls that it forwarded", async () => {
    const call = fakeCall({});
    expect(moto.forwarded.has(call)).toBe(false);
    await moto.forward(call);
    expect(moto.forwarded.has(call)).toBe(true);
  });

  it.each([
    ["a crash", 500, "text/html", "<!doctype html>\n<title>500 Internal Server Error</title>"],
    ["an unknown path", 404, "text/html", "<!doctype html>\n<title>404 Not Found</title>"],
    ["a plain statement", 400, "text/plain", "The create_x action has not been implemented"],
    ["status 501", 501, "text/xml", "<e/>"],
  ])("takes %s as a gap", async (_name, status, type, body) => {
    answer = { status, type, body };
    const call = fakeCall({ service: "ec2", operation: "CreateX" });
    await expect(moto.forward(call)).rejects.toMatchObject({ code: "NotImplemented", status: 501 });
    await expect(moto.forward(call)).rejects.toThrow("ec2 CreateX");
  });

  it.each([
    [404, '{"message":"Not Found"}'],
    [400, "<Response><Errors/></Response>"],
    [200, "<!doctype html>"],
  ])("returns an error in AWS's format unchanged (%i)", async (status, body) => {
    answer = { status, type: "text/html", body };
    expect((await moto.forward(fakeCall({}))).status).toBe(status);
  });

  it("signs calls of its own for the service and the account", async () => {
    await moto.query("ec2", "222222222222", "eu-west-1", { Action: "DescribeVpcs" });
    expect(seen[0]?.headers.authorization).toContain(
      "Credential=222222222222/20260101/eu-west-1/ec2/aws4_request",
    );
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      Action: "DescribeVpcs",
      Version: "2016-11-15",
    });
  });

  it("throws when moto refuses a JSON call of its own", async () => {
    answer = { status: 400, type: "application/json", body: "{}" };
    await expect(moto.json("kms", "1", "eu-west-1", "TrentService.ListKeys", {})).rejects.toThrow("HTTP 400");
  });

  it("throws the reason when moto has ended", async () => {
    const ended = new Error("moto_server has ended");
    const client = new MotoClient({ port: 1, failure: () => ended });
    await expect(client.forward(fakeCall({}))).rejects.toBe(ended);
    client.close();
  });
});
