import type { Config } from "@studio-access/config";
import { asList, statementsOf } from "./testing/policies";
import { allResources, localConfig, synthApp, type JsonObject } from "./testing/synth-app";

/** Settings whose loss no other test would notice: each is asserted here with its purpose. */
describe("settings", () => {
  const config = localConfig();
  const bodies = (type: string, of: Config = config): readonly JsonObject[] =>
    allResources(synthApp(of))
      .filter((resource) => resource.type === type)
      .map(({ body }) => body);

  it("let administrators alone create stand-in users, with long passwords and a short access token", () => {
    expect(bodies("aws_cognito_user_pool")).toEqual([
      expect.objectContaining({
        admin_create_user_config: { allow_admin_create_user_only: true },
        mfa_configuration: "OPTIONAL",
        password_policy: expect.objectContaining({ minimum_length: 16 }) as unknown,
      }),
    ]);
    expect(bodies("aws_cognito_user_pool_client")).toEqual([
      expect.objectContaining({
        allowed_oauth_flows: ["code"],
        prevent_user_existence_errors: "ENABLED",
        enable_token_revocation: true,
        access_token_validity: 15,
      }),
    ]);
  });

  it("keep an authorizer's answer for a minute at most, and throttle the API", () => {
    const [authorizer] = bodies("aws_api_gateway_authorizer");
    expect(authorizer?.["authorizer_result_ttl_in_seconds"]).toBeLessThanOrEqual(60);
    expect(bodies("aws_api_gateway_method_settings")).toEqual([
      expect.objectContaining({
        settings: expect.objectContaining({
          throttling_rate_limit: 50,
          throttling_burst_limit: 100,
        }) as unknown,
      }),
    ]);
  });

  it("share the Transit Gateway with outsiders only where there is no Organization", () => {
    const external = (organizationId: string | null): unknown[] =>
      bodies("aws_ram_resource_share", { ...config, organizationId }).map(
        (body) => body["allow_external_principals"],
      );
    expect([external(null), external("o-exampleorg1")]).toEqual([[true], [false]]);
  });

  it("keep logs as long as the config says, and no longer", () => {
    const days = bodies("aws_cloudwatch_log_group").map((body) => body["retention_in_days"]);
    expect(new Set(days)).toEqual(new Set([config.logRetentionDays]));
  });

  it("declare the log of the API's errors, which API Gateway would make without key and retention", () => {
    const [group] = allResources(synthApp(config)).filter(({ path }) => path.endsWith("/ExecutionLog"));
    expect(group?.body["name"]).toMatch(
      /^API-Gateway-Execution-Logs_\$\{aws_api_gateway_rest_api\..+\.id\}\/studio$/,
    );
    expect(group?.body["kms_key_id"]).toContain("aws_kms_key.");
    const [settings] = bodies("aws_api_gateway_method_settings");
    expect(settings?.["depends_on"]).toEqual([group?.address]);
    const keys = bodies("aws_kms_key").map((body) => body["policy"]);
    expect(keys.filter((policy) => (policy as string).includes("API-Gateway-Execution-Logs_"))).toHaveLength(
      1,
    );
  });

  it("make SageMaker's default bucket, private and encrypted, unless the account has it", () => {
    const [first, ...others] = config.linesOfBusiness;
    const names = (of: Config): unknown[] => bodies("aws_s3_bucket", of).map((body) => body["bucket"]);
    expect(names(config)).toEqual(["sagemaker-eu-west-1-222222222222", "sagemaker-eu-west-1-333333333333"]);
    expect(names({ ...config, linesOfBusiness: [{ ...first!, defaultBucket: false }, ...others] })).toEqual([
      "sagemaker-eu-west-1-333333333333",
    ]);
    expect(bodies("aws_s3_bucket_public_access_block")).toHaveLength(2);
    const refusals = bodies("aws_s3_bucket_policy").map((body) => body["policy"] as string);
    expect(refusals).toEqual([
      expect.stringContaining("NoPlainHttp"),
      expect.stringContaining("NoPlainHttp"),
    ]);
    const protectedOnes = bodies("aws_s3_bucket", { ...config, dataRetention: "retain" });
    expect(protectedOnes.map((body) => [body["force_destroy"], body["lifecycle"]])).toEqual([
      [false, { prevent_destroy: true }],
      [false, { prevent_destroy: true }],
    ]);
  });

  it("let notebooks read the buckets that the config lists, and write to none of them", () => {
    const readableBuckets = ["jumpstart-cache-prod-eu-west-1"];
    const listed = { ...config, network: { ...config.network, readableBuckets } };
    const found = (of: Config): unknown[] =>
      statementsOf(allResources(synthApp(of)))
        .filter(({ statement }) => asList(statement.Resource).some((arn) => arn.includes("jumpstart")))
        .map(({ kind, statement }) => [kind, statement.Action]);
    const read = [["s3:GetObject"], [["s3:GetBucketLocation", "s3:ListBucket"]]].map(([action]) => action);
    expect(found(config)).toEqual([]);
    expect(found(listed)).toEqual(
      ["lob-a", "lob-b"].flatMap(() => [
        ...read.map((action) => ["identity", action]),
        ...read.map((action) => ["endpoint", action]),
      ]),
    );
  });

  it("close the Studio domain: no internet, a boundary of its own, tags and the user's name on all it does", () => {
    for (const domain of bodies("aws_sagemaker_domain")) {
      expect(domain).toMatchObject({
        app_network_access_type: "VpcOnly",
        auth_mode: "IAM",
        tag_propagation: "ENABLED",
        domain_settings: {
          execution_role_identity_config: "USER_PROFILE_NAME",
          security_group_ids: [expect.stringContaining("StudioNetwork_SecurityGroup")],
        },
      });
    }
  });

  it("open the new Studio for users, and shut idle apps down", () => {
    const idle = {
      app_lifecycle_management: {
        idle_settings: {
          lifecycle_management: "ENABLED",
          idle_timeout_in_minutes: config.studio.idleShutdownMinutes,
        },
      },
    };
    for (const domain of bodies("aws_sagemaker_domain")) {
      expect(domain).toMatchObject({
        default_user_settings: {
          default_landing_uri: "studio::",
          studio_web_portal: "ENABLED",
          jupyter_lab_app_settings: idle,
          code_editor_app_settings: idle,
        },
      });
    }
  });

  it("let a line of business reach S3 buckets of its own account, and AWS's image layers", () => {
    const policies = bodies("aws_vpc_endpoint")
      .filter((body) => (body["service_name"] as string).endsWith(".s3"))
      .map((body) => JSON.parse(body["policy"] as string) as { Statement: { Condition: unknown }[] });
    expect(policies.map(({ Statement }) => Statement.map(({ Condition }) => Condition))).toEqual(
      ["222222222222", "333333333333"].map((account) => [
        { StringEquals: { "aws:ResourceAccount": account } },
        { StringEquals: { "aws:PrincipalAccount": account } },
      ]),
    );
  });
});
