import { fakeFacts, inShort, resource, synthesized } from "../testing/fake-facts";
import { known, unknown } from "../finding";
import { VPCS, type Quota } from "./quota-needs";
import { profileFindings, quotaFindings, quotasCheck, zoneFinding, type QuotaUse } from "./quotas";

function use(name: string, need: number, have: number | undefined): QuotaUse {
  const quota: Quota = { service: "vpc", code: "L-00000000", name };
  return { quota, need, have };
}

describe("quotas", () => {
  it("that suffice are reported in one line", () => {
    expect(quotaFindings("quotas", [use("VPCs", 4, 5), use("rules", 3, 60)], "eu-west-1")).toEqual([
      { check: "quotas", result: "ok", detail: "VPCs: 4 of 5; rules: 3 of 60" },
    ]);
  });

  it("that do not suffice fail one by one, with the command that requests an increase", () => {
    expect(quotaFindings("quotas", [use("VPCs", 6, 5), use("rules", 3, 60)], "eu-west-1")).toEqual([
      {
        check: "quotas",
        result: "fail",
        detail: "VPCs: 6 of 5",
        remedy:
          "ask for more, in this account: `aws service-quotas request-service-quota-increase --region eu-west-1 --service-code vpc --quota-code L-00000000 --desired-value 12`",
      },
      { check: "quotas", result: "ok", detail: "rules: 3 of 60" },
    ]);
  });

  it.each([
    [49, "warn"],
    [48, "ok"],
    [60, "warn"],
    [61, "fail"],
  ])("of 60 are, with %i needed, %s", (need, result) => {
    expect(quotaFindings("quotas", [use("rules", need, 60)], "eu-west-1")).toMatchObject([{ result }]);
  });

  it("that Service Quotas does not list are reported as not checked", () => {
    expect(quotaFindings("quotas", [use("rules", 3, undefined)], "eu-west-1")).toEqual([
      {
        check: "quotas",
        result: "warn",
        detail: "not checked: Service Quotas knows no rules (L-00000000)",
      },
    ]);
  });

  it.each([
    [102, "ok"],
    [241, "warn"],
    [301, "fail"],
  ])("of a private zone are, with %i VPCs, %s", (need, result) => {
    expect(zoneFinding(need)).toMatchObject({
      result,
      detail: expect.stringContaining(`${need} of 300`) as unknown,
    });
  });

  it.each([
    [501, "ok"],
    [801, "warn"],
    [1001, "fail"],
  ])("let %i VPCs share a Route 53 profile: %s", (need, result) => {
    const detail = expect.stringContaining(`${need} of 1000`) as unknown;
    expect(profileFindings(need)).toMatchObject([{ result, detail }]);
  });

  it("say nothing of a profile where there is none", () => {
    expect(profileFindings(0)).toEqual([]);
  });

  it("are compared in each account, including the VPCs that these stacks do not manage", async () => {
    const stacks = synthesized(
      resource("aws_vpc"),
      resource("aws_vpc", {}, { accountId: "222222222222" }),
      resource("aws_vpc", {}, { accountId: "333333333333" }),
    );
    const asked: string[] = [];
    const check = quotasCheck(
      fakeFacts({ synthesized: known(stacks), closed: ["lob-b"] }),
      ({ region: account }, { code }) => {
        asked.push(`${account} ${code}`);
        return Promise.resolve(5);
      },
      ({ region: account }, environment) =>
        Promise.resolve(account === "lob-a" && environment === "test" ? 5 : 1),
    );
    expect(inShort(await check.find())).toEqual([
      "ok quotas (shared-services)",
      "fail quotas (lob-a)",
      "warn quotas (lob-b)",
      "ok quotas (private zones)",
    ]);
    expect(asked.sort()).toEqual([`lob-a ${VPCS.code}`, `shared-services ${VPCS.code}`]);
  });

  it("are not compared when the stacks, which say what is needed, do not synthesize", async () => {
    const facts = fakeFacts({ synthesized: unknown("the stacks do not synthesize") });
    expect(inShort(await quotasCheck(facts).find())).toEqual(["warn quotas"]);
  });
});
