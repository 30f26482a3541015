import type { AwsCall } from "../server/call";
import type { Invocation } from "./function-host";
import { invokeFunction } from "./invoke-api";
import { FunctionMissing } from "./lambda-runtime";

const NAME = "arn:aws:lambda:eu-west-1:222222222222:function:presign";

function callOf(
  change: Partial<Pick<AwsCall, "method" | "body" | "headers">> & { readonly path?: string } = {},
): AwsCall {
  const { path = `/2015-03-31/functions/${encodeURIComponent(NAME)}/invocations`, ...rest } = change;
  return {
    method: "POST",
    headers: {},
    body: Buffer.from('{"a":1}'),
    ...rest,
    url: new URL(path, "http://localhost"),
    service: "lambda",
    operation: "",
    region: "eu-west-1",
    account: "111111111111",
    accessKeyId: undefined,
    requestId: "request-1",
    endpoint: undefined,
  };
}

const done: Invocation = { outcome: { ok: true, payload: '"done"' }, log: "line" };

/** Calls Invoke on a runtime with this outcome, and returns the reply and the runtime's invocations. */
async function invoke(
  call: AwsCall,
  answer: Invocation | Error = done,
): Promise<{ reply: string | undefined; headers: object; asked: unknown[] }> {
  const asked: unknown[] = [];
  const runtime: Parameters<typeof invokeFunction>[0] = {
    invoke: (...parameters) => {
      asked.push(...parameters);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const reply = await invokeFunction(runtime, call);
  return { reply: reply && `${reply.status} ${reply.body.toString()}`, headers: reply?.headers ?? {}, asked };
}

describe("Invoke", () => {
  it("runs the named function with its event", async () => {
    const { reply, asked } = await invoke(callOf());
    expect(reply).toBe('200 "done"');
    expect(asked).toEqual([
      { account: "222222222222", region: "eu-west-1", name: "presign" },
      { a: 1 },
      "request-1",
    ]);
  });

  it("reports an error of the function with status 200", async () => {
    const error = { errorType: "Error", errorMessage: "no" };
    const { reply, headers } = await invoke(callOf(), { outcome: { ok: false, error }, log: "" });
    expect(reply).toBe(`200 ${JSON.stringify(error)}`);
    expect(headers).toHaveProperty("x-amz-function-error", "Unhandled");
  });

  it("returns the log when requested", async () => {
    const { headers } = await invoke(callOf({ headers: { "x-amz-log-type": "Tail" } }));
    expect(headers).toHaveProperty("x-amz-log-result", Buffer.from("line").toString("base64"));
    expect((await invoke(callOf())).headers).not.toHaveProperty("x-amz-log-result");
  });

  it.each([
    ["Event", "202 ", 3],
    ["DryRun", "204 ", 0],
  ])("implements the invocation type %s", async (type, expected, parameters) => {
    const { reply, asked } = await invoke(callOf({ headers: { "x-amz-invocation-type": type } }));
    expect([reply, asked.length]).toEqual([expected, parameters]);
  });

  it("refuses a body that is not JSON, and a function that does not exist", async () => {
    await expect(invoke(callOf({ body: Buffer.from("{") }))).rejects.toMatchObject({
      code: "InvalidRequestContentException",
    });
    await expect(invoke(callOf(), new FunctionMissing("function not found"))).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      status: 404,
    });
  });

  it.each([{ method: "GET" }, { path: "/2015-03-31/functions/presign/policy" }])(
    "returns undefined for another call: %j",
    async (change) => {
      expect((await invoke(callOf(change))).reply).toBeUndefined();
    },
  );
});
