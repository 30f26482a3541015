import { DOMAIN_ID_PATTERN, GROUP_PATTERN, USER_NAME_PATTERN } from "./identity";

describe("USER_NAME_PATTERN", () => {
  it.each(["ab", "alice", "user-lob-a", "A--9", "a".repeat(63)])("accepts %s", (name) => {
    expect(name).toMatch(USER_NAME_PATTERN);
  });

  it.each([
    "",
    "a",
    "-a",
    "a-",
    "a_b",
    "a.b",
    "a b",
    "a*",
    "a?",
    "a/b",
    "${a}",
    "álice",
    "alice\n",
    "a".repeat(64),
  ])("refuses %j", (name) => {
    expect(name).not.toMatch(USER_NAME_PATTERN);
  });

  it("bounds the length of names made of hyphens, which SageMaker's own pattern does not", () => {
    expect(`a${"-".repeat(62)}b`).not.toMatch(USER_NAME_PATTERN);
  });
});

describe("DOMAIN_ID_PATTERN", () => {
  it.each(["d-a", "d-abcdefghij12", `d-${"a".repeat(61)}`])("accepts %s", (id) => {
    expect(id).toMatch(DOMAIN_ID_PATTERN);
  });

  it.each(["", "d-", "d-A", "x-abc", "d-abc-", "d-a.b", "d-a/b", `d-${"a".repeat(62)}`])(
    "refuses %j",
    (id) => {
      expect(id).not.toMatch(DOMAIN_ID_PATTERN);
    },
  );
});

describe("GROUP_PATTERN", () => {
  it.each([
    "a",
    "studio-lob-a",
    "Data Science EU",
    "/company/studio/lob-a",
    "00aa00aa-bb11-cc22-dd33-44ee44ee44ee",
    "eu-west-1_AbCdEf:okta_group",
    "team+1@example.com",
    "a".repeat(128),
  ])("accepts %s", (name) => {
    expect(name).toMatch(GROUP_PATTERN);
  });

  it.each([
    "",
    " a",
    "a ",
    "-a",
    "a*",
    "a?",
    "${a}",
    'a"b',
    "a\\b",
    "a\nb",
    "a\n",
    "CN=a,OU=b",
    "Führung",
    "a".repeat(129),
  ])("refuses %j", (name) => {
    expect(name).not.toMatch(GROUP_PATTERN);
  });
});
