import { validate } from "@studio-access/config";
import { sampleConfig } from "@studio-access/config/testing";

import { usableConfig, type DoctorConfig } from "./doctor-config";

function usable(change: object = {}): DoctorConfig | undefined {
  return usableConfig(validate({ ...sampleConfig(), ...change }));
}

describe("a config", () => {
  it("is usable when it has the parts that the doctor reads", () => {
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
    ["a network that is no object", { network: "none" }],
    ["a range that overlaps another", { linesOfBusiness: [lobA, { ...lobB, cidr: lobA?.cidr }] }],
    ["a range that is a number", { linesOfBusiness: [lobA, { ...lobB, cidr: 7 }] }],
    ["an unknown key", { colour: "red" }],
  ])("is still usable with %s", (_what, change) => {
    expect(usable(change)?.accounts).toEqual(usable()?.accounts);
  });

  it("keeps the availability zones that it names, valid or not", () => {
    expect(usable({ availabilityZoneIds: ["eu-west-1a", 7] })?.availabilityZoneIds).toEqual(["eu-west-1a"]);
  });

  it("keeps a state in S3 unchanged", () => {
    const state = { backend: "s3", bucket: "Odd", region: "eu-west-1" };
    expect(usable({ state })?.state).toEqual({ ...state, kmsKeyId: undefined, profile: undefined });
  });

  it("leaves out an account that lacks the parts that the doctor reads", () => {
    const accounts = usable({ linesOfBusiness: [null, { ...lobA, account: { id: "2" } }, lobB] })?.accounts;
    expect(accounts?.map(({ path }) => path)).toEqual(["sharedServices", "linesOfBusiness[2].account"]);
  });

  it.each([
    ["a region that does not exist", { region: "mars" }],
    ["no region", { region: undefined }],
    ["no environment", { environment: undefined }],
    ["no zones", { availabilityZoneIds: undefined }],
    ["no organizationId", { organizationId: undefined }],
    ["an unknown backend", { state: { backend: "git" } }],
    ["a local state without a folder", { state: { backend: "local" } }],
    ["a state in S3 without a bucket", { state: { backend: "s3", region: "eu-west-1" } }],
    ["a shared-services account without credentials", { sharedServices: { id: "111111111111" } }],
  ])("is not usable with %s", (_what, change) => {
    expect(usable(change)).toBeUndefined();
  });

  it("is not usable when it is no object", () => {
    expect(usableConfig(validate([]))).toBeUndefined();
  });
});
