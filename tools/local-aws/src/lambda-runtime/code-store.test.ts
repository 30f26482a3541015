import { CodeStore } from "./code-store";

const id = { account: "111111111111", region: "eu-west-1", name: "presign" };

function call(method: string, path: string, body: unknown = {}): Parameters<CodeStore["observe"]>[0] {
  const { account, region } = id;
  return {
    service: "lambda",
    method,
    url: new URL(path, "http://localhost"),
    body: Buffer.from(JSON.stringify(body)),
    account,
    region,
  };
}

const zip = (text: string): string => Buffer.from(text).toString("base64");

describe("CodeStore", () => {
  it("keeps the zip of CreateFunction, then that of UpdateFunctionCode, until DeleteFunction", () => {
    const store = new CodeStore();
    store.observe(
      call("POST", "/2015-03-31/functions", { FunctionName: "presign", Code: { ZipFile: zip("one") } }),
    );
    expect(store.get(id)?.toString()).toBe("one");
    store.observe(call("PUT", "/2015-03-31/functions/presign/code", { ZipFile: zip("two") }));
    expect(store.get(id)?.toString()).toBe("two");
    store.observe(call("DELETE", "/2015-03-31/functions/presign"));
    expect(store.get(id)).toBeUndefined();
  });

  it("treats a name and an ARN as the same function", () => {
    const store = new CodeStore();
    const arn = "arn:aws:lambda:eu-west-1:111111111111:function:presign";
    store.observe(
      call("PUT", `/2015-03-31/functions/${encodeURIComponent(arn)}/code`, { ZipFile: zip("x") }),
    );
    expect(store.get(id)?.toString()).toBe("x");
  });

  it("drops a zip that was replaced by code from S3", () => {
    const store = new CodeStore();
    store.observe(
      call("POST", "/2015-03-31/functions", { FunctionName: "presign", Code: { ZipFile: zip("one") } }),
    );
    store.observe(call("PUT", "/2015-03-31/functions/presign/code", { S3Bucket: "b", S3Key: "k" }));
    expect(store.get(id)).toBeUndefined();
  });

  it("keeps the code when only the configuration changes", () => {
    const store = new CodeStore();
    store.observe(
      call("POST", "/2015-03-31/functions", { FunctionName: "presign", Code: { ZipFile: zip("one") } }),
    );
    store.observe(call("PUT", "/2015-03-31/functions/presign/configuration", { Timeout: 3 }));
    expect(store.get(id)?.toString()).toBe("one");
  });
});
