import { readFilterPattern } from "./filter-pattern";

const LINE = JSON.stringify({
  level: "WARN",
  code: "forbidden",
  requestId: "r-1",
  milliseconds: 12,
  operator: null,
  tries: [{ ok: true }],
  "odd key": "x",
});

describe("a filter pattern", () => {
  it.each([
    "",
    "forbidden",
    "forbidden WARN",
    '"code\\":\\"forbidden"',
    "?nothing ?WARN",
    "WARN ?nothing",
    "-ERROR",
    '{ $.code = "forbidden" }',
    "{ $.code = forbidden }",
    '{$.code="for*"}',
    '{ $.code != "other" }',
    "{ $.milliseconds = 12 }",
    "{ $.milliseconds >= 12 && $.milliseconds < 12.5 }",
    "{ $.milliseconds > 11 && $.milliseconds <= 12 }",
    "{ $.operator IS NULL }",
    "{ $.tries[0].ok IS TRUE }",
    '{ $.["odd key"] = "x" }',
    "{ $.reason NOT EXISTS }",
    "{ $.code EXISTS }",
    '{ ($.code = "other") || ($.level = "WARN" && $.reason NOT EXISTS) }',
  ])("finds the line: %s", (pattern) => {
    expect(readFilterPattern(pattern)(LINE)).toBe(true);
  });

  it.each([
    "Forbidden",
    "forbidden nothing",
    "?nothing ?either",
    "-WARN",
    '{ $.code = "forbid" }',
    '{ $.code != "forbidden" }',
    '{ $.reason != "x" }',
    "{ $.milliseconds > 12 }",
    '{ $.milliseconds = "12" }',
    "{ $.code >= 1 }",
    "{ $.tries[0].ok IS FALSE }",
    "{ $.operator NOT EXISTS }",
    "{ $.reason EXISTS }",
    '{ $.code = "forbidden" && $.level = "ERROR" }',
    '{ $.constructor = "x" }',
  ])("does not find it: %s", (pattern) => {
    expect(readFilterPattern(pattern)(LINE)).toBe(false);
  });

  it("of the alarm finds users' failures, and no operator's", () => {
    const matches = readFilterPattern('{ ($.outcome = "failed") && ($.operator NOT EXISTS) }');
    const lines = [{ outcome: "failed" }, { outcome: "failed", operator: {} }, { outcome: "refused" }];
    expect(lines.map((line) => matches(JSON.stringify(line)))).toEqual([true, false, false]);
  });

  it("of JSON finds no line that is none", () => {
    expect(readFilterPattern("{ $.code NOT EXISTS }")("START RequestId: r-1")).toBe(false);
  });

  it.each([
    ['"open', /quotation mark/],
    ["[ip, user]", /no space-delimited/],
    ["%forbid.*%", /no regular expressions/],
    ["{ $.code = %for.*% }", /no regular expressions/],
    ["a:b", /Invalid character\(s\) in term 'a:b'/],
    ["{ $.code }", /} is no operator|ends too early|value is missing/],
    ["{ code = 1 }", /selector such as \$\.code is missing before code/],
    ["{ $.code IS ODD }", /IS ODD is no condition/],
    ['{ $.code > "x" }', /compares numbers alone/],
    ["{ $.code = 1", /} is missing/],
    ["{ ($.code = 1 }", /\) is missing/],
    ["{ $.code = 1 } more", /more after the closing brace/],
    ["{ $.code ! 1 }", /cannot be read from/],
  ])("is refused: %s", (pattern, why) => {
    expect(() => readFilterPattern(pattern)).toThrow(why);
    expect(() => readFilterPattern(pattern)).toThrow(
      expect.objectContaining({ code: "InvalidParameterException" }) as Error,
    );
  });
});
