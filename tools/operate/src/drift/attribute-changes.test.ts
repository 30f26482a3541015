import fc from "fast-check";

import { attributeChanges, type AttributeChange, type Masked } from "./attribute-changes";

function open(value: unknown): Masked {
  return { value, sensitive: false };
}

function changes(before: unknown, after: unknown): AttributeChange[] {
  return attributeChanges(open(before), open(after));
}

function plain(attribute: string, before: unknown, after: unknown): AttributeChange {
  return { attribute, sensitive: false, before, after };
}

const SECRET = "hush-hush";

describe("attributes that differ", () => {
  it.each([
    [
      "one value",
      { description: "a", name: "n" },
      { description: "b", name: "n" },
      [plain("description", "a", "b")],
    ],
    ["a number", { port: 443 }, { port: 80 }, [plain("port", 443, 80)]],
    ["a switch", { enabled: true }, { enabled: false }, [plain("enabled", true, false)]],
    ["an added key", { tags: { A: "1" } }, { tags: { A: "1", B: "2" } }, [plain("tags.B", null, "2")]],
    ["a removed key", { tags: { A: "1", B: "2" } }, { tags: { A: "1" } }, [plain("tags.B", "2", null)]],
    ["an added map", { tags: null }, { tags: { A: "1" } }, [plain("tags.A", null, "1")]],
    [
      "a value in a block",
      { rule: [{ status: "Enabled", days: 1 }] },
      { rule: [{ status: "Disabled", days: 1 }] },
      [plain("rule[0].status", "Enabled", "Disabled")],
    ],
    ["an added entry", { cidrs: ["a"] }, { cidrs: ["a", "b"] }, [plain("cidrs[1]", null, "b")]],
    ["a string in place of a list", { x: ["a"] }, { x: "a" }, [plain("x", ["a"], "a")]],
    ["nothing, before", null, { name: "n" }, [plain("name", null, "n")]],
  ])("are named by their path: %s", (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it.each([
    ["null and an empty map", { tags: null }, { tags: {} }],
    ["undefined and an empty list", { records: undefined }, { records: [] }],
    ["null and an empty string", { policy: null }, { policy: "" }],
    ["blocks with only empty values", { filter: [{ prefix: "" }] }, { filter: [{ prefix: null }] }],
    ["an empty block and no block", { timeouts: { create: null } }, { timeouts: null }],
  ])("leave out empty values that the AWS provider treats as equal: %s", (_what, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it("include false and 0, which are not empty", () => {
    expect(changes({ enabled: null, count: null }, { enabled: false, count: 0 })).toEqual([
      plain("count", null, 0),
      plain("enabled", null, false),
    ]);
  });
});

describe("sensitive attributes", () => {
  it("are named, without their values", () => {
    const before = { value: { password: "old", user: "a" }, sensitive: { password: true } };
    const after = { value: { password: "new", user: "b" }, sensitive: { password: true } };
    expect(attributeChanges(before, after)).toEqual([
      { attribute: "password", sensitive: true },
      plain("user", "a", "b"),
    ]);
  });

  it("include attributes that became sensitive, and those that no longer are", () => {
    const marked = { value: { key: "old" }, sensitive: { key: true } };
    const unmarked = { value: { key: "new" }, sensitive: {} };
    const hidden = [{ attribute: "key", sensitive: true }];
    expect(attributeChanges(marked, unmarked)).toEqual(hidden);
    expect(attributeChanges(unmarked, marked)).toEqual(hidden);
  });

  it("hide every value below them", () => {
    const masked = (value: unknown): Masked => ({ value, sensitive: { settings: true } });
    expect(attributeChanges(masked({ settings: { a: 1 } }), masked({ settings: { a: 2 } }))).toEqual([
      { attribute: "settings", sensitive: true },
    ]);
  });

  it("hide a whole part that holds a sensitive value when the part's type changed", () => {
    const before = { value: { x: [{ token: SECRET }] }, sensitive: { x: [{ token: true }] } };
    expect(attributeChanges(before, open({ x: "gone" }))).toEqual([{ attribute: "x", sensitive: true }]);
  });

  it("are never shown, whatever the types", () => {
    /** Any JSON value, with each secret marked as sensitive. */
    const masked = fc.letrec<{ node: [unknown, unknown] }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<[unknown, unknown]>(
          [SECRET, true],
          ["open", false],
          [null, false],
          [1, false],
          ["", {}],
        ),
        fc
          .array(tie("node"), { maxLength: 3 })
          .map((all): [unknown, unknown] => [all.map(([value]) => value), all.map(([, mark]) => mark)]),
        fc
          .dictionary(fc.constantFrom("a", "b", "c"), tie("node"), { noNullPrototype: true })
          .map((all): [unknown, unknown] => [
            Object.fromEntries(Object.entries(all).map(([key, [value]]) => [key, value])),
            Object.fromEntries(Object.entries(all).map(([key, [, mark]]) => [key, mark])),
          ]),
      ),
    })).node;
    fc.assert(
      fc.property(masked, masked, ([before, beforeMarks], [after, afterMarks]) => {
        const found = attributeChanges(
          { value: before, sensitive: beforeMarks },
          { value: after, sensitive: afterMarks },
        );
        expect(JSON.stringify(found)).not.toContain(SECRET);
      }),
      { numRuns: 500 },
    );
  });
});
