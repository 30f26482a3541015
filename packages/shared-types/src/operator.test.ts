import { USER_NAME_PATTERN } from "./identity";
import { OPERATOR_REASON_PATTERN, OPERATOR_SESSION_PREFIX } from "./operator";

describe("OPERATOR_REASON_PATTERN", () => {
  it.each(["smoke test", "INC-1234: first deploy of lob-c (stage 2)", "a.b", "x".repeat(80)])(
    "accepts %j",
    (reason) => {
      expect(reason).toMatch(OPERATOR_REASON_PATTERN);
    },
  );

  it.each([
    "",
    "ab",
    " ab",
    "two\nlines",
    "https://d-abc.studio/auth",
    "token=abc",
    "a/b",
    'a"b',
    "${a}",
    "x".repeat(81),
  ])("refuses %j", (reason) => {
    expect(reason).not.toMatch(OPERATOR_REASON_PATTERN);
  });
});

describe("OPERATOR_SESSION_PREFIX", () => {
  it("can begin no user's name", () => {
    expect(`${OPERATOR_SESSION_PREFIX}alice`).not.toMatch(USER_NAME_PATTERN);
  });
});
