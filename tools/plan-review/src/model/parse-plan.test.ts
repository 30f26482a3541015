import { parsePlan, planWithout } from "./parse-plan";

/** A plan of one resource, as `terraform show -json` writes it. */
function planOf(change: object, resource: object = {}, plan: object = {}): object {
  const identity = { mode: "managed", type: "aws_vpc", name: "Network_Vpc_FAC8F4A5" };
  const address = "aws_vpc.Network_Vpc_FAC8F4A5";
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: [{ address, ...identity, ...resource, change: { actions: ["no-op"], ...change } }],
    ...plan,
  };
}

describe("a plan", () => {
  it.each([
    ["", "not JSON"],
    ["[]", "no JSON object"],
    ["{}", "no format_version"],
    ['{"format_version":"2.0","resource_changes":[]}', "its format is 2.0, and only 1.x is known here"],
    ['{"format_version":"1.0","values":{}}', "this is a state, not a plan"],
    ['{"format_version":"1.2","resource_changes":{}}', "resource_changes is no list"],
    ['{"format_version":"1.2","resource_changes":[{"address":"a"}]}', "resource_changes[0] is no change"],
  ])("is not %j", (json, problem) => {
    expect(() => parsePlan({ stack: "lob-a", plan: json })).toThrow(`plan of lob-a: ${problem}`);
  });

  it("quotes nothing of a text that is not JSON", () => {
    const parse = (): unknown => parsePlan({ stack: "lob-a", plan: "hush-hush" });
    expect(parse).toThrow(/^(?!.*hush)/);
  });

  it("with unknown actions is refused, since their effect cannot be judged", () => {
    expect(() => parsePlan({ stack: "lob-a", plan: planOf({ actions: ["teleport"] }) })).toThrow(
      'the actions ["teleport"] are not known here',
    );
  });

  it.each([
    [["delete", "create"], "replace"],
    [["create", "delete"], "replace"],
    [["forget"], "forget"],
  ])("takes %j for %s", (actions, kind) => {
    expect(parsePlan({ stack: "lob-a", plan: planOf({ actions }) }).resources[0]).toMatchObject({ kind });
  });

  it("knows what was moved, and from where", () => {
    const moved = parsePlan({ stack: "lob-a", plan: planOf({}, { previous_address: "aws_vpc.Old_1" }) });
    expect(moved.resources[0]?.movedFrom).toBe("aws_vpc.Old_1");
    const address = "aws_vpc.Network_Vpc_FAC8F4A5";
    const same = parsePlan({ stack: "lob-a", plan: planOf({}, { previous_address: address }) });
    expect(same.resources[0]?.movedFrom).toBeUndefined();
  });

  it("knows what is imported, also before its id is known", () => {
    const ids = [{ importing: { id: "vpc-1" } }, { importing: {} }, {}].map(
      (change) => parsePlan({ stack: "lob-a", plan: planOf(change) }).resources[0]?.importedId,
    );
    expect(ids).toEqual(["vpc-1", "", undefined]);
  });

  it("that ended with an error is a failure, with Terraform's message", () => {
    const plan = planOf({}, {}, { errored: true });
    expect(parsePlan({ stack: "lob-a", plan, error: "Error: no" }).failure).toEqual({
      kind: "errored",
      message: "Error: no",
    });
  });

  it("that leaves changes for later is a failure, with the reason of each", () => {
    const [change] = (planOf({ actions: ["create"] }) as { resource_changes: object[] }).resource_changes;
    const deferred = [{ reason: "resource_config_unknown", resource_change: change }];
    const plan = { ...planOf({}), resource_changes: [], deferred_changes: deferred, complete: false };
    const parsed = parsePlan({ stack: "lob-a", plan });
    expect(parsed.failure?.kind).toBe("deferred");
    expect(parsed.failure?.message).toContain("aws_vpc.Network_Vpc_FAC8F4A5: resource_config_unknown");
    expect(parsed.resources[0]).toMatchObject({ kind: "create", deferred: "resource_config_unknown" });
  });

  it("takes a resource's construct and account from the synthesized stack and the provider's block", () => {
    const path = "lob-a/Network/Vpc";
    const block = { expressions: { allowed_account_ids: { constant_value: ["222222222222"] } } };
    const plan = planOf(
      {},
      {},
      {
        configuration: {
          provider_config: {
            "aws.lob_a": { full_name: "registry.terraform.io/hashicorp/aws", alias: "lob_a", ...block },
          },
          root_module: {
            resources: [
              {
                address: "aws_vpc.Network_Vpc_FAC8F4A5",
                mode: "managed",
                type: "aws_vpc",
                name: "Network_Vpc_FAC8F4A5",
                provider_config_key: "aws.lob_a",
              },
            ],
          },
        },
      },
    );
    const synthesized = { resource: { aws_vpc: { Network_Vpc_FAC8F4A5: { "//": { metadata: { path } } } } } };
    expect(parsePlan({ stack: "lob-a", plan, synthesized }).resources[0]).toMatchObject({
      constructPath: path,
      provider: "aws.lob_a",
      accountId: "222222222222",
    });
  });

  it("takes the account of a resource that is no longer in the code from its ARN or its owner", () => {
    const accounts = [
      { arn: "arn:aws:ec2:eu-west-1:333333333333:vpc/vpc-1" },
      { arn: "arn:aws:s3:::bucket", owner_id: "222222222222" },
      {},
    ].map(
      (before) =>
        parsePlan({ stack: "lob-a", plan: planOf({ actions: ["delete"], before }) }).resources[0]?.accountId,
    );
    expect(accounts).toEqual(["333333333333", "222222222222", undefined]);
  });

  it("counts as secret: marked values, outputs of other stacks, and attributes with a secret name", () => {
    const reference = {
      address: "data.terraform_remote_state.cross-stack-reference-input-networking",
      mode: "data",
      type: "terraform_remote_state",
      name: "cross-stack-reference-input-networking",
      values: {
        outputs: { zones: { kms: "Z1234" }, "cross-stack-output-aws_vpcHub_Vpc_0A1B2C3Did": "vpc-hub" },
      },
    };
    const plan = planOf(
      {
        after: { password: "named", tags: { a: "marked" }, id: "open" },
        after_sensitive: { tags: { a: true } },
      },
      {},
      { prior_state: { values: { root_module: { resources: [reference] } } } },
    );
    const { secrets, foreignOutputs } = parsePlan({ stack: "lob-a", plan });
    expect(secrets).toEqual([
      { value: "Z1234", label: "networking zones.kms" },
      { value: "vpc-hub", label: "networking Hub_Vpc.id" },
      { value: "marked", label: "sensitive" },
      { value: "named", label: "sensitive" },
    ]);
    expect(Object.keys(foreignOutputs)).toEqual(["networking"]);
  });
});

describe("a stack without a plan", () => {
  it("is a failure", () => {
    expect(planWithout("lob-a", "Error: no").failure).toEqual({ kind: "missing", message: "Error: no" });
  });
});
