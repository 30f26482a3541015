import fc from "fast-check";
import { compileGlob, MANY, ONE, type GlobPiece } from "./glob";

function matches(pattern: readonly GlobPiece[], text: string): boolean {
  return compileGlob(pattern)(text);
}

describe("compileGlob", () => {
  it.each<[readonly GlobPiece[], string, boolean]>([
    [["abc"], "abc", true],
    [["abc"], "ab", false],
    [[], "", true],
    [[MANY], "", true],
    [["a", MANY], "a", true],
    [["a", MANY], "ba", false],
    [["a", MANY, "c"], "abbc", true],
    [["a", MANY, "c"], "abbd", false],
    [["a", MANY, "b", MANY, "c"], "aXbYbZc", true],
    [["a", ONE], "a", false],
    [["a", ONE], "ab", true],
    [["a", ONE], "abc", false],
    [[MANY, MANY, "a"], "a", true],
    [["*"], "a", false],
    [["*"], "*", true],
  ])("matches %p with %p: %p", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it("matches ? with one character, also one outside the basic multilingual plane", () => {
    expect(matches(["a", ONE, "b"], "a😀b")).toBe(true);
    expect(matches(["a", ONE, ONE, "b"], "a😀b")).toBe(false);
  });

  it("agrees with a regular expression on any pattern and text", () => {
    const piece = fc.oneof(
      fc.constantFrom<GlobPiece>(MANY, ONE),
      fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 12 }),
        (pattern, text) => {
          const source = pattern.map((part) => {
            if (typeof part === "string") return part.replace(/[*?]/g, "\\$&");
            return part === MANY ? ".*" : ".";
          });
          expect(matches(pattern, text)).toBe(new RegExp(`^${source.join("")}$`, "s").test(text));
        },
      ),
    );
  });

  it("stays fast on a pattern that makes a backtracking matcher slow", () => {
    const pattern = Array.from({ length: 40 }, (): readonly GlobPiece[] => [MANY, "a"]).flat();
    // A backtracking matcher would take exponential time.
    expect(matches([...pattern, "b"], "a".repeat(2000))).toBe(false);
  });
});
