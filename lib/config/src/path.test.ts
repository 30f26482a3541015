import { clear, renderPath, valueAt } from "./path";

describe("renderPath", () => {
  it.each([
    [["linesOfBusiness", 1, "cidr"], "linesOfBusiness[1].cidr"],
    [["tags", "aws:x"], 'tags["aws:x"]'],
    [["$comment"], "$comment"],
    [[], ""],
  ])("writes %j as %s", (path, expected) => {
    expect(renderPath(path)).toBe(expected);
  });
});

describe("valueAt", () => {
  it.each([
    [["a", 1, "b"], 2],
    [["a", 0, "b"], undefined],
    [["a", 1, "b", "c"], undefined],
  ])("finds at %j: %s", (path, expected) => {
    expect(valueAt({ a: [null, { b: 2 }] }, path)).toBe(expected);
  });
});

describe("clear", () => {
  it("removes a key from its object", () => {
    const root = { a: { b: 1, c: 2 } };
    clear(root, ["a", "b"]);
    expect(root).toEqual({ a: { c: 2 } });
  });

  it("leaves a hole in a list, so that later indices stay right", () => {
    const root = { a: [1, 2, 3] };
    clear(root, ["a", 1]);
    expect(root.a).toHaveLength(3);
    expect([root.a[0], root.a[1], root.a[2]]).toEqual([1, undefined, 3]);
  });

  it("does nothing where there is nothing", () => {
    const root = { a: 1 };
    clear(root, ["b", "c"]);
    clear(root, []);
    expect(root).toEqual({ a: 1 });
  });
});
