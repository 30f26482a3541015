import { CONFIG, fakeFacts, inShort } from "../testing/fake-facts";
import { known } from "../finding";
import { organizationCheck, organizationFinding } from "./organization";
import { ramSharingCheck, sharingFinding } from "./ram-sharing";

const OURS = "o-exampleorg1";
const inOrganization = fakeFacts({ config: known({ ...CONFIG, organizationId: OURS }) });

describe("the Organization", () => {
  it.each([
    ["no Organization, and the config has none", null, { id: null }, "ok", /in no Organization/],
    ["the Organization of the config", OURS, { id: OURS }, "ok", /in o-exampleorg1/],
    ["another", OURS, { id: "o-another1234" }, "fail", /in o-another1234; the config says o-exampleorg1/],
    [
      "no Organization, though the config has one",
      OURS,
      { id: null },
      "fail",
      /in no Organization; the config says o-exampleorg1/,
    ],
    ["an Organization, though the config has none", null, { id: OURS }, "warn", /the config says null/],
    [
      "unknown, since AWS denies the call",
      OURS,
      { denied: "not authorized" },
      "warn",
      /^not checked: not authorized/,
    ],
  ] as const)("is %s", (_what, configured, membership, result, detail) => {
    const finding = organizationFinding("organization", configured, membership);
    expect(finding).toMatchObject({ result, detail: expect.stringMatching(detail) as unknown });
    expect(finding.remedy !== undefined).toBe(result !== "ok");
  });

  it("is looked up in every account, since one of them may be outside", async () => {
    const findings = await organizationCheck(inOrganization, ({ region: account }) =>
      Promise.resolve({ id: account === "lob-b" ? null : OURS }),
    ).find();
    expect(inShort(findings)).toEqual([
      "ok organization (shared-services)",
      "ok organization (lob-a)",
      "fail organization (lob-b)",
    ]);
  });
});

describe("sharing by RAM within the Organization", () => {
  it.each([
    ["on", "ok", undefined],
    ["off", "fail", /aws ram enable-sharing-with-aws-organization/],
    [
      "not for this account to know",
      "warn",
      /list-aws-service-access-for-organization.*must list ram\.amazonaws\.com/,
    ],
  ] as const)("that is %s", (sharing, result, remedy) => {
    const finding = sharingFinding("RAM sharing", sharing);
    expect(finding.result).toBe(result);
    if (remedy === undefined) expect(finding.remedy).toBeUndefined();
    else expect(finding.remedy).toMatch(remedy);
  });

  it("is checked only in an Organization", async () => {
    const never = (): Promise<never> => Promise.reject(new Error("not asked"));
    expect(await ramSharingCheck(fakeFacts(), never).find()).toMatchObject([
      { result: "ok", detail: expect.stringContaining("LOBs accept an invitation") as unknown },
    ]);
    expect(inShort(await ramSharingCheck(inOrganization, () => Promise.resolve("off")).find())).toEqual([
      "fail RAM sharing (shared-services)",
    ]);
  });
});
