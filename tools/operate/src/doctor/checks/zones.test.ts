import { fakeFacts, inShort } from "../testing/fake-facts";
import { zoneFindings, zonesCheck, type Zone } from "./zones";

const ZONES: readonly Zone[] = [
  { id: "euw1-az3", name: "eu-west-1a", state: "available" },
  { id: "euw1-az1", name: "eu-west-1b", state: "available" },
  { id: "euw1-az2", name: "eu-west-1c", state: "impaired" },
];

describe("zones", () => {
  it("that exist are shown with the names that they have in the account", () => {
    expect(zoneFindings("zones", ["euw1-az1", "euw1-az3"], ZONES)).toEqual([
      { check: "zones", result: "ok", detail: "euw1-az1 is eu-west-1b, euw1-az3 is eu-west-1a" },
    ]);
  });

  it("that are missing or not available fail one by one", () => {
    expect(zoneFindings("zones", ["euw1-az9", "euw1-az2"], ZONES)).toEqual([
      {
        check: "zones",
        result: "fail",
        detail: "the account has no zone euw1-az9",
        remedy: "write two of euw1-az1, euw1-az2, euw1-az3 as availabilityZoneIds",
      },
      {
        check: "zones",
        result: "fail",
        detail: "zone euw1-az2 is impaired",
        remedy: "wait, or choose another zone as long as nothing is deployed",
      },
    ]);
  });

  it("are checked in every account, since accounts differ", async () => {
    const findings = await zonesCheck(fakeFacts({ closed: ["lob-b"] }), ({ region: account }) =>
      Promise.resolve(
        account === "lob-a" ? ZONES.slice(0, 1) : ZONES.map((zone) => ({ ...zone, state: "available" })),
      ),
    ).find();
    expect(inShort(findings)).toEqual([
      "ok zones (shared-services)",
      "fail zones (lob-a)",
      "fail zones (lob-a)",
      "warn zones (lob-b)",
    ]);
  });
});
