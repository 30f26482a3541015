import { namedAccounts, usableConfig } from "./doctor-config";
import { CONFIG } from "./testing/fake-facts";

describe("the accounts of a config", () => {
  it("have names and places, the shared-services account first", () => {
    expect(namedAccounts(CONFIG).map(({ name, path, entry }) => [name, path, entry.id])).toEqual([
      ["shared-services", "sharedServices", "111111111111"],
      ["lob-a", "linesOfBusiness[0].account", "222222222222"],
      ["lob-b", "linesOfBusiness[1].account", "333333333333"],
    ]);
  });
});

describe("a config that breaks rules", () => {
  it("is usable where what is read here has the right shape", () => {
    const odd = { ...CONFIG, network: "none", linesOfBusiness: [{ ...CONFIG.linesOfBusiness[0], cidr: 7 }] };
    expect(usableConfig(odd)).toBe(odd);
    const s3 = { ...CONFIG, state: { backend: "s3", bucket: "b", region: "eu-west-1" } };
    expect(usableConfig(s3)).toBe(s3);
  });

  it.each([
    ["no JSON object", undefined],
    ["a region that is none", { ...CONFIG, region: "mars" }],
    ["no environment", { ...CONFIG, environment: undefined }],
    ["a zone that is a number", { ...CONFIG, availabilityZoneIds: ["euw1-az1", 2] }],
    ["no word on an Organization", { ...CONFIG, organizationId: undefined }],
    ["a state nowhere", { ...CONFIG, state: { backend: "git" } }],
    ["a state in no bucket", { ...CONFIG, state: { backend: "s3", region: "eu-west-1" } }],
    ["an account without credentials", { ...CONFIG, sharedServices: { id: "111111111111" } }],
    ["lines of business that are no list", { ...CONFIG, linesOfBusiness: {} }],
    ["a line of business that is nothing", { ...CONFIG, linesOfBusiness: [null] }],
  ])("is not usable with %s", (_what, json) => {
    expect(usableConfig(json)).toBeUndefined();
  });
});
