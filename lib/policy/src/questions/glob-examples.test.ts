import fc from "fast-check";
import { arnsOf, commonText, fillWildcards, OTHER, textsOf } from "./glob-examples";

/** The pattern as a regular expression: an independent matcher. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });

describe("example texts of patterns", () => {
  it("match the patterns that they come from", () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        expect(matches(left, fillWildcards(left, OTHER))).toBe(true);
        const common = commonText(left, right, OTHER);
        if (common !== undefined)
          expect([matches(left, common), matches(right, common)]).toEqual([true, true]);
      }),
      { numRuns: 2000 },
    );
  });

  it("find every overlap of two patterns", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, pattern, text, (left, right, sample) => {
        fc.pre(matches(left, sample) && matches(right, sample));
        expect(commonText(left, right, OTHER)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it("tell whether a pattern matches something that another does not", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 7 });
    fc.assert(
      fc.property(pattern, pattern, text, (left, right, sample) => {
        fc.pre(matches(left, sample) && !matches(right, sample));
        expect(textsOf([left, right]).some((word) => matches(left, word) && !matches(right, word))).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("keep the parts of an ARN apart", () => {
    const found = [...arnsOf(["arn:aws:iam::*:role/a*", "arn:aws:iam::111111111111:role/*b"]).keys()];
    expect(found).toContain(`arn:aws:iam::111111111111:role/a${OTHER}b`);
    expect(found.every((arn) => arn.split(":").length === 6)).toBe(true);
  });

  it("read an ARN that ends early as open from there on", () => {
    expect([...arnsOf(["arn:aws:logs:*"]).keys()]).toContain(`arn:aws:logs:zz-other-1:999999999999:${OTHER}`);
  });
});
