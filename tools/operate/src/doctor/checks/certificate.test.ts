import { known } from "../finding";
import { CONFIG, fakeFacts, inShort } from "../testing/fake-facts";
import { certificateCheck, type Certificate } from "./certificate";

const NOW = Date.parse("2026-12-01T00:00:00Z");
const ARN = "arn:aws:acm:eu-west-1:111111111111:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789";
const domain = { name: "studio.corp.example.com", certificateArn: ARN };
const GOOD: Certificate = {
  names: ["corp.example.com", "studio.corp.example.com"],
  status: "ISSUED",
  notAfter: new Date("2027-06-01T00:00:00Z"),
};

async function found(certificate: Certificate | undefined) {
  const read = jest.fn(() => Promise.resolve(certificate));
  const facts = fakeFacts({ config: known({ ...CONFIG, domain }) });
  const findings = await certificateCheck(facts, read, () => NOW).find();
  expect(read).toHaveBeenCalledWith(expect.anything(), ARN);
  return findings;
}

describe("the certificate of the API's name", () => {
  it.each<[string, Certificate | undefined, string, RegExp]>([
    ["is issued for the name", GOOD, "ok", /until 2027-06-01/],
    ["is a wildcard's", { ...GOOD, names: ["*.corp.example.com"] }, "ok", /issued/],
    [
      "is a wildcard's of two labels",
      { ...GOOD, names: ["*.example.com"] },
      "fail",
      /is for \*\.example\.com/,
    ],
    ["is another name's", { ...GOOD, names: ["other.corp.example.com"] }, "fail", /not for studio/],
    ["waits for its validation", { ...GOOD, status: "PENDING_VALIDATION" }, "fail", /PENDING_VALIDATION/],
    ["has ended", { ...GOOD, notAfter: new Date("2026-11-01T00:00:00Z") }, "fail", /ended on 2026-11-01/],
    ["ends soon", { ...GOOD, notAfter: new Date("2026-12-20T00:00:00Z") }, "warn", /ends on 2026-12-20/],
    ["is not there", undefined, "fail", /no certificate/],
  ])("%s", async (_what, certificate, result, detail) => {
    const findings = await found(certificate);
    expect(inShort(findings)).toEqual([`${result} certificate of the API's name (shared-services)`]);
    expect(findings[0]?.detail).toMatch(detail);
  });

  it("is not asked for where the API has no name of its own", async () => {
    const read = jest.fn();
    await expect(certificateCheck(fakeFacts({ config: known(CONFIG) }), read).find()).resolves.toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });
});
