import { patternOf } from "./pattern";

describe("patternOf", () => {
  it.each([
    ["the whole value", "[a-z]+", "abc", "abc1"],
    ["either side of an alternative", "a|bc", "bc", "abc"],
    ["Unicode's categories", "[\\p{L}\\p{Z}_.:/=+\\-@]*", "Ünit 1".replace("1", "x"), "a#"],
    ["ASCII", "\\p{ASCII}+", "a~", "é"],
    ["POSIX classes", "\\p{Print}+", "a b", "a\tb"],
    ["POSIX classes in a class", "[\\p{Alpha}1]+", "a1", "a2"],
    ["escapes that JavaScript does not need", "[A-Za-z0-9\\_\\@]+\\:\\'", "a_@:'", "a-:'"],
    ["a dash after a class", "[\\w-.]+", "a-.", "a:"],
    ["a dash after a range", "[a-zA-Z0-9-_]+", "a-_", "a."],
    ["flags", "(?i)all|[0-9]{12}", "ALL", "none"],
    ["a dot that takes a new line", "(?s).*", "a\nb", undefined],
    ["a dot that does not", ".*", "ab", "a\nb"],
    ["pairs of surrogates", "[\\u0020-\\uD7FF\\uD800\\uDC00-\\uDBFF\\uDFFF]*", "a😀", "\t"],
    ["a repeated anchor", "([a-z]*)${1,128}", "abc", "a1"],
    ["look-around", "(?!^[0-9]+$)([a-z0-9]+)", "1a", "11"],
  ])("matches %s", (_what, java, good, bad) => {
    const matches = patternOf(java);
    expect(matches?.(good)).toBe(true);
    if (bad !== undefined) expect(matches?.(bad)).toBe(false);
  });

  it.each(["[a&&[^b]]", "[a[bc]]", "a++", "a*+b", "a{1,2}+"])(
    "has no translation of %s, which JavaScript lacks",
    (java) => {
      expect(patternOf(java)).toBeUndefined();
    },
  );
});
