import { parseLobRecord, partitionOf } from "./lob-record";
import { GROUP_LOB, LOB } from "./testing/fixtures";

const missing = { PK: undefined, ACCOUNT_ID: undefined, DOMAIN_ID: undefined, ROLE_ARN: undefined };

describe("parseLobRecord", () => {
  it("accepts a whole row", () => {
    expect(parseLobRecord(LOB)).toEqual(LOB);
    expect(parseLobRecord(GROUP_LOB)).toEqual(GROUP_LOB);
  });

  it.each([
    ["no domain", { ...LOB, DOMAIN_ID: undefined }],
    ["an empty domain", { ...LOB, DOMAIN_ID: "" }],
    ["no more than the sample wrote", { ...missing, PK: "lob-a", ACCOUNT_ID: "222222222222" }],
  ])("finds no Studio in a row with %s", (_case, row) => {
    expect(() => parseLobRecord(row)).toThrow("studio_not_found: lob_without_domain");
  });

  it.each([
    ["no name", { ...LOB, PK: undefined }],
    ["no account", { ...LOB, ACCOUNT_ID: undefined }],
    ["a short account", { ...LOB, ACCOUNT_ID: "22222222222" }],
    ["an account pattern", { ...LOB, ACCOUNT_ID: "*" }],
    ["a domain that is none", { ...LOB, DOMAIN_ID: "abc" }],
    ["a domain that is a host", { ...LOB, DOMAIN_ID: "d-a.evil.example/" }],
    ["no role", { ...LOB, ROLE_ARN: undefined }],
    ["a role in another account", { ...LOB, ROLE_ARN: LOB.ROLE_ARN.replaceAll("2", "3") }],
    [
      "a profile maker in another account",
      { ...LOB, PROFILE_MAKER_ROLE_ARN: LOB.ROLE_ARN.replaceAll("2", "3") },
    ],
    ["a profile maker that is none", { ...LOB, PROFILE_MAKER_ROLE_ARN: "" }],
    ["a user for a role", { ...LOB, ROLE_ARN: LOB.ROLE_ARN.replace("role/", "user/") }],
    ["a role pattern", { ...LOB, ROLE_ARN: "arn:aws:iam::222222222222:role/*" }],
    ["text after the role", { ...LOB, ROLE_ARN: `${LOB.ROLE_ARN}\n` }],
  ])("refuses a row with %s", (_case, row) => {
    expect(() => parseLobRecord(row)).toThrow("upstream_error: lob_record_invalid");
  });
});

describe("partitionOf", () => {
  it.each(["aws", "aws-cn", "aws-us-gov"])("finds %s", (partition) => {
    expect(partitionOf(`arn:${partition}:iam::222222222222:role/presign`)).toBe(partition);
  });

  it("finds none in what is no role", () => {
    expect(() => partitionOf("arn:aws:s3:::bucket")).toThrow("lob_record_invalid");
  });
});
