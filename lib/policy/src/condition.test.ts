import { compileCondition } from "./condition";
import { iamData } from "./iam-data";
import { faultOf } from "./testing/fixtures";

type Context = Readonly<Record<string, string | readonly string[]>>;

function met(condition: unknown, context: Context = {}): boolean {
  const all = (key: string): readonly string[] | undefined => {
    const value = Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1];
    return typeof value === "string" ? [value] : value;
  };
  return compileCondition(condition, { variables: true, catalog: iamData })({
    all,
    single: (key) => all(key)?.[0],
  });
}

const VPCE = "aws:SourceVpce";

// Columns: operator, value in the policy, value in the request, whether the condition is met.
type Row = [operator: string, expected: unknown, actual: string, met: boolean];

const STRINGS: Row[] = [
  ["StringEquals", "a", "a", true],
  ["StringEquals", "a", "A", false],
  ["StringEquals", "a*", "ab", false],
  ["StringEquals", "a*", "a*", true],
  ["StringEquals", ["a", "b"], "b", true],
  ["StringNotEquals", "a", "b", true],
  ["StringNotEquals", "a", "a", false],
  ["StringNotEquals", ["a", "b"], "b", false],
  ["StringNotEquals", ["a", "b"], "c", true],
  ["StringEqualsIgnoreCase", "JohnDoe", "johndoe", true],
  ["StringEqualsIgnoreCase", "JohnDoe", "johndo", false],
  ["StringNotEqualsIgnoreCase", "JohnDoe", "johndoe", false],
  ["StringLike", "vpce-*", "vpce-1", true],
  ["StringLike", "vpce-?", "vpce-12", false],
  ["StringLike", "VPCE-*", "vpce-1", false],
  ["StringLike", "", "", true],
  ["StringNotLike", "vpce-*", "vpce-1", false],
  ["StringNotLike", ["x*", "y*"], "z", true],
];

const NUMBERS: Row[] = [
  ["NumericEquals", "10", "10.0", true],
  ["NumericEquals", 10, "10", true],
  ["NumericEquals", "10", "11", false],
  ["NumericNotEquals", "10", "11", true],
  ["NumericNotEquals", "10", "10", false],
  ["NumericLessThan", "10", "10", false],
  ["NumericLessThan", "10", "9.9", true],
  ["NumericLessThanEquals", "10", "10", true],
  ["NumericLessThanEquals", "-10", "-9", false],
  ["NumericGreaterThan", "10", "10", false],
  ["NumericGreaterThan", "9", "10", true],
  ["NumericGreaterThanEquals", "10", "10", true],
  ["NumericGreaterThanEquals", "10", "9", false],
];

const DATES: Row[] = [
  ["DateEquals", "2020-01-01T00:00:00Z", "2020-01-01T01:00:00+01:00", true],
  ["DateEquals", "2020-01-01", "1577836800", true],
  ["DateEquals", "2020", "2020-01-01T00:00:00Z", true],
  ["DateNotEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00:01Z", true],
  ["DateNotEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", false],
  ["DateLessThan", "2020-01-01T00:00:00Z", "2019-12-31T23:59:59.9Z", true],
  ["DateLessThan", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", false],
  ["DateLessThanEquals", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z", true],
  ["DateGreaterThan", "1577836800", "2020-01-01T00:00:01Z", true],
  ["DateGreaterThan", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", false],
  ["DateGreaterThanEquals", "2020-01-01T00:00:01Z", "2020-01-01T00:00:01Z", true],
];

const ADDRESSES: Row[] = [
  ["IpAddress", "203.0.113.0/24", "203.0.113.255", true],
  ["IpAddress", "203.0.113.0/24", "203.0.114.0", false],
  ["IpAddress", "203.0.113.7/24", "203.0.113.200", true],
  ["IpAddress", "203.0.113.7", "203.0.113.7", true],
  ["IpAddress", "203.0.113.7", "203.0.113.8", false],
  ["IpAddress", "0.0.0.0/0", "203.0.113.8", true],
  ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::1", true],
  ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5679::1", false],
  ["IpAddress", "0.0.0.0/0", "2001:db8::1", false],
  ["IpAddress", "::/0", "203.0.113.8", false],
  ["NotIpAddress", "203.0.113.0/24", "203.0.113.1", false],
  ["NotIpAddress", ["203.0.113.0/24", "10.0.0.0/8"], "192.0.2.1", true],
];

const ARNS: Row[] = ["ArnEquals", "ArnLike"].flatMap((operator): Row[] => [
  [operator, "arn:aws:iam::*:role/access", "arn:aws:iam::111111111111:role/access", true],
  [operator, "arn:aws:iam::*:role/access", "arn:aws:iam::111111111111:role/ACCESS", false],
  [operator, "arn:aws:iam::111111111111:role/*", "arn:aws:iam::111111111111:role/a/b:c", true],
  [operator, "arn:aws:iam::111111111111:role/acc?ss", "arn:aws:iam::111111111111:role/access", true],
  [operator, "arn:aws:logs:r:1:log-group:*", "arn:aws:logs:r:1:log-group:x:y", true],
  [operator, "arn:aws:logs:r:1:log-group:x", "arn:aws:logs:r:1:log-group:x", true],
  [operator, "arn:*:*:*:*:*", "arn:aws:iam::111111111111:role/access", true],
]);

// The example under "ARN condition operators" of AWS's page on condition operators.
const CROSSING = [
  "arn:aws:someservice:*:111122223333:finance/*",
  "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
] as const;

const MORE_ARNS: Row[] = [
  ["StringLike", CROSSING[0], CROSSING[1], true],
  ["ArnLike", CROSSING[0], CROSSING[1], false],
  ["ArnEquals", CROSSING[0], CROSSING[1], false],
  ["ArnNotLike", CROSSING[0], CROSSING[1], true],
  ["ArnNotEquals", "arn:aws:iam::*:role/access", "arn:aws:iam::111111111111:role/access", false],
  ["ArnNotLike", "arn:aws:iam::*:role/access", "arn:aws:iam::111111111111:role/access", false],
];

const OTHERS: Row[] = [
  ["Bool", "true", "true", true],
  ["Bool", true, "true", true],
  ["Bool", "TRUE", "true", true],
  ["Bool", "false", "true", false],
  ["Bool", ["true", "false"], "false", true],
  ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", true],
  ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5", false],
];

const TABLE = [...STRINGS, ...NUMBERS, ...DATES, ...ADDRESSES, ...ARNS, ...MORE_ARNS, ...OTHERS];

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
describe("condition operators", () => {
  it.each(TABLE)("%s %p of %p: %p", (operator, expected, actual, result) => {
    expect(met({ [operator]: { [VPCE]: expected } }, { [VPCE]: actual })).toBe(result);
  });

  const operators = [...new Set(TABLE.map(([operator]) => operator))];
  const exampleOf = (operator: string): unknown => TABLE.find(([name]) => name === operator)?.[1];

  it("cover the whole table of AWS's documentation", () => {
    expect(operators.sort()).toEqual([
      "ArnEquals",
      "ArnLike",
      "ArnNotEquals",
      "ArnNotLike",
      "BinaryEquals",
      "Bool",
      "DateEquals",
      "DateGreaterThan",
      "DateGreaterThanEquals",
      "DateLessThan",
      "DateLessThanEquals",
      "DateNotEquals",
      "IpAddress",
      "NotIpAddress",
      "NumericEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericNotEquals",
      "StringEquals",
      "StringEqualsIgnoreCase",
      "StringLike",
      "StringNotEquals",
      "StringNotEqualsIgnoreCase",
      "StringNotLike",
    ]);
  });

  it.each(operators)("%s on an absent key is true only when negated", (operator) => {
    expect(met({ [operator]: { [VPCE]: exampleOf(operator) } })).toBe(operator.includes("Not"));
  });

  it.each(operators)("%sIfExists on an absent key is true", (operator) => {
    expect(met({ [`${operator}IfExists`]: { [VPCE]: exampleOf(operator) } })).toBe(true);
  });

  it.each(TABLE)("%sIfExists %p of %p is as without it: %p", (operator, expected, actual, result) => {
    expect(met({ [`${operator}IfExists`]: { [VPCE]: expected } }, { [VPCE]: actual })).toBe(result);
  });

  it.each(operators)("ForAllValues:%s on an absent key is true, ForAnyValue:%s is false", (operator) => {
    expect(met({ [`ForAllValues:${operator}`]: { [VPCE]: exampleOf(operator) } })).toBe(true);
    expect(met({ [`ForAnyValue:${operator}`]: { [VPCE]: exampleOf(operator) } })).toBe(false);
  });
});

describe("Null", () => {
  it.each<[string, Context, boolean]>([
    ["true", {}, true],
    ["true", { [VPCE]: "vpce-1" }, false],
    ["false", {}, false],
    ["false", { [VPCE]: "vpce-1" }, true],
    ["false", { [VPCE]: "" }, true],
    ["true", { [VPCE]: [] }, true],
  ])("%s with the request %p: %p", (expected, context, result) => {
    expect(met({ Null: { [VPCE]: expected } }, context)).toBe(result);
  });

  it("needs no set operator for a key of several values", () => {
    expect(met({ Null: { "aws:TagKeys": "false" } }, { "aws:TagKeys": ["a", "b"] })).toBe(true);
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe("set operators", () => {
  it.each<[operator: string, actual: readonly string[], met: boolean]>([
    ["ForAllValues:StringEquals", ["Dept", "Cost"], true],
    ["ForAllValues:StringEquals", ["Dept", "Other"], false],
    ["ForAllValues:StringEquals", ["Other"], false],
    ["ForAllValues:StringEquals", [], true],
    ["ForAllValues:StringEquals", [""], true],
    ["ForAnyValue:StringEquals", ["Dept", "Other"], true],
    ["ForAnyValue:StringEquals", ["Other"], false],
    ["ForAnyValue:StringEquals", [], false],
    ["ForAnyValue:StringEquals", [""], false],
    ["ForAllValues:StringNotEquals", ["Other", "More"], true],
    ["ForAllValues:StringNotEquals", ["Other", "Dept"], false],
    ["ForAnyValue:StringNotEquals", ["Other", "Dept"], true],
    ["ForAnyValue:StringNotEquals", ["Cost", "Dept"], false],
    ["ForAnyValue:StringEqualsIfExists", [], true],
  ])("%s [Dept, Cost] of %p: %p", (operator, actual, result) => {
    expect(met({ [operator]: { "aws:TagKeys": ["Dept", "Cost"] } }, { "aws:TagKeys": actual })).toBe(result);
  });

  it("are required for a key of several values", () => {
    const fault = faultOf(() => met({ StringEquals: { "aws:TagKeys": "Dept" } }, {}));
    expect(fault).toMatchObject({ code: "set_operator_required" });
  });
});

// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
describe("a Condition element", () => {
  const condition = {
    StringEquals: { [VPCE]: ["vpce-1", "vpce-2"], "aws:PrincipalTag/team": "a" },
    Bool: { "aws:SecureTransport": true },
  };

  it("needs every operator and key, and any value of each", () => {
    const context = { [VPCE]: "vpce-2", "aws:PrincipalTag/team": "a", "aws:SecureTransport": "true" };
    expect(met(condition, context)).toBe(true);
    expect(met(condition, { ...context, [VPCE]: "vpce-3" })).toBe(false);
    expect(met(condition, { ...context, "aws:PrincipalTag/team": "b" })).toBe(false);
    expect(met(condition, { ...context, "aws:SecureTransport": "false" })).toBe(false);
  });

  it("finds keys in any case", () => {
    expect(met({ StringEquals: { "AWS:sourcevpce": "vpce-1" } }, { [VPCE]: "vpce-1" })).toBe(true);
    expect(met({ StringEquals: { "aws:principaltag/TEAM": "a" } }, { "aws:PrincipalTag/team": "a" })).toBe(
      true,
    );
  });

  it("replaces variables by their values, as plain text", () => {
    const own = { StringLike: { "s3:prefix": "home/${aws:username}/*" } };
    expect(met(own, { "s3:prefix": "home/bob/x", "aws:username": "bob" })).toBe(true);
    expect(met(own, { "s3:prefix": "home/bob/x", "aws:username": "*" })).toBe(false);
    expect(
      met(
        { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:${aws:PrincipalAccount}:*" } },
        { "aws:SourceArn": "arn:aws:sns:r:1:t", "aws:PrincipalAccount": "1" },
      ),
    ).toBe(true);
    expect(
      met(
        { StringEqualsIgnoreCase: { "s3:prefix": "A${aws:username}" } },
        { "s3:prefix": "abOB", "aws:username": "BOb" },
      ),
    ).toBe(true);
    expect(
      met({ StringEqualsIgnoreCase: { "s3:prefix": "${aws:username, 'BOB'}" } }, { "s3:prefix": "bob" }),
    ).toBe(true);
  });

  // Source: "Policy variables with no value" in
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
  it.each<[operator: string, expected: readonly string[], met: boolean]>([
    ["StringEquals", ["${aws:username}"], false],
    ["StringEquals", ["x", "${aws:username}"], true],
    ["StringEqualsIgnoreCase", ["${aws:username}"], false],
    ["StringLike", ["${aws:username}*"], false],
    ["StringNotEquals", ["${aws:username}"], true],
    ["StringNotEquals", ["x", "${aws:username}"], false],
    ["StringNotEqualsIgnoreCase", ["${aws:username}"], true],
    ["StringNotLike", ["*${aws:username}"], true],
    ["StringNotEqualsIfExists", ["${aws:username}"], true],
    ["ForAnyValue:StringEquals", ["${aws:username}"], false],
    ["ForAllValues:StringEquals", ["${aws:username}"], false],
    ["ForAllValues:StringNotEquals", ["${aws:username}"], true],
  ])("%s %j, whose variable has no value, of the key x: %p", (operator, expected, result) => {
    expect(met({ [operator]: { "s3:prefix": expected } }, { "s3:prefix": "x" })).toBe(result);
  });

  it("compares an ARN with a variable without a value as unequal", () => {
    const expected = { "aws:SourceArn": "arn:aws:sns:r:1:${aws:username}" };
    const context = { "aws:SourceArn": "arn:aws:sns:r:1:x" };
    expect(met({ ArnLike: expected }, context)).toBe(false);
    expect(met({ ArnNotLike: expected }, context)).toBe(true);
  });

  it("is met when it is empty", () => {
    expect(met({})).toBe(true);
    expect(met({ StringEquals: {} })).toBe(true);
  });

  it.each<[unknown, string]>([
    ["StringEquals", "malformed_condition"],
    [{ StringEquals: "x" }, "malformed_condition"],
    [{ StringEquals: { [VPCE]: [] } }, "malformed_condition"],
    [{ StringEquals: { [VPCE]: { a: "b" } } }, "malformed_condition"],
    [{ StringEquals: { [VPCE]: "a", "aws:sourceVpce": "b" } }, "malformed_condition"],
    [{ stringEquals: { [VPCE]: "a" } }, "unknown_operator"],
    [{ StringEqual: { [VPCE]: "a" } }, "unknown_operator"],
    [{ StringLikeIgnoreCase: { [VPCE]: "a" } }, "unknown_operator"],
    [{ BinaryNotEquals: { [VPCE]: "YQ==" } }, "unknown_operator"],
    [{ NullIfExists: { [VPCE]: "true" } }, "unknown_operator"],
    [{ "ForAnyValue:Null": { [VPCE]: "true" } }, "unknown_operator"],
    [{ "ForSomeValue:StringEquals": { [VPCE]: "a" } }, "unknown_operator"],
    [{ IfExists: { [VPCE]: "a" } }, "unknown_operator"],
    [{ StringEquals: { "aws:SourceVpcEndpoint": "a" } }, "unknown_condition_key"],
    [{ StringEquals: { "sagemaker:NoSuchKey": "a" } }, "unknown_condition_key"],
    [{ StringEquals: { "aws:PrincipalTag/": "a" } }, "unknown_condition_key"],
    [{ StringEquals: { nokey: "a" } }, "unknown_condition_key"],
    [{ StringEquals: { [VPCE]: "${aws:nothing}" } }, "unknown_condition_key"],
    [{ StringEquals: { [VPCE]: "${aws:TagKeys}" } }, "multivalued_variable"],
    [{ StringEquals: { [VPCE]: "${" } }, "malformed_variable"],
    [{ NumericEquals: { [VPCE]: "ten" } }, "malformed_condition"],
    [{ NumericEquals: { [VPCE]: "1e3" } }, "malformed_condition"],
    [{ NumericEquals: { [VPCE]: "${aws:EpochTime}" } }, "malformed_variable"],
    [{ Bool: { [VPCE]: "${aws:SecureTransport}" } }, "malformed_variable"],
    [{ DateEquals: { [VPCE]: "2020-13-01" } }, "malformed_condition"],
    [{ DateEquals: { [VPCE]: "2020-01-01T00:00:00" } }, "malformed_condition"],
    [{ Bool: { [VPCE]: "yes" } }, "malformed_condition"],
    [{ Null: { [VPCE]: "absent" } }, "malformed_condition"],
    [{ BinaryEquals: { [VPCE]: "a" } }, "malformed_condition"],
    [{ IpAddress: { [VPCE]: "10.0.0.0/33" } }, "malformed_condition"],
    [{ IpAddress: { [VPCE]: "10.0.0.0/" } }, "malformed_condition"],
    [{ IpAddress: { [VPCE]: "10.0.0.0/8/8" } }, "malformed_condition"],
    [{ IpAddress: { [VPCE]: "10.0.0.*" } }, "malformed_condition"],
    [{ IpAddress: { [VPCE]: "2001:db8::1" } }, "malformed_condition"],
    [{ ArnLike: { [VPCE]: "*" } }, "malformed_condition"],
    [{ ArnLike: { [VPCE]: "arn:aws:iam::111111111111" } }, "malformed_condition"],
  ])("is refused when it holds %j: %s", (condition, code) => {
    expect(faultOf(() => met(condition, {}))).toMatchObject({ name: "PolicyError", code });
  });

  it.each([
    ["NumericEquals", "1", "one"],
    ["DateEquals", "2020", "yesterday"],
    ["Bool", "true", "yes"],
    ["IpAddress", "10.0.0.0/8", "host"],
    ["BinaryEquals", "YQ==", "?"],
    ["ArnLike", "arn:aws:iam::111111111111:role/x", "role/x"],
  ])("refuses a request whose value is not of the type of %s", (operator, expected, actual) => {
    const fault = faultOf(() => met({ [operator]: { [VPCE]: expected } }, { [VPCE]: actual }));
    expect(fault).toMatchObject({ name: "RequestError", code: "malformed_context" });
    expect(fault).toHaveProperty("message", expect.stringContaining("aws:sourcevpce"));
  });
});
