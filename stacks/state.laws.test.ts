import type { Config } from "@studio-access/config";
import { asList, statementsOf } from "./testing/policies";
import {
  localConfig,
  object,
  synthApp,
  type Json,
  type JsonObject,
  type SynthesizedResource,
} from "./testing/synth-app";

const without = localConfig();
const config: Config = { ...without, stateBucket: true };
const retained: Config = { ...config, dataRetention: "retain" };

const synthesized = new Map<Config, ReturnType<typeof synthApp>>();

/** The app of a config, synthesized once. */
function stacks(of: Config): ReturnType<typeof synthApp> {
  const found = synthesized.get(of) ?? synthApp(of);
  synthesized.set(of, found);
  return found;
}

function resources(of: Config): readonly SynthesizedResource[] {
  return stacks(of).get("state")?.resources ?? [];
}

/** The one resource of a type. */
function one(type: string, of: Config = config): JsonObject {
  const [first, ...others] = resources(of).filter((resource) => resource.type === type);
  expect(others).toEqual([]);
  return object(first?.body);
}

/** The one block of that name. */
function block(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return object(Array.isArray(value) ? (value as readonly Json[])[0] : value);
}

describe("the state's stack", () => {
  it("is the first one, and there only where the config asks for it", () => {
    const others = [...stacks(without).keys()];
    expect(others).not.toContain("state");
    expect([...stacks({ ...without, stateBucket: false }).keys()]).toEqual(others);
    expect([...stacks(config).keys()]).toEqual(["state", ...others]);
  });

  it("changes no other stack, and reads none", () => {
    const before = stacks(without);
    for (const [name, { text, json }] of stacks(config)) {
      if (name === "state") expect(json["data"]).toBeUndefined();
      else expect({ name, same: text === before.get(name)?.text }).toEqual({ name, same: true });
    }
  });

  it("belongs to the shared-services account with all that is in it", () => {
    const json = object(stacks(config).get("state")?.json);
    const providers = object(json["provider"])["aws"] as readonly Json[];
    expect(providers.map((provider) => object(provider)["allowed_account_ids"])).toEqual([["111111111111"]]);
    expect(resources(config).map(({ body }) => body["provider"])).toEqual(
      resources(config).map(() => "aws.shared_services"),
    );
  });

  it("keeps its addresses and its outputs", () => {
    expect(
      resources(config)
        .map(({ address }) => address)
        .sort(),
    ).toMatchSnapshot();
    expect(object(stacks(config).get("state")?.json["output"])).toMatchObject({
      state_bucket: { description: expect.stringMatching(/\.$/) as unknown },
      state_kms_key_id: {
        description: expect.stringMatching(/\.$/) as unknown,
        value: "arn:aws:kms:eu-west-1:111111111111:alias/studio-access-local-state",
      },
    });
  });

  it("keeps its own state where the config says, as every stack does", () => {
    const bucket = "studio-access-local-state-111111111111";
    const kmsKeyId = "arn:aws:kms:eu-west-1:111111111111:alias/studio-access-local-state";
    const inS3: Config = { ...config, state: { backend: "s3", bucket, region: "eu-west-1", kmsKeyId } };
    const backend = (of: Config): JsonObject =>
      object(object(stacks(of).get("state")?.json["terraform"])["backend"]);
    expect(Object.keys(backend(config))).toEqual(["local"]);
    expect(backend(inS3)["s3"]).toMatchObject({
      bucket,
      key: "studio-access/local/state.tfstate",
      use_lockfile: true,
      encrypt: true,
      kms_key_id: kmsKeyId,
    });
    expect(one("aws_s3_bucket", inS3)["bucket"]).toBe(one("aws_s3_bucket")["bucket"]);
  });
});

describe("the state's bucket", () => {
  it("is named by its environment and its account", () => {
    expect(one("aws_s3_bucket")["bucket"]).toBe("studio-access-local-state-111111111111");
    expect(one("aws_s3_bucket", { ...config, environment: "prod" })["bucket"]).toBe(
      "studio-access-prod-state-111111111111",
    );
  });

  it("blocks public access in each of the four ways, and access lists with it", () => {
    expect(one("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(block(one("aws_s3_bucket_ownership_controls"), "rule")).toMatchObject({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  it("is encrypted with a key of our own that rotates, one data key for many objects", () => {
    const rule = block(one("aws_s3_bucket_server_side_encryption_configuration"), "rule");
    expect(rule["bucket_key_enabled"]).toBe(true);
    expect(block(rule, "apply_server_side_encryption_by_default")).toEqual({
      sse_algorithm: "aws:kms",
      kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\.StateKey_\w+\.arn\}$/) as unknown,
    });
    expect(one("aws_kms_key")["enable_key_rotation"]).toBe(true);
    expect(one("aws_kms_alias")["name"]).toBe("alias/studio-access-local-state");
  });

  it("keeps old versions, for 90 days at least and the last 20 for good", () => {
    expect(block(one("aws_s3_bucket_versioning"), "versioning_configuration")).toEqual({ status: "Enabled" });
    const rule = block(one("aws_s3_bucket_lifecycle_configuration"), "rule");
    expect(rule["status"]).toBe("Enabled");
    expect(rule["noncurrent_version_expiration"]).toEqual([
      { noncurrent_days: 90, newer_noncurrent_versions: 20 },
    ]);
    // Nothing ends the current version of a state.
    expect(block(rule, "expiration")).toEqual({ expired_object_delete_marker: true });
  });

  it("is protected from a destroy where the config says retain, and emptied by it where it says delete", () => {
    expect(one("aws_s3_bucket", retained)).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(one("aws_kms_key", retained)["deletion_window_in_days"]).toBe(30);
    expect(one("aws_s3_bucket")).toMatchObject({ force_destroy: true });
    expect(one("aws_s3_bucket")["lifecycle"]).toBeUndefined();
  });
});

describe("the state bucket's policy", () => {
  const statements = statementsOf(resources(config))
    .filter(({ kind }) => kind === "resource")
    .map(({ statement }) => statement);

  it("allows nothing, and refuses each thing to everybody", () => {
    expect(statements.map(({ Effect, Principal }) => [Effect, Principal])).toEqual(
      statements.map(() => ["Deny", "*"]),
    );
    expect(statements.map(({ Sid }) => Sid)).toEqual(["NoPlainHttp", "NoOldTls", "NoOtherEncryption"]);
  });

  it("refuses all that does not come by TLS 1.2 or later, of the bucket and of its objects", () => {
    const [plain, old] = statements;
    for (const statement of [plain, old]) {
      expect(statement?.Action).toBe("s3:*");
      expect(asList(statement?.Resource)).toEqual([
        expect.stringMatching(/^\$\{aws_s3_bucket\.State_Bucket_\w+\.arn\}$/),
        expect.stringMatching(/^\$\{aws_s3_bucket\.State_Bucket_\w+\.arn\}\/\*$/),
      ]);
    }
    expect(plain?.Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
    expect(old?.Condition).toEqual({ NumericLessThan: { "s3:TlsVersion": "1.2" } });
  });

  it("refuses another encryption where one is named, and leaves the default to the bucket", () => {
    expect(statements[2]).toMatchObject({
      Action: "s3:PutObject",
      Condition: {
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      },
    });
  });

  it("is made after the public access block, since S3 takes one change of a bucket at a time", () => {
    expect(one("aws_s3_bucket_policy")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_s3_bucket_public_access_block\./),
    ]);
  });
});
