import { CONFIG, fakeFacts, inShort } from "../testing/fake-facts";
import { known } from "../finding";
import { organizationCheck, organizationFinding } from "./organization";
import { ramSharingCheck, sharingFinding } from "./ram-sharing";

const OURS = "o-exampleorg1";
const inOrganization = fakeFacts({ config: known({ ...CONFIG, organizationId: OURS }) });

describe("the Organization", () => {
  it.each([
    ["none, and none configured", null, { id: null }, "ok", /in no Organization/],
    ["the one that is configured", OURS, { id: OURS }, "ok", /in o-exampleorg1/],
    ["another", OURS, { id: "o-another1234" }, "fail", /in o-another1234; the config says o-exampleorg1/],
    [
      "none, though one is configured",
      OURS,
      { id: null },
      "fail",
      /in no Organization; the config says o-exampleorg1/,
    ],
    ["one, though none is configured", null, { id: OURS }, "warn", /the config says null/],
    ["not for us to know", OURS, { denied: "not authorized" }, "warn", /^not checked: not authorized/],
  ] as const)("is %s", (_what, configured, membership, result, detail) => {
    const finding = organizationFinding("organization", configured, membership);
    expect(finding).toMatchObject({ result, detail: expect.stringMatching(detail) as unknown });
    expect(finding.remedy !== undefined).toBe(result !== "ok");
  });

  it("is looked up from every account: one outside would be left out", async () => {
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

  it("is asked for in an Organization alone", async () => {
    const never = (): Promise<never> => Promise.reject(new Error("not asked"));
    expect(await ramSharingCheck(fakeFacts(), never).find()).toMatchObject([
      { result: "ok", detail: expect.stringContaining("LOBs accept an invitation") as unknown },
    ]);
    expect(inShort(await ramSharingCheck(inOrganization, () => Promise.resolve("off")).find())).toEqual([
      "fail RAM sharing (shared-services)",
    ]);
  });
});
