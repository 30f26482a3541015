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
    ["a key that came", { tags: { A: "1" } }, { tags: { A: "1", B: "2" } }, [plain("tags.B", null, "2")]],
    ["a key that went", { tags: { A: "1", B: "2" } }, { tags: { A: "1" } }, [plain("tags.B", "2", null)]],
    ["a whole map that came", { tags: null }, { tags: { A: "1" } }, [plain("tags.A", null, "1")]],
    [
      "a value in a block",
      { rule: [{ status: "Enabled", days: 1 }] },
      { rule: [{ status: "Disabled", days: 1 }] },
      [plain("rule[0].status", "Enabled", "Disabled")],
    ],
    ["an entry that came", { cidrs: ["a"] }, { cidrs: ["a", "b"] }, [plain("cidrs[1]", null, "b")]],
    ["a text in place of a list", { x: ["a"] }, { x: "a" }, [plain("x", ["a"], "a")]],
    ["nothing, before", null, { name: "n" }, [plain("name", null, "n")]],
  ])("are told by their path: %s", (_what, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  it.each([
    ["nothing and an empty map", { tags: null }, { tags: {} }],
    ["nothing and an empty list", { records: undefined }, { records: [] }],
    ["nothing and an empty text", { policy: null }, { policy: "" }],
    ["blocks with nothing in them", { filter: [{ prefix: "" }] }, { filter: [{ prefix: null }] }],
    ["a block of nothing, and none", { timeouts: { create: null } }, { timeouts: null }],
  ])("are not those that AWS does not tell apart: %s", (_what, before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it("are those that are switched off, which is something", () => {
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

  it("are those that became sensitive, and those that no longer are", () => {
    const marked = { value: { key: "old" }, sensitive: { key: true } };
    const unmarked = { value: { key: "new" }, sensitive: {} };
    const hidden = [{ attribute: "key", sensitive: true }];
    expect(attributeChanges(marked, unmarked)).toEqual(hidden);
    expect(attributeChanges(unmarked, marked)).toEqual(hidden);
  });

  it("hide all that is below them", () => {
    const masked = (value: unknown): Masked => ({ value, sensitive: { settings: true } });
    expect(attributeChanges(masked({ settings: { a: 1 } }), masked({ settings: { a: 2 } }))).toEqual([
      { attribute: "settings", sensitive: true },
    ]);
  });

  it("hide a part that holds one, when the part has another shape now", () => {
    const before = { value: { x: [{ token: SECRET }] }, sensitive: { x: [{ token: true }] } };
    expect(attributeChanges(before, open({ x: "gone" }))).toEqual([{ attribute: "x", sensitive: true }]);
  });

  it("show no value whatever the shapes", () => {
    /** Any JSON, in which each secret has its mark. */
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
