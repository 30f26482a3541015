import { validate } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { usableConfig, type DoctorConfig } from "./doctor-config";

function usable(change: object = {}): DoctorConfig | undefined {
  return usableConfig(validate({ ...sampleConfig(), ...change }));
}

describe("a config", () => {
  it("is usable with the parts that are read", () => {
    const { environment, region, organizationId, availabilityZoneIds, state } = sampleConfig();
    const config = usable();
    expect(config).toMatchObject({ environment, region, organizationId, availabilityZoneIds, state });
    expect(config?.sharedServices.entry.id).toBe("111111111111");
    expect(config?.accounts.map(({ name }) => name)).toEqual(["shared-services", "lob-a", "lob-b"]);
  });
});

describe("a config that breaks rules", () => {
  const [lobA, lobB] = sampleConfig().linesOfBusiness;

  it.each([
    ["a network that is none", { network: "none" }],
    ["a range that overlaps another", { linesOfBusiness: [lobA, { ...lobB, cidr: lobA?.cidr }] }],
    ["a range that is a number", { linesOfBusiness: [lobA, { ...lobB, cidr: 7 }] }],
    ["a key that nobody knows", { colour: "red" }],
  ])("is usable all the same with %s", (_what, change) => {
    expect(usable(change)?.accounts).toEqual(usable()?.accounts);
  });

  it("is looked at in the zones that it names, right or wrong", () => {
    expect(usable({ availabilityZoneIds: ["eu-west-1a", 7] })?.availabilityZoneIds).toEqual(["eu-west-1a"]);
  });

  it("has a state in S3 as it stands", () => {
    const state = { backend: "s3", bucket: "Odd", region: "eu-west-1" };
    expect(usable({ state })?.state).toEqual({ ...state, kmsKeyId: undefined, profile: undefined });
  });

  it("is looked at without the account of which too little is there", () => {
    const accounts = usable({ linesOfBusiness: [null, { ...lobA, account: { id: "2" } }, lobB] })?.accounts;
    expect(accounts?.map(({ path }) => path)).toEqual(["sharedServices", "linesOfBusiness[2].account"]);
  });

  it.each([
    ["a region that is none", { region: "mars" }],
    ["no region", { region: undefined }],
    ["no environment", { environment: undefined }],
    ["no zones", { availabilityZoneIds: undefined }],
    ["no word on an Organization", { organizationId: undefined }],
    ["a state nowhere", { state: { backend: "git" } }],
    ["a local state in no folder", { state: { backend: "local" } }],
    ["a state in no bucket", { state: { backend: "s3", region: "eu-west-1" } }],
    ["a shared-services account without credentials", { sharedServices: { id: "111111111111" } }],
  ])("is not usable with %s", (_what, change) => {
    expect(usable(change)).toBeUndefined();
  });

  it("is not usable where it is no object", () => {
    expect(usableConfig(validate([]))).toBeUndefined();
  });
});
