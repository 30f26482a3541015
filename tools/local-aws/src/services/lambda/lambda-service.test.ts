import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { LambdaService } from "./lambda-service";

const FUNCTIONS = "/2015-03-31/functions";
const KEY = "arn:aws:kms:eu-west-1:111111111111:key/k1";

type Answer = Record<string, unknown>;

/** A moto that stores only a function's name. */
function setUp(
  mayListTags = true,
): (method: string, path: string, body?: object, account?: string) => Promise<Answer> {
  const moto = new FakeMoto({
    forward: (call) => {
      const configuration = { FunctionName: "f" };
      if (call.method === "DELETE") return { status: 204, headers: {}, body: Buffer.alloc(0) };
      if (call.url.pathname.endsWith("/policy")) return jsonAnswer({ Policy: "{}" });
      if (call.method === "GET" && call.url.pathname === `${FUNCTIONS}/`)
        return jsonAnswer({ Functions: [configuration] });
      const isWhole = call.method === "GET" && !call.url.pathname.endsWith("/configuration");
      return jsonAnswer(
        isWhole ? { Configuration: configuration, Code: {}, Tags: { Name: "f" } } : configuration,
      );
    },
  });
  const service = new LambdaService(moto, (_call, action) =>
    Promise.resolve(mayListTags || action !== "lambda:ListTags"),
  );
  return async (method, path, body, account = "111111111111") => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const reply = await service.handle(
      fakeCall({ service: "lambda", method, path: FUNCTIONS + path, body: text, account }),
    );
    return reply.body.length === 0 ? {} : (JSON.parse(reply.body.toString()) as Answer);
  };
}

const settings = { KMSKeyArn: KEY, LoggingConfig: { LogFormat: "JSON", LogGroup: "/f" } };

describe("Lambda", () => {
  it("returns the key and the log settings of a function in every reply about it", async () => {
    const send = setUp();
    expect(await send("POST", "", { FunctionName: "f", ...settings })).toMatchObject(settings);
    expect(await send("GET", "/f")).toMatchObject({ Configuration: settings, Code: {} });
    expect(await send("GET", "/f/configuration")).toMatchObject(settings);
    expect(await send("GET", "/")).toMatchObject({ Functions: [settings] });
    expect(
      await send("GET", `/${encodeURIComponent("arn:aws:lambda:eu-west-1:111111111111:function:f:1")}`),
    ).toMatchObject({
      Configuration: settings,
    });
  });

  it("changes what an update names, and keeps the rest", async () => {
    const send = setUp();
    await send("POST", "", { FunctionName: "f", ...settings });
    await send("PUT", "/f/configuration", { LoggingConfig: { LogFormat: "Text" } });
    expect(await send("GET", "/f/configuration")).toMatchObject({
      KMSKeyArn: KEY,
      LoggingConfig: { LogFormat: "Text" },
    });
  });

  it("treats an empty key as no key", async () => {
    const send = setUp();
    await send("POST", "", { FunctionName: "f", ...settings });
    await send("PUT", "/f/configuration", { KMSKeyArn: "" });
    expect(await send("GET", "/f/configuration")).not.toHaveProperty("KMSKeyArn");
  });

  it("names the default log group of a function without settings", async () => {
    const send = setUp();
    await send("POST", "", { FunctionName: "f" });
    expect(await send("GET", "/f/configuration")).toEqual({
      FunctionName: "f",
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
    });
  });

  it("keeps functions of one name in two accounts apart, and forgets deleted ones", async () => {
    const send = setUp();
    await send("POST", "", { FunctionName: "f", ...settings });
    expect(await send("GET", "/f/configuration", undefined, "222222222222")).not.toHaveProperty("KMSKeyArn");
    await send("DELETE", "/f");
    expect(await send("GET", "/f/configuration")).not.toHaveProperty("KMSKeyArn");
  });

  it("returns the tags of a function only to callers that may list them", async () => {
    const whole = { Configuration: { FunctionName: "f" }, Code: {} };
    expect(await setUp()("GET", "/f")).toMatchObject({ ...whole, Tags: { Name: "f" } });
    const without = await setUp(false)("GET", "/f");
    expect(without).toMatchObject(whole);
    expect(without).not.toHaveProperty("Tags");
  });

  it("does not change a reply that holds no configuration", async () => {
    expect(await setUp()("GET", "/f/policy")).toEqual({ Policy: "{}" });
  });

  it.each(["/f/invocations", "/f/invoke-async", "/f/response-streaming-invocations"])(
    "does not forward an invocation to moto (%s)",
    async (path) => {
      await expect(setUp()("POST", path, {})).rejects.toMatchObject({ code: "NotImplemented", status: 501 });
    },
  );
});
