import { countsText, jsonReport, markdownReport, maskOf } from "./report";
import { review, type Review } from "./review";
import type { Rule, RuleContext } from "./rules/rule";
import { realPlan, realPlanNames } from "./testing/real-plan";

/** Reviews without the real rules, which have their own tests. */
function reviewed(context: RuleContext, rules: readonly Rule[] = []): Review {
  return review(context, rules, () => undefined);
}

function report(name: string, rules: readonly Rule[] = []): string {
  const context = realPlan(name);
  return markdownReport(reviewed(context, rules), context.config);
}

function countsIn(name: string): Readonly<Record<string, string>> {
  const { counts } = reviewed(realPlan(name));
  return Object.fromEntries(Object.entries(counts).map(([stack, each]) => [stack, countsText(each)]));
}

/** A rule that quotes the values of each change. */
const talkative: Rule = {
  name: "talkative",
  severity: "note",
  description: "Quotes all that changes.",
  check: ({ stacks }) =>
    stacks.flatMap(({ stack, resources }) =>
      resources
        .filter(({ kind }) => kind !== "no-op")
        .map(({ address, before, after }) => ({
          rule: "talkative",
          severity: "note",
          stack,
          address,
          message: `It was ${JSON.stringify(before)}.`,
          details: [JSON.stringify(after)],
        })),
    ),
};

describe("a plan of the real Terraform", () => {
  it.each([
    [
      "no-change",
      { networking: "no resource changes", access: "no resource changes", "lob-a": "no resource changes" },
    ],
    ["user-added", { "lob-a": "4 to add" }],
    ["user-removed", { "lob-a": "4 to destroy" }],
    ["cidr-changed", { "lob-a": "4 to change, 43 to replace" }],
    ["trust-widened", { "lob-a": "1 to change" }],
    ["moved", { "lob-a": "1 to move" }],
    ["imported", { networking: "1 to change, 1 to import" }],
    ["many-destroys", { "lob-b": "59 to destroy" }],
  ])("of %s counts what changes", (name, counts) => {
    expect(countsIn(name)).toEqual(counts);
  });

  it("of a first deploy is complete for the first stack, and fails for the stack that reads it", () => {
    const { stacks, verdict } = reviewed(realPlan("first-deploy"));
    expect(verdict).toBe("failed");
    expect(stacks.map(({ failure }) => failure?.message.split("\n")[0])).toEqual([
      undefined,
      "Error: Unable to find remote state",
    ]);
  });

  it("of a new line of business changes networking and access, where there is no Organization", () => {
    const counts = countsIn("lob-added");
    expect(Object.keys(counts)).toEqual(["networking", "access", "lob-c"]);
    expect(counts["lob-c"]).toMatch(/^\d\d to add$/);
    expect(Object.values(counts)).not.toContain("no resource changes");
  });

  it("knows which attribute makes Terraform replace what", () => {
    const [lob] = realPlan("cidr-changed").stacks;
    const vpc = lob?.resources.find(({ type }) => type === "aws_vpc");
    expect(vpc).toMatchObject({
      kind: "replace",
      constructPath: "lob-a/Network/Vpc",
      accountId: "222222222222",
    });
    expect(vpc?.replacePaths).toEqual([["cidr_block"]]);
  });

  it("knows the providers that have a block or are used, and no other", () => {
    const keys = realPlan("no-change").stacks.map(({ providers }) => providers.map(({ key }) => key));
    expect(keys).toEqual([
      ["aws.shared_services"],
      ["aws.shared_services", "terraform"],
      ["aws.lob_a", "aws.shared_services", "terraform"],
    ]);
  });

  it("knows the providers' versions and accounts", () => {
    const provider = (name: string, key: string): unknown =>
      realPlan(name).stacks[0]?.providers.find((each) => each.key === key);
    expect(provider("provider-upgraded", "aws.lob_a")).toMatchObject({ version: "7.0.0" });
    expect(provider("wrong-account", "aws.lob_a")).toMatchObject({ accountIds: ["999999999999"] });
    expect(provider("other-provider", "example")).toMatchObject({
      source: "registry.terraform.io/example/aws",
      accountIds: [],
    });
  });

  it.each([
    "no-change",
    "trust-widened",
    "condition-removed",
    "user-added",
    "moved",
    "imported",
    "errored",
    "ingress-opened",
    "share-outside",
  ])("of %s makes this report", (name) => {
    expect(report(name)).toMatchSnapshot();
  });
});

describe.each(realPlanNames())("the report of %s", (name) => {
  const context = realPlan(name);
  const review_ = reviewed(context, [talkative]);

  it("fits a comment, and says so where it was shortened", () => {
    const text = markdownReport(review_, context.config);
    expect(text.length).toBeLessThanOrEqual(65_536);
    const whole = markdownReport(review_, context.config, { limit: 10_000_000 });
    expect(text.includes("**Shortened**")).toBe(whole.length > text.length);
    expect(whole).not.toContain("**Shortened**");
  });

  it("holds nothing secret, and neither does the JSON", () => {
    const mask = maskOf(context.stacks, context.config);
    const secrets = context.stacks
      .flatMap((plan) => plan.secrets)
      .filter(({ value }) => mask(value) !== value);
    const texts = [
      markdownReport(review_, context.config, { limit: 10_000_000 }),
      JSON.stringify(jsonReport(review_, context.config)),
    ];
    for (const { value } of secrets) for (const text of texts) expect(text).not.toContain(value);
    expect(texts.join("")).not.toContain("not-a-password");
  });
});
