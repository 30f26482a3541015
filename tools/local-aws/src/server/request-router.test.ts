import { MotoUnavailable } from "../moto/moto-unavailable";
import { FakeMoto, jsonAnswer, xmlAnswer } from "../services/testing/fake-moto";
import { AwsError } from "./aws-error";
import type { Reply } from "./call";
import { createRequestRouter, type RequestRouter, type RequestRouterOptions } from "./request-router";
import type { HttpRequest } from "./parse-call";
import type { LogEntry } from "./request-log";

const accounts = { accountOf: () => Promise.resolve("111111111111") };

function setUp(options: Partial<RequestRouterOptions> = {}): { router: RequestRouter; log: LogEntry[] } {
  const log: LogEntry[] = [];
  const moto = new FakeMoto({ forward: () => xmlAnswer("<Answer/>") });
  const router = createRequestRouter({
    moto,
    forwarded: { has: (call) => moto.forwarded.some((entry) => entry.call === call) },
    accounts,
    handlers: new Map(),
    check: () => Promise.resolve(),
    mounts: [],
    interceptors: [],
    observers: [],
    log: { write: (entry) => log.push(entry), close: () => Promise.resolve() },
    ...options,
  });
  return { router, log };
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

describe("the request router", () => {
  it("forwards a call to a listed service without a handler to moto", async () => {
    const { router, log } = setUp();
    expect((await router.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe("<Answer/>");
    expect(log).toMatchObject([
      { service: "iam", operation: "GetRole", account: "111111111111", status: 200, by: "moto" },
    ]);
  });

  it("calls the service's handler if there is one, and logs the call as local", async () => {
    const handlers = new Map([["ram", { handle: () => Promise.resolve(jsonAnswer({ ok: true })) }]]);
    const { router, log } = setUp({ handlers });
    expect(JSON.parse((await router.dispatch(signedRequest("ram", ""))).body.toString())).toEqual({
      ok: true,
    });
    expect(log[0]?.by).toBe("local");
  });

  it("refuses what the check refuses before an interceptor, a handler or moto sees it", async () => {
    const seen: string[] = [];
    const intercept = (): Promise<undefined> => {
      seen.push("interceptor");
      return Promise.resolve(undefined);
    };
    const { router, log } = setUp({
      check: () => Promise.reject(new AwsError("ValidationError", "too long")),
      interceptors: [intercept],
    });
    const reply = await router.dispatch(signedRequest("iam", "GetRole"));
    expect(reply.status).toBe(400);
    expect(reply.body.toString()).toContain("<Code>ValidationError</Code>");
    expect(seen).toEqual([]);
    expect(log).toMatchObject([{ service: "iam", status: 400, by: "local" }]);
  });

  it("does not check a call to a service that is not there", async () => {
    const check = jest.fn(() => Promise.resolve());
    await setUp({ check }).router.dispatch(signedRequest("athena", "StartQueryExecution"));
    expect(check).not.toHaveBeenCalled();
  });

  it("answers NotImplemented for an unknown service, and names service and operation", async () => {
    const reply = await setUp().router.dispatch(signedRequest("athena", "StartQueryExecution"));
    expect(reply.status).toBe(501);
    expect(reply.body.toString()).toMatch(/NotImplemented.*athena StartQueryExecution/s);
  });

  it("refuses unsigned requests", async () => {
    expect((await setUp().router.dispatch(unsigned)).status).toBe(403);
  });

  it("routes an unsigned request to the first mount that matches", async () => {
    const mount = { matches: () => true, handle: () => Promise.resolve(jsonAnswer("mounted")) };
    const { router } = setUp({ mounts: [{ ...mount, matches: () => false }, mount] });
    expect((await router.dispatch(unsigned)).body.toString()).toBe('"mounted"');
  });

  it("routes no signed calls to mounts, except those to execute-api", async () => {
    const mount = { matches: () => true, handle: () => Promise.resolve(jsonAnswer("mounted")) };
    const { router } = setUp({ mounts: [mount] });
    expect((await router.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe("<Answer/>");
    expect((await router.dispatch(signedRequest("execute-api", ""))).body.toString()).toBe('"mounted"');
  });

  it("lets an interceptor answer or refuse a call before the service", async () => {
    const answering = setUp({ interceptors: [() => Promise.resolve(jsonAnswer("intercepted"))] });
    expect((await answering.router.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toBe(
      '"intercepted"',
    );
    const refusing = setUp({ interceptors: [() => Promise.reject(new AwsError("AccessDenied", "no", 403))] });
    expect((await refusing.router.dispatch(signedRequest("iam", "GetRole"))).body.toString()).toContain(
      "AccessDenied",
    );
  });

  it("tells observers of successful calls only, before it sends the reply", async () => {
    const seen: string[] = [];
    const observers = [(call: { operation: string }) => void seen.push(call.operation)];
    const moto = new FakeMoto({
      forward: (call): Reply => xmlAnswer("<A/>", call.operation === "GetRole" ? 404 : 200),
    });
    const { router } = setUp({ observers, moto });
    await router.dispatch(signedRequest("iam", "GetRole"));
    await router.dispatch(signedRequest("iam", "CreateRole"));
    expect(seen).toEqual(["CreateRole"]);
  });

  it("logs no body, query or header", async () => {
    const { router, log } = setUp();
    await router.dispatch(signedRequest("iam", "GetRole"));
    await router.dispatch(unsigned);
    expect(JSON.stringify(log)).not.toMatch(/secret|Secret|in-the|Signature|AKEXAMPLE/);
  });

  it("logs the endpoint that a call came through", async () => {
    const { router, log } = setUp();
    await router.dispatch(signedRequest("sts", "AssumeRole"), {
      vpcEndpointId: "vpce-1",
      vpcId: "vpc-1",
      sourceIp: "10.0.0.4",
    });
    expect(log[0]?.vpcEndpointId).toBe("vpce-1");
  });

  it("answers InternalFailure to an error of its own, and logs the cause", async () => {
    const moto = new FakeMoto({
      forward: () => {
        throw new TypeError("cause");
      },
    });
    const { router, log } = setUp({ moto });
    const reply = await router.dispatch(signedRequest("iam", "GetRole"));
    // Not a 500, which the Terraform provider would retry for minutes.
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
    const reply = await setUp({ moto }).router.dispatch(signedRequest("iam", "GetRole"));
    expect(reply.body.toString()).toContain("moto_server has ended");
  });

  it("never rejects, not even when a mount fails", async () => {
    const mount = { matches: () => true, handle: () => Promise.reject(new Error("broken")) };
    expect((await setUp({ mounts: [mount] }).router.dispatch(unsigned)).status).toBe(501);
  });
});
