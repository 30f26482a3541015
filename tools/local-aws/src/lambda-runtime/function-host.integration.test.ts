import type { Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";
import { startEgress, type EgressRoute } from "./egress";
import { zipOf } from "./testing/example-zip";
import { readConfiguration, type FunctionConfiguration } from "./function-configuration";
import { FunctionHost, type Invocation } from "./function-host";
import { FunctionLog } from "./function-log";

// Starting processes takes long on a busy machine.
jest.setTimeout(30_000);

const id = { account: "111111111111", region: "eu-west-1", name: "probe" };
const STS = "sts.eu-west-1.amazonaws.com";

let hosts: FunctionHost[] = [];
afterEach(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  hosts = [];
});

interface Setting {
  readonly routes?: Readonly<Record<string, EgressRoute>>;
  readonly hangMs?: number;
  readonly timeout?: number;
  readonly runtime?: string;
  readonly file?: string;
  readonly requests?: HttpRequest[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** A function with this code. */
async function hostOf(code: string, setting: Setting = {}): Promise<FunctionHost> {
  const host = await FunctionHost.open({
    configuration: configurationOf(setting),
    zip: await zipOf({ [setting.file ?? "index.js"]: code }),
    log: new FunctionLog("probe", { put: () => undefined }, undefined),
    assumeRole: () =>
      Promise.resolve({
        accessKeyId: "role-key",
        secretAccessKey: "s",
        sessionToken: "t",
        expiresAt: Date.now() + 3_600_000,
      }),
    startEgress: () =>
      startEgress({
        routeTo: (name, port) =>
          Promise.resolve((port === 443 ? setting.routes?.[name] : undefined) ?? { kind: "no_such_name" }),
        dispatch: (request) => {
          setting.requests?.push(request);
          return Promise.resolve(echo(request));
        },
        ...(setting.hangMs !== undefined && { hangMs: setting.hangMs }),
      }),
    clock: Date.now,
  });
  hosts.push(host);
  return host;
}

function configurationOf({ timeout = 10, variables = {}, runtime = "" }: Setting): FunctionConfiguration {
  const Configuration = {
    FunctionArn: "arn",
    Handler: "index.handler",
    Runtime: runtime,
    Role: "role",
    Timeout: timeout,
    Environment: { Variables: variables },
  };
  return readConfiguration(id, JSON.stringify({ Configuration }));
}

function echo({ method, url, headers, body }: HttpRequest): Reply {
  const seen = { method, path: url.pathname + url.search, host: headers.host, body: body.toString() };
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(seen)),
  };
}

function answerOf({ outcome }: Invocation): unknown {
  return outcome.ok ? (JSON.parse(outcome.payload) as unknown) : outcome.error;
}

/** A handler that sends one request and returns its outcome. */
const REQUESTER = `
  const https = require("https");
  exports.handler = (event) => new Promise((resolve) => {
    const request = https.request(event.options, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve(JSON.parse(text)));
    });
    request.on("timeout", () => request.destroy(new Error("gave up")));
    request.on("error", (error) => resolve({ code: error.code, message: error.message }));
    request.end(event.body);
  });`;

describe("a function's process", () => {
  it("runs the handler with its event and context, and collects its output", async () => {
    const host = await hostOf(
      `exports.handler = async (event, context) => { console.log("hello"); return { event, name: context.functionName, id: context.awsRequestId }; };`,
    );
    const invocation = await host.invoke({ a: 1 }, "request-1");
    expect(answerOf(invocation)).toEqual({ event: { a: 1 }, name: "probe", id: "request-1" });
  });

  it.each(["22", "24"])(
    "runs with the Node of its runtime, %s",
    async (major) => {
      const host = await hostOf(`exports.handler = async () => process.versions.node;`, {
        runtime: `nodejs${major}.x`,
      });
      expect(answerOf(await host.invoke({}, "r"))).toMatch(new RegExp(`^${major}\\.`));
    },
    120_000,
  );

  it("has the environment of the function, and no variable of this process", async () => {
    process.env["SECRET_OF_THE_HOST"] = "x";
    const host = await hostOf(`exports.handler = async () => process.env;`, { variables: { MINE: "1" } });
    const environment = answerOf(await host.invoke({}, "r")) as Record<string, string>;
    delete process.env["SECRET_OF_THE_HOST"];
    expect(environment).toMatchObject({ MINE: "1", AWS_ACCESS_KEY_ID: "role-key" });
    expect(environment).not.toHaveProperty("SECRET_OF_THE_HOST");
    expect(environment).not.toHaveProperty("HOME");
    expect(environment).not.toHaveProperty("NODE_CHANNEL_FD");
  });

  it("runs a handler with a callback, and an ES module", async () => {
    const callback = await hostOf(
      `exports.handler = (event, context, callback) => callback(null, "called back");`,
    );
    expect(answerOf(await callback.invoke({}, "r"))).toBe("called back");
    const module = await hostOf(
      `import https from "node:https"; export const handler = async () => typeof https.request;`,
      { file: "index.mjs" },
    );
    expect(answerOf(await module.invoke({}, "r"))).toBe("function");
  });

  it("returns an error in Lambda's format, and stays for the next invocation", async () => {
    const host = await hostOf(
      `let calls = 0; exports.handler = async () => { calls += 1; if (calls === 1) throw new RangeError("too far"); return calls; };`,
    );
    expect(answerOf(await host.invoke({}, "r1"))).toMatchObject({
      errorType: "RangeError",
      errorMessage: "too far",
    });
    expect(answerOf(await host.invoke({}, "r2"))).toBe(2);
  });

  it("is ended by its timeout, and the next invocation starts a new process", async () => {
    const host = await hostOf(
      `exports.handler = async (event) => event.stuck ? new Promise(() => setInterval(() => {}, 1000)) : process.pid;`,
      {
        timeout: 0.3,
      },
    );
    const before = answerOf(await host.invoke({}, "r1"));
    expect(answerOf(await host.invoke({ stuck: true }, "r2"))).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: "RequestId: r2 Error: Task timed out after 0.30 seconds",
    });
    const after = answerOf(await host.invoke({}, "r3"));
    expect(after).not.toBe(before);
    expect(() => process.kill(before as number, 0)).toThrow("ESRCH");
  });

  it.each([
    [`throw new Error("no config");`, { errorType: "Error", errorMessage: "no config" }],
    [`exports.other = 1;`, { errorType: "Runtime.HandlerNotFound" }],
    [
      `exports.handler = () => process.exit(3);`,
      { errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("exit status 3") as string },
    ],
    [
      `exports.handler = () => new Promise(() => { Promise.reject(new Error("lost")); });`,
      { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "lost" },
    ],
  ])("reports the end of %s", async (code, error) => {
    const host = await hostOf(code);
    expect(answerOf(await host.invoke({}, "r"))).toMatchObject(error);
  });
});

describe("a function's requests", () => {
  const open: Setting = { routes: { [STS]: { kind: "open", endpoint: undefined } } };

  it("go to the local AWS with their original host, whatever agent they use", async () => {
    const code = `const agent = new (require("https").Agent)({ keepAlive: true });${REQUESTER.replace("event.options", "{ ...event.options, agent }")}`;
    const host = await hostOf(code, open);
    const options = { method: "POST", hostname: STS, path: "/a?b=c", headers: { "content-length": 2 } };
    const expected = { method: "POST", path: "/a?b=c", host: STS, body: "hi" };
    expect(answerOf(await host.invoke({ options, body: "hi" }, "r1"))).toEqual(expected);
    expect(answerOf(await host.invoke({ options, body: "hi" }, "r2"))).toEqual(expected);
  });

  it("cannot choose their vantage", async () => {
    const requests: HttpRequest[] = [];
    const host = await hostOf(REQUESTER, { ...open, requests });
    await host.invoke({ options: { hostname: STS, headers: { "x-local-vantage": "on-premise" } } }, "r");
    expect(requests[0]?.headers).toHaveProperty("x-local-vantage", "internet");
  });

  it("are routed from fetch as well", async () => {
    const host = await hostOf(
      `exports.handler = async () => (await fetch("https://${STS}/x", { method: "PUT", body: "b" })).json();`,
      open,
    );
    expect(answerOf(await host.invoke({}, "r"))).toEqual({ method: "PUT", path: "/x", host: STS, body: "b" });
  });

  it("fail at once where the name does not exist", async () => {
    const host = await hostOf(REQUESTER);
    expect(answerOf(await host.invoke({ options: { hostname: "nowhere.example" } }, "r"))).toMatchObject({
      code: "ENOTFOUND",
    });
  });

  it("hang without a route until the client gives up", async () => {
    const host = await hostOf(REQUESTER, { routes: { [STS]: { kind: "no_way" } } });
    expect(answerOf(await host.invoke({ options: { hostname: STS, timeout: 50 } }, "r"))).toMatchObject({
      message: "gave up",
    });
  });

  it("hang without a route until the connection times out", async () => {
    const host = await hostOf(REQUESTER, { routes: { [STS]: { kind: "no_way" } }, hangMs: 50 });
    expect(answerOf(await host.invoke({ options: { hostname: STS } }, "r"))).toMatchObject({
      code: "ETIMEDOUT",
    });
  });
});
