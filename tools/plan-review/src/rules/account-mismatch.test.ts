import type { ProviderConfig } from "../model";
import { contextOf, created, planOf } from "../testing/plans";
import { accountMismatch } from "./account-mismatch";

const PROVIDER: ProviderConfig = {
  key: "aws.lob_a",
  alias: "lob_a",
  source: "registry.terraform.io/hashicorp/aws",
  accountIds: ["222222222222"],
  assumedRole: "arn:aws:iam::222222222222:role/studio-access-deploy",
  region: "eu-west-1",
};

function detailsOf(provider: Partial<ProviderConfig>, stack = "lob-a"): readonly string[] {
  const context = contextOf(planOf(stack, [], { providers: [{ ...PROVIDER, ...provider }] }));
  return accountMismatch.check(context).flatMap(({ details }) => details ?? []);
}

describe("account-mismatch", () => {
  it("accepts the config's account, role and region", () => {
    expect(detailsOf({})).toEqual([]);
    expect(detailsOf({ source: "registry.terraform.io/hashicorp/random", accountIds: [] })).toEqual([]);
  });

  it.each<[string, Partial<ProviderConfig>, string]>([
    ["that names no account", { accountIds: [] }, "allowed_account_ids is not set"],
    ["of another line of business", { accountIds: ["333333333333"] }, "account 333333333333"],
    ["of two accounts", { accountIds: ["222222222222", "111111111111"] }, "more than one"],
    ["with another role", { assumedRole: "arn:aws:iam::222222222222:role/admin" }, "role/admin"],
    ["in another region", { region: "us-east-1" }, "us-east-1"],
  ])("blocks a provider %s", (_, provider, text) => {
    expect(detailsOf(provider).join()).toContain(text);
  });

  it("reports a provider without an alias only where a resource uses it", () => {
    const plain: ProviderConfig = { key: "aws", source: PROVIDER.source, accountIds: [] };
    const uses = {
      address: "aws_vpc.X",
      mode: "managed",
      type: "aws_vpc",
      name: "X",
      provider: "aws",
    } as const;
    const check = (more: object): number =>
      accountMismatch.check(contextOf(planOf("lob-a", [], { providers: [plain], ...more }))).length;
    expect([check({}), check({ declared: [uses] })]).toEqual([0, 1]);
  });

  it("keeps the hub's stacks out of a line of business's account", () => {
    expect(detailsOf({}, "networking").join()).toContain("account 222222222222");
  });

  it("keeps a line of business's roles for workflows in its own account", () => {
    expect(detailsOf({}, "ci-access-lob-a")).toEqual([]);
    expect(detailsOf({}, "ci-access-lob-b").join()).toContain("account 222222222222");
    expect(detailsOf({}, "ci-access").join()).toContain("account 222222222222");
    const shared = { accountIds: ["111111111111"] };
    expect(detailsOf(shared, "ci-access-lob-a").join()).toContain("account 111111111111");
  });

  it("blocks a resource in an account outside the config", () => {
    const stray = created("aws_vpc", {}, { accountId: "999999999999" });
    expect(accountMismatch.check(contextOf(planOf("lob-a", [stray])))).toHaveLength(1);
    expect(accountMismatch.check(contextOf(planOf("lob-a", [created("aws_vpc", {})])))).toEqual([]);
  });
});
