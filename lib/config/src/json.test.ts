import fc from "fast-check";
import { parseJson } from "./json";

/** The places of all problems of a text. */
function places(text: string): string[] {
  const result = parseJson(text);
  return "problems" in result ? result.problems.map(({ path }) => path) : [];
}

/** What JSON is made of, and what is mistaken for it. */
const JSON_CHARACTERS = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ",",
  ":",
  "x",
  "1",
  "-",
  ".",
  "e",
  "/",
  "*",
  "\\",
  "\n",
  "\u00a0",
];

describe("parseJson", () => {
  it("reads what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        const result = parseJson(text);
        expect("value" in result && JSON.stringify(result.value)).toBe(text);
      }),
    );
  });

  it("throws for no text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...JSON_CHARACTERS) }), (text) => {
        expect(parseJson(text)).toBeDefined();
      }),
    );
  });

  it("reads a file that begins with a byte order mark", () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ value: { a: 1 } });
  });

  it.each([
    ["a comma after the last entry", '{\n  "a": 1,\n}', ["line 3, column 1"]],
    ["a comment", '{\n  // why\n  "a": 1 }', ["line 2, column 3"]],
    ["a missing comma", '{ "a": 1 "b": 2 }', ["line 1, column 10"]],
    ["an empty file", "", ["line 1, column 1"]],
    ["text after the end", "{}\n}", ["line 2, column 1"]],
    ["two mistakes in two lines", '{ "a": ,\n "b" 2 }', ["line 1, column 8", "line 2, column 6"]],
  ])("says where the syntax breaks: %s", (_name, text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it("finds keys that stand twice in an object, however deep", () => {
    const text = '{ "users": [], "lobs": [{ "cidr": 1,\n "cidr": 2 }], "users": ["ann"] }';
    expect(places(text)).toEqual(["line 2, column 2, lobs[0].cidr", "line 2, column 16, users"]);
  });

  it("takes the same key in two objects", () => {
    expect(places('[{ "a": 1 }, { "a": { "a": 2 } }]')).toEqual([]);
  });

  it("repeats nothing of the text, which may hold a secret", () => {
    expect(JSON.stringify(parseJson('{ "token": hush }'))).not.toContain("hush");
  });
});
