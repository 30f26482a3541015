import { backendRefusals, referenceRefusals, stackRefusals } from "./stack-refusals";

const STACK = {
  "//": { metadata: { stackName: "access" } },
  terraform: {
    backend: { local: { path: "access.tfstate" } },
    required_providers: { aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } },
  },
  provider: {
    aws: [
      {
        alias: "shared",
        region: "eu-west-1",
        allowed_account_ids: ["111111111111"],
        assume_role: [{ role_arn: "arn:aws:iam::111111111111:role/deploy" }],
      },
    ],
  },
  data: { terraform_remote_state: { networking: { backend: "local", config: {} } } },
  resource: { aws_vpc: { Main: { provider: "aws.shared", lifecycle: { ignore_changes: ["tags"] } } } },
  output: { id: { value: "${aws_vpc.Main.id}" } },
};

function places(more: object): readonly string[] {
  return stackRefusals("access", { ...STACK, ...more }).map(({ place }) => place);
}

function aws(more: object): object {
  return { provider: { aws: [{ ...STACK.provider.aws[0], ...more }] } };
}

function terraform(more: object): object {
  return { terraform: { ...STACK.terraform, ...more } };
}

describe("what would run at plan time", () => {
  it("is nothing in a stack of ours", () => {
    expect(stackRefusals("access", STACK)).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      "a provider of another source",
      terraform({ required_providers: { aws: { source: "evil/aws" } } }),
      "terraform.required_providers.aws",
    ],
    ["a module", { module: { x: { source: "./x" } } }, "module"],
    ["an ephemeral resource", { ephemeral: {} }, "ephemeral"],
    ["a check", { check: {} }, "check"],
    ["HCP Terraform", terraform({ cloud: {} }), "terraform.cloud"],
    ["a strange backend", terraform({ backend: { http: {} } }), "terraform.backend.http"],
    [
      "an endpoint of its own",
      aws({ endpoints: [{ sts: "https://sts.example.com" }] }),
      "provider.aws.shared.endpoints",
    ],
    [
      "credentials in a file",
      aws({ shared_credentials_files: ["/x"] }),
      "provider.aws.shared.shared_credentials_files",
    ],
    ["no account", aws({ allowed_account_ids: [] }), "provider.aws.shared"],
    ["an external program", { data: { external: { x: { program: ["sh"] } } } }, "data.external.x"],
    ["a web request", { data: { http: { x: { url: "https://example.com" } } } }, "data.http.x"],
    ["a call of a function", { data: { aws_lambda_invocation: { x: {} } } }, "data.aws_lambda_invocation.x"],
    [
      "a secret parameter",
      { data: { aws_ssm_parameter: { x: { name: "/db/password" } } } },
      "data.aws_ssm_parameter.x",
    ],
    [
      "another's state",
      { data: { terraform_remote_state: { x: { backend: "http", config: {} } } } },
      "data.terraform_remote_state.x.backend",
    ],
    [
      "a provisioner",
      { resource: { terraform_data: { x: { provisioner: [{ "local-exec": { command: "id" } }] } } } },
      "resource.terraform_data.x.provisioner",
    ],
    ["a null resource", { resource: { null_resource: { x: {} } } }, "resource.null_resource.x"],
    [
      "a right whose changes are ignored",
      { resource: { aws_iam_role: { x: { lifecycle: { ignore_changes: ["assume_role_policy"] } } } } },
      "resource.aws_iam_role.x.lifecycle.ignore_changes",
    ],
    [
      "changes that are all ignored",
      { resource: { aws_iam_role: { x: { lifecycle: { ignore_changes: "all" } } } } },
      "resource.aws_iam_role.x.lifecycle.ignore_changes",
    ],
    ["a file that is read", { locals: { x: '${file("/etc/passwd")}' } }, "locals.x"],
    ["a provider's function", { locals: { x: "${provider::aws::arn_parse(1)}" } }, "locals.x"],
  ])("is refused: %s", (_, more, place) => {
    expect([...new Set(places(more))][0]).toBe(place);
  });

  it("is not in a text that only mentions it", () => {
    expect(places({ output: { x: { value: "see file (1)" } } })).toEqual([]);
  });

  it("is refused where it cannot be read", () => {
    expect(stackRefusals("access", undefined)).toHaveLength(1);
  });
});

describe("the state that a stack reads", () => {
  function refused(name: string, path: string): number {
    const reads = { data: { terraform_remote_state: { [name]: { backend: "local", config: { path } } } } };
    const networking = { terraform: { backend: { local: { path: "networking.tfstate" } } } };
    return referenceRefusals(
      new Map<string, unknown>([
        ["networking", networking],
        ["access", reads],
      ]),
    ).length;
  }

  it("is that of the stack whose name it has", () => {
    expect(refused("cross-stack-reference-input-networking", "networking.tfstate")).toBe(0);
    expect(refused("cross-stack-reference-input-networking", "lob-b.tfstate")).toBe(1);
    expect(refused("mine", "networking.tfstate")).toBe(1);
  });
});

describe("where states are kept", () => {
  const withKey = (bucket: string, key: string): object => ({
    terraform: { backend: { s3: { bucket, key } } },
  });

  it("is the same place for all, but for the key", () => {
    const stacks = new Map([
      ["a", withKey("states", "a")],
      ["b", withKey("states", "b")],
      ["c", withKey("elsewhere", "c")],
    ]);
    expect(backendRefusals(stacks).map(({ stack }) => stack)).toEqual(["c"]);
  });

  it("is the disk for the stack that makes the bucket", () => {
    const own = { terraform: { backend: { local: { path: "x" } } } };
    expect(
      backendRefusals(
        new Map([
          ["state", own],
          ["a", withKey("states", "a")],
        ]),
      ),
    ).toEqual([]);
  });
});
