import { MotoUnavailable } from "../moto/moto-unavailable";
import { FakeMoto, jsonAnswer, xmlAnswer } from "../services/testing/fake-moto";
import { AwsError } from "./aws-error";
import type { Reply } from "./call";
import { createFrontDoor, type FrontDoor, type FrontDoorOptions } from "./front-door";
import type { HttpRequest } from "./parse-call";
import type { LogEntry } from "./request-log";

const accounts = { accountOf: () => Promise.resolve("111111111111") };

function setUp(options: Partial<FrontDoorOptions> = {}): { frontDoor: FrontDoor; log: LogEntry[] } {
  const log: LogEntry[] = [];
  const moto = new FakeMoto({ forward: () => xmlAnswer("<Answer/>") });
  const frontDoor = createFrontDoor({
    moto,
    forwarded: { has: (call) => moto.forwarded.some((entry) => entry.call === call) },
    accounts,
    handlers: new Map(),
    mounts: [],
    interceptors: [],
    observers: [],
    log: { write: (entry) => log.push(entry), close: () => Promise.resolve() },
    ...options,
  });
  return { frontDoor, log };
}

function signedRequest(service: string, action: string): HttpRequest {
  const scope = `AKEXAMPLE/20260101/eu-west-1/${service}/aws4_request`;
  return {
    method: "POST",
    url: new URL("http://localhost/?secret=in-the-query"),
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=secret-signature`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: Buffer.from(`Action=${action}&Secret=in-the-body`),
  };
}

const unsigned: HttpRequest = {
  method: "GET",
  url: new URL("http://localhost/prod/me"),
  headers: {},
  body: Buffer.alloc(0),
};

describe("the front door", () => {
  it("hands a listed service without a handler to moto", async () => {
    const { frontDoor, log } = setUp();
    expect((await frontDoor.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe("<Answer/>");
    expect(log).toMatchObject([
      { service: "iam", operation: "GetRole", account: "111111111111", status: 200, by: "moto" },
    ]);
  });

  it("prefers a handler, and logs it as local", async () => {
    const handlers = new Map([["ram", { handle: () => Promise.resolve(jsonAnswer({ ok: true })) }]]);
    const { frontDoor, log } = setUp({ handlers });
    expect(JSON.parse((await frontDoor.dispatch(signedRequest("ram", ""))).body.toString())).toEqual({
      ok: true,
    });
    expect(log[0]?.by).toBe("local");
  });

  it("refuses a service that it does not know, naming service and operation", async () => {
    const reply = await setUp().frontDoor.dispatch(signedRequest("athena", "StartQueryExecution"));
    expect(reply.status).toBe(501);
    expect(reply.body.toString()).toMatch(/NotImplemented.*athena StartQueryExecution/s);
  });

  it("refuses what is not signed", async () => {
    expect((await setUp().frontDoor.dispatch(unsigned)).status).toBe(403);
  });

  it("gives unsigned traffic to the first mount that matches", async () => {
    const mount = { matches: () => true, handle: () => Promise.resolve(jsonAnswer("mounted")) };
    const { frontDoor } = setUp({ mounts: [{ ...mount, matches: () => false }, mount] });
    expect((await frontDoor.dispatch(unsigned)).body.toString()).toBe('"mounted"');
  });

  it("keeps signed calls away from mounts, save those to execute-api", async () => {
    const mount = { matches: () => true, handle: () => Promise.resolve(jsonAnswer("mounted")) };
    const { frontDoor } = setUp({ mounts: [mount] });
    expect((await frontDoor.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe("<Answer/>");
    expect((await frontDoor.dispatch(signedRequest("execute-api", ""))).body.toString()).toBe('"mounted"');
  });

  it("lets an interceptor answer, or refuse, before the service", async () => {
    const answering = setUp({ interceptors: [() => Promise.resolve(jsonAnswer("intercepted"))] });
    expect((await answering.frontDoor.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe(
      '"intercepted"',
    );
    const refusing = setUp({ interceptors: [() => Promise.reject(new AwsError("AccessDenied", "no", 403))] });
    expect((await refusing.frontDoor.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toContain(
      "AccessDenied",
    );
  });

  it("tells observers of successes alone, before it answers", async () => {
    const seen: string[] = [];
    const observers = [(call: { operation: string }) => void seen.push(call.operation)];
    const moto = new FakeMoto({
      forward: (call): Reply => xmlAnswer("<A/>", call.operation === "GetRole" ? 404 : 200),
    });
    const { frontDoor } = setUp({ observers, moto });
    await frontDoor.dispatch(signedRequest("iam", "GetRole"));
    await frontDoor.dispatch(signedRequest("iam", "CreateRole"));
    expect(seen).toEqual(["CreateRole"]);
  });

  it("writes no body, query or header to the log", async () => {
    const { frontDoor, log } = setUp();
    await frontDoor.dispatch(signedRequest("iam", "GetRole"));
    await frontDoor.dispatch(unsigned);
    expect(JSON.stringify(log)).not.toMatch(/secret|Secret|in-the|Signature|AKEXAMPLE/);
  });

  it("logs the endpoint that a call came through", async () => {
    const { frontDoor, log } = setUp();
    await frontDoor.dispatch(signedRequest("sts", "AssumeRole"), {
      vpcEndpointId: "vpce-1",
      vpcId: "vpc-1",
      sourceIp: "10.0.0.4",
    });
    expect(log[0]?.vpcEndpointId).toBe("vpce-1");
  });

  it("answers a fault of its own as InternalFailure, and keeps the cause for the log", async () => {
    const moto = new FakeMoto({
      forward: () => {
        throw new TypeError("cause");
      },
    });
    const { frontDoor, log } = setUp({ moto });
    const reply = await frontDoor.dispatch(signedRequest("iam", "GetRole"));
    // Not a 500: the Terraform provider would try again for minutes.
    expect(reply.status).toBe(501);
    expect(reply.body.toString()).toContain("InternalFailure");
    expect(reply.body.toString()).not.toContain("cause");
    expect(log[0]?.fault).toContain("TypeError: cause");
  });

  it("says that moto has ended", async () => {
    const moto = new FakeMoto({
      forward: () => {
        throw new MotoUnavailable("moto_server has ended");
      },
    });
    const reply = await setUp({ moto }).frontDoor.dispatch(signedRequest("iam", "GetRole"));
    expect(reply.body.toString()).toContain("moto_server has ended");
  });

  it("never rejects, not even when a mount fails", async () => {
    const mount = { matches: () => true, handle: () => Promise.reject(new Error("broken")) };
    expect((await setUp({ mounts: [mount] }).frontDoor.dispatch(unsigned)).status).toBe(501);
  });
});
