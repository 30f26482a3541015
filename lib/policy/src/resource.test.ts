import fc from "fast-check";
import { compileResource, parseRequestedResource } from "./resource";
import { faultOf } from "./testing/fixtures";

const values = { single: (key: string) => (key === "aws:username" ? "bob" : undefined) };

function matches(pattern: string, asked: string, tag?: string): boolean {
  const resource = parseRequestedResource(asked);
  if (resource === undefined) throw new Error(`${asked} is no resource`);
  const lookup = tag === undefined ? values : { single: () => tag };
  return compileResource(pattern, { variables: true }).matches(resource, lookup);
}

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
describe("compileResource", () => {
  it.each([
    ["*", "arn:aws:sqs:us-east-2:111111111111:queue1", true],
    ["*", "*", true],
    ["arn:aws:s3:::*", "*", false],
    ["arn:aws:sqs:us-east-2:111111111111:queue1", "arn:aws:sqs:us-east-2:111111111111:queue1", true],
    ["arn:aws:sqs:us-east-2:111111111111:queue1", "arn:aws:sqs:us-east-2:111111111111:Queue1", false],
    ["arn:aws:iam::111111111111:user/accounting/*", "arn:aws:iam::111111111111:user/accounting/eu/bob", true],
    ["arn:aws:iam::*:role/access", "arn:aws:iam::222222222222:role/access", true],
    ["arn:aws:iam::*:role/access", "arn:aws:iam::222222222222:role/path/access", false],
    ["arn:aws:iam::11111111111?:role/access", "arn:aws:iam::111111111112:role/access", true],
    // "The asterisk can expand to replace everything within a segment", slashes too.
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/1/test/object.jpg", true],
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/1/2/test/3/object.jpg", true],
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/1-test/object.jpg", false],
    ["arn:aws:logs:*:*:log-group:/aws/*:*", "arn:aws:logs:r:1:log-group:/aws/lambda/x:log-stream:y", true],
    ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/bob/x", true],
    ["arn:aws:s3:::a${*}b", "arn:aws:s3:::a*b", true],
    ["arn:aws:s3:::a${*}b", "arn:aws:s3:::aXb", false],
    ["arn:aws:logs:*", "arn:aws:logs:eu-west-1:111111111111:log-group:x", true],
    ["arn:aws:logs:eu-*", "arn:aws:logs:eu-west-1:111111111111:log-group:x", true],
    ["arn:aws:logs:eu-*", "arn:aws:logs:us-east-1:111111111111:log-group:x", false],
  ])("compares %p with %p: %p", (pattern, asked, expected) => {
    expect(matches(pattern, asked)).toBe(expected);
  });

  it.each([
    "arn:aws:s3",
    "s3:::bucket",
    "execute-api:/*",
    "arn*",
    "*:*",
    "",
    "arn:aws:*:::bucket",
    "arn:aws:s?:::bucket",
    "arn:aws*",
    "arn:aws:logs:eu-west-1:111111111111",
    "arn:aws:iam::${aws:PrincipalAccount}:role/x",
  ])("refuses %p", (text) => {
    expect(faultOf(() => compileResource(text, { variables: true }))).toMatchObject({
      code: "malformed_resource",
    });
  });

  it("refuses to decide when only a wildcard that crosses a colon would match, since AWS leaves that open", () => {
    const pattern = "arn:aws:someservice:*:111122223333:finance/*";
    const asked = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
    expect(faultOf(() => matches(pattern, asked))).toMatchObject({ code: "ambiguous_resource" });
  });

  it("never lets a wildcard inside a segment cross a colon", () => {
    expect(matches("arn:aws:x:us-*-1:1:a", "arn:aws:x:us-east:2:b-1:1:a")).toBe(false);
    expect(matches("arn:aws:x:r?1:1:a", "arn:aws:x:r:1:1:a")).toBe(false);
  });

  it("stays fast on a request full of colons", () => {
    const asked = `arn:aws:execute-api:r:1:api/${"a:".repeat(700)}`;
    expect(matches("arn:aws:execute-api:*:*:api/*/POST/*", asked)).toBe(false);
  });
});

describe("a wildcard in an ARN, for any pattern and request", () => {
  const wild = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
  const plain = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 4 });
  const resourcePart = fc.string({ unit: fc.constantFrom("a", "b", ":", "/"), maxLength: 8 });

  function segmentMatches(pattern: string, text: string): boolean {
    return new RegExp(`^${pattern.replace(/\*/g, ".*").replace(/\?/g, ".")}$`, "s").test(text);
  }

  it("matches segment by segment, or the pattern is refused as ambiguous", () => {
    fc.assert(
      fc.property(fc.tuple(wild, wild, wild), fc.tuple(plain, plain, resourcePart), (patterns, parts) => {
        const expected = patterns.every((pattern, index) => segmentMatches(pattern, parts[index] ?? ""));
        const ask = (): boolean => matches(`arn:aws:x:${patterns.join(":")}`, `arn:aws:x:${parts.join(":")}`);
        // A pattern is ambiguous only with a segment that ends in a star, for a resource that holds a colon.
        const open =
          !expected && patterns.slice(0, 2).some((text) => text.endsWith("*")) && parts[2].includes(":");
        if (open) expect(attempt(ask)).not.toBe(true);
        else expect(ask()).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("never comes from a variable's value: a value matches only itself", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "*", "?", "$", "{", "}", ":", "/"), maxLength: 6 });
    fc.assert(
      fc.property(value, value, (tag, name) => {
        const asked = `arn:aws:s3:::bucket/${name}`;
        expect(matches("arn:aws:s3:::bucket/${aws:PrincipalTag/user}", asked, tag)).toBe(tag === name);
      }),
      { numRuns: 2000 },
    );
  });

  function attempt(ask: () => boolean): boolean | "no answer" {
    try {
      return ask();
    } catch {
      return "no answer";
    }
  }
});
