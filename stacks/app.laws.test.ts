import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { loadConfig } from "@studio-access/config";
import { App, Aspects, TerraformStack } from "cdktf";

import { accountProvider } from "./constructs/account-provider";
import { RequireExplicitProvider } from "./guards/require-explicit-provider";
import { CONFIGS } from "./testing/configs";
import { allResources, localConfig, object, synthApp, type Json, type JsonObject } from "./testing/synth-app";

const config = localConfig();
const stacks = synthApp(config);

function providersOf(json: JsonObject): readonly JsonObject[] {
  return (object(json["provider"])["aws"] as readonly Json[]).map(object);
}

describe.each(CONFIGS)("the app %s", (_name, of) => {
  const app = synthApp(of);

  it("is made from a config that the loader takes", () => {
    const directory = mkdtempSync(join(tmpdir(), "studio-access-config-"));
    const file = join(directory, "config.json");
    writeFileSync(file, JSON.stringify(of));
    expect(loadConfig(file)).toEqual(of);
    rmSync(directory, { recursive: true });
  });

  it("names an account's provider on every AWS resource and data source", () => {
    const nameless = allResources(app).filter(
      ({ type, body }) => type.startsWith("aws_") && body["provider"] === undefined,
    );
    expect(nameless.map(({ address }) => address)).toEqual([]);
    expect(allResources(app).length).toBeGreaterThan(100);
  });

  it("gives every provider an alias, one allowed account and the tags by which cost and owner are found", () => {
    for (const { name, json } of app.values()) {
      for (const provider of providersOf(json)) {
        const [tags] = (provider["default_tags"] as readonly Json[]).map(object);
        expect(provider["alias"]).toEqual(expect.stringMatching(/^\w+$/));
        expect(provider["allowed_account_ids"]).toEqual([expect.stringMatching(/^\d{12}$/)]);
        expect(object(tags?.["tags"])).toEqual({
          CostCenter: "platform",
          Project: "studio-access",
          Environment: of.environment,
          "studio-access:stack": name,
        });
      }
    }
  });

  it("sets no endpoint: only environment variables say where AWS is", () => {
    for (const { name, text, json } of app.values()) {
      for (const provider of providersOf(json)) {
        expect(Object.keys(provider)).not.toContain("endpoints");
        expect(Object.keys(provider).filter((key) => key.startsWith("skip_"))).toEqual([]);
      }
      expect({
        name,
        hit: /127\.0\.0\.1|localhost:|\[::1\]|AWS_ENDPOINT_URL|http:\/\//.exec(text)?.[0],
      }).toEqual({
        name,
        hit: undefined,
      });
    }
  });

  it("describes every output for people", () => {
    for (const { json } of app.values()) {
      for (const [name, output] of Object.entries(object(json["output"]))) {
        if (name.startsWith("cross-stack-output-")) continue;
        expect({ name, description: object(output)["description"] }).toEqual({
          name,
          description: expect.stringMatching(/\.$/) as unknown,
        });
      }
    }
  });
});

describe("the app", () => {
  it("has the hub, the access stack and one stack per line of business", () => {
    expect([...stacks.keys()]).toEqual(["networking", "access", "lob-a", "lob-b"]);
  });

  it("refuses to synth a resource without a provider, and says which", () => {
    const outdir = mkdtempSync(join(tmpdir(), "studio-access-guard-"));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "careless");
    accountProvider(stack, "shared-services", config.sharedServices, config);
    new Vpc(stack, "Forgetful", { cidrBlock: "10.0.0.0/16" });
    Aspects.of(stack).add(new RequireExplicitProvider());
    expect(() => {
      app.synth();
    }).toThrow(/careless\/Forgetful.*aws_vpc names no provider: pass the provider of the account/s);
    rmSync(outdir, { recursive: true });
  });

  it("gives each provider only its own account", () => {
    const accounts = Object.fromEntries(
      [...stacks.values()].map(({ name, json }) => [
        name,
        providersOf(json).map((p) => p["allowed_account_ids"]),
      ]),
    );
    expect(accounts).toEqual({
      networking: [["111111111111"]],
      access: [["111111111111"]],
      "lob-a": [["222222222222"], ["111111111111"]],
      "lob-b": [["333333333333"], ["111111111111"]],
    });
  });

  it.each([
    ["the tested version of the AWS provider, exactly", {}, "5.100.0"],
    ["another one only where the config names it", { awsProviderVersion: "6.21.0" }, "6.21.0"],
  ])("runs on %s", (_name, change, version) => {
    for (const { json } of synthApp({ ...localConfig(), ...change }).values()) {
      expect(object(object(json["terraform"])["required_providers"])).toEqual({
        aws: { source: "aws", version },
      });
    }
  });

  it("holds no password", () => {
    for (const { json } of stacks.values()) {
      for (const user of Object.values(object(object(json["resource"])["aws_cognito_user"] ?? {}))) {
        expect(object(user)["password"]).toEqual(
          expect.stringMatching(/^\$\{lookup\(var\.sign_in_passwords, /),
        );
      }
      for (const variable of Object.values(object(json["variable"] ?? {}))) {
        expect(object(variable)).toMatchObject({ sensitive: true, default: {} });
      }
    }
  });

  it("locks its state: one file or one S3 object per stack", () => {
    const s3 = synthApp({ ...config, state: { backend: "s3", bucket: "our-state", region: "eu-west-1" } });
    const keys = [...s3.values()].map(({ json }) => {
      const backend = object(object(object(json["terraform"])["backend"])["s3"]);
      expect(backend).toMatchObject({ use_lockfile: true, encrypt: true, bucket: "our-state" });
      return backend["key"];
    });
    expect(keys).toEqual(
      ["networking", "access", "lob-a", "lob-b"].map((name) => `studio-access/local/${name}.tfstate`),
    );
  });
});
