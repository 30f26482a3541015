import { matcherOf, parsePattern, resolvable, splitPattern } from "./pattern";
import { faultOf } from "./testing/fixtures";

const values = {
  single: (key: string) => ({ "aws:username": "bob", "aws:principaltag/cost center": "a*b" })[key],
};

function matches(text: string, actual: string, variables = true): boolean {
  return matcherOf(parsePattern(text, { wildcards: true, variables }), values)(actual);
}

describe("policy variables", () => {
  // Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  it.each([
    ["home/${aws:username}/*", "home/bob/x", true],
    ["home/${aws:username}/*", "home/eve/x", false],
    ["home/${AWS:UserName}", "home/bob", true],
    ["${aws:PrincipalTag/cost center}", "a*b", true],
    ["${aws:PrincipalTag/cost center}", "aXXb", false],
    ["${aws:userid, 'anonymous'}", "anonymous", true],
    ["${aws:userid,'anonymous'}", "anonymous", true],
    ["${aws:username, 'anonymous'}", "bob", true],
    ["${aws:userid, '*'}", "anything", false],
    ["a${*}b", "a*b", true],
    ["a${*}b", "aXb", false],
    ["a${?}b", "aXb", false],
    ["${$}{aws:username}", "${aws:username}", true],
    ["a$b*", "a$bc", true],
  ])("reads %p and compares it with %p: %p", (text, actual, expected) => {
    expect(matches(text, actual)).toBe(expected);
  });

  it("are plain text in a policy of the older version", () => {
    expect(matches("${aws:username}", "bob", false)).toBe(false);
    expect(matches("${aws:username}", "${aws:username}", false)).toBe(true);
    expect(matches("${*}", "${anything}", false)).toBe(true);
  });

  it.each([
    "${aws:username",
    "${}",
    "a${",
    "${aws:username, bob}",
    "${aws:username 'bob'}",
    "${a{b}",
    "${**}",
  ])("are refused when malformed: %p", (text) => {
    expect(faultOf(() => parsePattern(text, { wildcards: true, variables: true }))).toMatchObject({
      code: "malformed_variable",
    });
  });

  it("are resolvable when each has a value or a fallback", () => {
    const variablesOf = (text: string) => parsePattern(text, { wildcards: true, variables: true }).variables;
    expect(resolvable(variablesOf("${aws:username}/${aws:userid, 'x'}"), values)).toBe(true);
    expect(resolvable(variablesOf("${aws:username}/${aws:userid}"), values)).toBe(false);
  });
});

describe("splitPattern", () => {
  it("splits at the first colons of the text, and not inside a variable", () => {
    const pattern = parsePattern("arn:aws:x::${aws:username}:a:${aws:username}:b", {
      wildcards: true,
      variables: true,
    });
    const segments = splitPattern(pattern, 6);
    expect(segments).toHaveLength(6);
    expect(segments.map((segment) => matcherOf(segment, values)("bob"))).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(matcherOf(segments[5]!, values)("a:bob:b")).toBe(true);
  });

  it("keeps empty segments", () => {
    const segments = splitPattern(parsePattern("arn:aws:s3:::b", { wildcards: true, variables: true }), 6);
    expect(segments.map((segment) => segment.fixed?.(""))).toEqual([false, false, false, true, true, false]);
  });
});
