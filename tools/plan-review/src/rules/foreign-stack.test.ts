import { findingsOf, findingLines } from "../testing/findings";
import { contextOf, created, planOf, resourceOf, updated } from "../testing/plans";
import { foreignStack } from "./foreign-stack";

function row(values: Readonly<Record<string, string>>): ReturnType<typeof created> {
  const item = JSON.stringify(Object.fromEntries(Object.entries(values).map(([name, S]) => [name, { S }])));
  return created("aws_dynamodb_table_item", { item }, { accountId: "111111111111" });
}

describe("foreign-stack", () => {
  it("blocks a row of another line of business, or of another's account", () => {
    expect(findingsOf(foreignStack, row({ PK: "eve", LOB: "lob-b" }))[0]?.details).toEqual([
      "the row is lob-b's",
    ]);
    expect(findingsOf(foreignStack, row({ PK: "lob-b", ACCOUNT_ID: "222222222222" }))).toHaveLength(1);
    const role = "arn:aws:iam::999999999999:role/access";
    expect(
      findingsOf(foreignStack, row({ PK: "lob-a", ACCOUNT_ID: "222222222222", ROLE_ARN: role }))[0]?.details,
    ).toEqual(["the row names account 999999999999"]);
  });

  it("blocks a profile maker of another account", () => {
    const maker = "arn:aws:iam::999999999999:role/profiles";
    const own = { PK: "lob-a", ACCOUNT_ID: "222222222222", PROFILE_MAKER_ROLE_ARN: maker };
    expect(findingsOf(foreignStack, row(own))[0]?.details).toEqual(["the row names account 999999999999"]);
  });

  it("lets a line of business write its own rows, and make the pool's groups that lead to it", () => {
    const own = row({ PK: "lob-a", ACCOUNT_ID: "222222222222" });
    expect(findingLines(foreignStack, row({ PK: "alice", LOB: "lob-a" }), own)).toEqual([]);
    const shared = { accountId: "111111111111" };
    expect(findingLines(foreignStack, created("aws_cognito_user_group", {}, shared))).toEqual([]);
  });

  it("blocks a line of business that changes shared services", () => {
    const shared = { accountId: "111111111111" };
    expect(findingLines(foreignStack, created("aws_vpc_endpoint", {}, shared))).toEqual([
      "block aws_vpc_endpoint.Example",
    ]);
    expect(findingLines(foreignStack, created("aws_ram_principal_association", {}, shared))).toEqual([]);
    expect(findingLines(foreignStack, created("aws_vpc_endpoint", {}))).toEqual([]);
  });

  it("blocks a stack that reads another stack's state", () => {
    const reads = (stack: string): ReturnType<typeof contextOf> => {
      const name = `cross-stack-reference-input-${stack}`;
      const type = "terraform_remote_state";
      const declared = [
        { address: `data.${type}.${name}`, mode: "data", type, name, provider: "terraform" },
      ] as const;
      return contextOf(planOf("lob-a", [], { declared }));
    };
    expect(foreignStack.check(reads("lob-b"))).toMatchObject([{ severity: "block", stack: "lob-a" }]);
    expect(foreignStack.check(reads("networking"))).toEqual([]);
  });

  it("warns when another stack changes while one is added", () => {
    const added = planOf("lob-b", [created("aws_vpc", {})]);
    const staying = resourceOf({ type: "aws_vpc", kind: "no-op", before: {}, after: {} });
    const changed = planOf("networking", [staying, updated("aws_route", {}, {})]);
    expect(foreignStack.check(contextOf(changed, added))).toMatchObject([
      { severity: "warn", stack: "networking" },
    ]);
    expect(foreignStack.check(contextOf(planOf("networking", [staying]), added))).toEqual([]);
  });

  it("says nothing of a first deploy", () => {
    const stacks = ["networking", "access", "lob-a"].map((name) => planOf(name, [created("aws_vpc", {})]));
    expect(foreignStack.check(contextOf(...stacks))).toEqual([]);
  });
});
