import { sampleConfig, sampleState, recorded } from "../testing/sample";
import { add, drop, policy, set, type Change } from "../testing/mutations/mutation";
import { buildModel } from "../model/model";
import { closedWorldSettings, expectedClosedWorld } from "./closed-world";
import { closureSettings, expectedClosure } from "./closure";

const state = sampleState();
const model = (change: Change): ReturnType<typeof buildModel> => buildModel(change(state), "eu-west-1");

function row(name: string, change: Change = (same) => same): string | undefined {
  const settings = [
    ...closedWorldSettings(model(change), sampleConfig),
    ...closureSettings(model(change), sampleConfig),
  ];
  return settings.find(([each]) => each === name)?.[1]().outcome;
}

describe("a stack's resources of one type", () => {
  it("are as the table says in a good deployment, and no others are called for", () => {
    const rows = closedWorldSettings(
      model((same) => same),
      sampleConfig,
    );
    expect(new Map(rows.map(([name, answer]) => [name, answer().outcome]))).toEqual(
      new Map(expectedClosedWorld(sampleConfig)),
    );
  });

  it("turn red with an attribute that must not be set, and name it", () => {
    const change = set(["lob-a", "aws_subnet", "private-euw1-az1"], { map_public_ip_on_launch: true });
    expect(row("lob-a: aws_subnet", change)).toMatch(
      /^aws_subnet\.Network_Subnet-private-euw1-az1_\w+: map_public_ip_on_launch must not be set, and is true$/,
    );
  });

  it("turn red with another value than the fixed one", () => {
    const change = set(["lob-a", "aws_vpc"], { enable_dns_support: false });
    expect(row("lob-a: aws_vpc", change)).toMatch(/enable_dns_support is not set$/);
  });

  it("turn red with a reference to another resource", () => {
    const change = set(["lob-a", "aws_flow_log"], { vpc_id: "vpc-0another" });
    expect(row("lob-a: aws_flow_log", change)).toMatch(
      /vpc_id is vpc-0another, which the config does not call for/,
    );
  });

  it("turn red with one too few, one too many, and two that are the same", () => {
    expect(row("access: aws_route_table", drop("access", "aws_route_table", "private"))).toMatch(
      /^there are 1, not 2/,
    );
    const twin: Change = (all) => [
      ...all,
      ...all.filter(({ type, stack }) => stack === "lob-a" && type === "aws_vpc"),
    ];
    expect(row("lob-a: aws_vpc", twin)).toMatch(
      /^there are 2, not 1; aws_vpc\.\w+ is the same as aws_vpc\.\w+/,
    );
  });

  it("turn red with a type that the table does not know", () => {
    expect(row("lob-a: aws_network_acl", add("lob-a", "aws_network_acl", {}))).toMatch(/^cannot be told/);
  });

  it("turn red in a stack that the config does not call for", () => {
    expect(row("state: aws_s3_bucket", (all) => [...all, ...recorded("state")])).toMatch(
      /^in a stack that the config does not call for/,
    );
  });

  it("turn red with a policy's statement that the table does not know", () => {
    const change = policy(["lob-a", "aws_iam_role_policy", "AccessRole"], "policy", (statements) => [
      ...statements,
      { Sid: "More", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
    ]);
    expect(row("lob-a: aws_iam_role_policy", change)).toMatch(
      /policy has the statement More \(Allow s3:GetObject\), which the table does not know$/,
    );
  });
});

describe("what a role may change", () => {
  const PRESIGN = "arn:aws:iam::111111111111:role/studio-access/local/studio-access-local-presign may change";
  const allow = (Action: string, more: object = {}): Change =>
    policy(["access", "aws_iam_role_policy", "PresignFunction"], "policy", (statements) => [
      ...statements,
      { Sid: "More", Effect: "Allow", Action, Resource: "*", ...more },
    ]);

  it("is nothing in a good deployment", () => {
    const rows = closureSettings(
      model((same) => same),
      sampleConfig,
    );
    expect(new Map(rows.map(([name, answer]) => [name, answer().outcome]))).toEqual(
      new Map(expectedClosure(sampleConfig)),
    );
  });

  it("names the chain from the statement to what the role can thereby do", () => {
    expect(row(PRESIGN, allow("iam:PutRolePolicy"))).toMatch(
      /^studio-access-local-presign → iam:PutRolePolicy on \S+ → decides what that role may do \(.*statement More\)$/,
    );
  });

  it("is found behind a pattern, a condition and a list of exceptions", () => {
    const condition = { Bool: { "aws:SecureTransport": "true" } };
    expect(row(PRESIGN, allow("lambda:Update*", { Condition: condition }))).toContain(
      "lambda:UpdateFunctionCode",
    );
    const except: Change = policy(
      ["access", "aws_iam_role_policy", "PresignFunction"],
      "policy",
      (statements) => [...statements, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
    );
    expect(row(PRESIGN, except)).toContain("lambda:UpdateFunctionCode");
    expect(row(PRESIGN, except)).not.toContain("iam:");
  });

  it("leaves out what is not ours", () => {
    const foreign = { Resource: "arn:aws:iam::444444444444:role/other" };
    expect(row(PRESIGN, allow("iam:PutRolePolicy", foreign))).not.toContain("→");
  });
});
