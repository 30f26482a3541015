import { allResources, localConfig, object, synthApp, text, type JsonObject } from "../testing/synth-app";

const config = localConfig();
const off = synthApp(config);
const on = synthApp({ ...config, smokeTest: true });

function functions(stacks: typeof on): ReadonlyMap<string, JsonObject> {
  const found = allResources(stacks).filter(({ type }) => type === "aws_lambda_function");
  return new Map(found.map(({ body }) => [text(body["function_name"]), body]));
}

const PRESIGN = "studio-access-local-presign";
const SMOKE = "studio-access-local-smoke";
const presign = functions(on).get(PRESIGN)!;
const smoke = functions(on).get(SMOKE)!;

function variables(body: JsonObject): JsonObject {
  return object(object(body["environment"])["variables"]);
}

describe("the smoke test, which is off by default,", () => {
  it("adds nothing where the config does not switch it on", () => {
    expect([...functions(off).keys()].sort()).toEqual([
      "studio-access-local-authorizer",
      "studio-access-local-portal",
      PRESIGN,
    ]);
    for (const stack of off.values()) expect(stack.text).not.toMatch(/smoke|CALLERS/i);
    expect(synthApp({ ...config, smokeTest: false }).get("access")?.text).toBe(off.get("access")?.text);
  });

  it("is a change of the access stack alone: one function, what watches it, and one output", () => {
    for (const name of ["networking", "lob-a", "lob-b"]) {
      expect(on.get(name)?.text).toBe(off.get(name)?.text);
    }
    const addresses = (stacks: typeof on): string[] => allResources(stacks).map(({ address }) => address);
    expect(addresses(on).filter((address) => !addresses(off).includes(address))).toEqual([
      expect.stringMatching(/^aws_cloudwatch_log_metric_filter\.Alarms_Lines-operator-hand-over_/),
      expect.stringMatching(/^aws_cloudwatch_metric_alarm\.Alarms_Alarm-operator-hand-over_/),
      expect.stringMatching(/^aws_lambda_function\.PresignFunction_Smoke_Function_/),
    ]);
    const outputs = (stacks: typeof on): string[] =>
      Object.keys(object(stacks.get("access")!.json["output"]));
    expect(outputs(on).filter((name) => !outputs(off).includes(name))).toEqual(["smoke_function_arn"]);
  });

  it("does not touch the function that serves the API", () => {
    expect(presign).toEqual(functions(off).get(PRESIGN));
    expect(variables(presign)).not.toHaveProperty("CALLERS");
  });

  it("runs that function's code, as its role, with its settings", () => {
    const address = /^\$\{(aws_lambda_function\.PresignFunction_Presign_Function_\w+)\.role\}$/;
    const [, twin = ""] = address.exec(text(smoke["role"])) ?? [];
    const shared = ["runtime", "architectures", "handler", "filename", "source_code_hash"];
    for (const attribute of [...shared, "memory_size", "timeout", "kms_key_arn"]) {
      expect({ attribute, value: smoke[attribute] }).toEqual({
        attribute,
        value: `\${${twin}.${attribute}}`,
      });
    }
    expect(smoke["vpc_config"]).toEqual(presign["vpc_config"]);
    expect(smoke["logging_config"]).toEqual(presign["logging_config"]);
  });

  it("raises an alarm when an operator gets a URL, and not for a test without one", () => {
    const filter = allResources(on).find(({ address }) => address.includes("Lines-operator-hand-over"))!;
    expect(filter.body).toMatchObject({
      log_group_name: object(smoke["logging_config"])["log_group"],
      pattern: '{ $.outcome = "handed_over" }',
    });
  });

  it("differs from it by one variable", () => {
    expect(variables(smoke)).toEqual({ ...variables(presign), CALLERS: "operator" });
  });

  it("can be invoked by no service: no permission names it, and no API leads to it", () => {
    const { address } = allResources(on).find(({ body }) => body["function_name"] === SMOKE)!;
    const referring = allResources(on).filter(
      (other) =>
        other.address !== address && new RegExp(`${address}|${SMOKE}\\b`).test(JSON.stringify(other.body)),
    );
    // Only its own network rule, below, refers to it.
    expect(referring.map(({ path }) => path)).toEqual(["access/PresignFunction/Presign/Policy"]);
  });

  it("is kept from the network interfaces that Lambda places for it, as the other function is", () => {
    const policy = allResources(on).find(({ path }) => path === "access/PresignFunction/Presign/Policy")!;
    const { Statement } = JSON.parse(text(policy.body["policy"])) as { Statement: JsonObject[] };
    const deny = Statement.find(({ Effect }) => Effect === "Deny");
    expect(deny?.["Condition"]).toEqual({
      ArnEquals: {
        "lambda:SourceFunctionArn": [PRESIGN, SMOKE].map(
          (name) => `arn:aws:lambda:eu-west-1:111111111111:function:${name}`,
        ),
      },
    });
  });
});
