import type { Change } from "../model";
import { attributeLines } from "./attribute-lines";

function change(before: object | null, after: object | null, more: Partial<Change> = {}): Change {
  return {
    actions: ["update"],
    kind: "update",
    before,
    after,
    afterUnknown: false,
    beforeSensitive: false,
    afterSensitive: false,
    ...more,
  };
}

function linesOf(...args: Parameters<typeof change>): readonly string[] {
  return attributeLines(change(...args), (text) => text);
}

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

describe("the lines of a change", () => {
  it("are before and after of what differs, and nothing else", () => {
    expect(linesOf({ a: 1, b: "x", c: true }, { a: 1, b: "y", c: false })).toEqual([
      '- b = "x"',
      '+ b = "y"',
      "- c = true",
      "+ c = false",
    ]);
  });

  it("mark the attribute that forces a replacement", () => {
    const replaced = change({ cidr: "10.0.0.0/16" }, { cidr: "10.1.0.0/16" });
    expect(attributeLines(replaced, (text) => text, [["cidr"]])[1]).toBe(
      '+ cidr = "10.1.0.0/16"  # replaces it',
    );
  });

  it("list the added and removed items of a list", () => {
    expect(linesOf({ ids: ["a", "b"] }, { ids: ["b", "c"] })).toEqual(["  ids:", '-   "a"', '+   "c"']);
  });

  it("go into the one item of a list that changes", () => {
    const before = { rule: [{ port: 1, from: "x" }, { port: 2 }] };
    const after = { rule: [{ port: 1, from: "y" }, { port: 2 }] };
    expect(linesOf(before, after)).toEqual(['- rule[0].from = "x"', '+ rule[0].from = "y"']);
  });

  it("treat null, an empty text and an empty list as equal", () => {
    expect(linesOf({ a: null, b: "", c: [] }, { a: "", b: [], c: null })).toEqual([]);
  });

  it("name in one line the attributes that are known after the apply", () => {
    const created = change(null, { name: "n" }, { kind: "create", afterUnknown: { id: true, arn: true } });
    expect(attributeLines(created, (text) => text)).toEqual([
      '+ name = "n"',
      "  known after the apply: arn, id",
    ]);
    expect(linesOf({ id: "1" }, {}, { afterUnknown: { id: true } })).toEqual(["  known after the apply: id"]);
  });

  it("show the old value of a policy that is known after the apply, and of an attribute that forces a replacement", () => {
    const before = { policy: policy({ Effect: "Allow", Action: "a:b" }), vpc_id: "vpc-1" };
    const replaced = change(before, {}, { afterUnknown: { policy: true, vpc_id: true } });
    expect(attributeLines(replaced, (text) => text, [["vpc_id"]])).toEqual([
      "  policy, which is known after the apply, was:",
      "-   statement 1: Allow",
      "-     Action: a:b",
      '- vpc_id = "vpc-1"  # replaces it',
      "+ vpc_id = (known after the apply)",
    ]);
  });

  it("compare JSON texts by their content", () => {
    expect(linesOf({ item: '{"a":1,"b":[1]}' }, { item: '{"b":[2],"a":1}' })).toEqual([
      "  item.b:",
      "-   1",
      "+   2",
    ]);
    expect(linesOf(null, { item: '{"PK":{"S":"x"}}' })).toEqual(['+ item.PK.S = "x"']);
    expect(linesOf({ item: "{" }, { item: "[" })).toEqual(['- item = "{"', '+ item = "["']);
  });

  it("show of a policy the statements that change, field by field", () => {
    const kept = { Sid: "Kept", Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const trust = { Sid: "Trust", Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "1" } };
    const wide = { ...trust, Principal: { AWS: "*" } };
    expect(linesOf({ policy: policy(kept, trust) }, { policy: policy(wide, kept) })).toEqual([
      "  policy:",
      '    Sid "Trust" (Allow):',
      "-     Principal AWS: 1",
      "+     Principal AWS: *",
      "    1 statement as before",
    ]);
  });

  it("show a policy that is new by statement, not as JSON", () => {
    const trust = { Sid: "Trust", Effect: "Allow", Action: "sts:AssumeRole" };
    expect(linesOf({ policy: null }, { policy: policy(trust) })).toEqual([
      "  policy:",
      '+   Sid "Trust": Allow',
      "+     Action: sts:AssumeRole",
    ]);
  });

  it("show a value that is no longer a policy as text", () => {
    expect(linesOf({ policy: policy({ Effect: "Allow" }) }, { policy: "{" })[1]).toBe('+ policy = "{"');
  });

  it("leave out tags_all where tags changes as well", () => {
    const tags = { tags: { A: "1" }, tags_all: { A: "1", B: "1" } };
    const own = { tags: { A: "2" }, tags_all: { A: "2", B: "1" } };
    expect(linesOf(tags, own)).toEqual(['- tags.A = "1"', '+ tags.A = "2"']);
    const all = { ...tags, tags_all: { A: "1", B: "2" } };
    expect(linesOf(tags, all)).toEqual(['- tags_all.B = "1"', '+ tags_all.B = "2"']);
  });

  it("hide marked values and attributes with a secret name, and show that they change", () => {
    expect(linesOf({ a: "x" }, { a: "y" }, { afterSensitive: { a: true } })).toEqual([
      "- a = ‹sensitive›",
      "+ a = ‹sensitive›, another one",
    ]);
    expect(linesOf(null, { db: { password: "x" } })).toEqual(["+ db.password = ‹sensitive›"]);
    expect(linesOf(null, { items: [{ secret: "x", n: 1 }] })).toEqual([
      "  items:",
      '+   {"secret":"‹sensitive›","n":1}',
    ]);
  });

  it("escape invisible characters", () => {
    expect(linesOf({ a: "user" }, { a: "user\u202e\nnimda" })[1]).toBe('+ a = "user\\u202e\\nnimda"');
  });
});
