import { parsePolicy } from "./document";
import type { PolicyError } from "./errors";
import type { PolicyKind } from "./kinds";
import { faultOf } from "./testing/fixtures";

const VERSION = "2012-10-17";
const statement = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" };

function parse(document: unknown, kind: PolicyKind = "identity"): ReturnType<typeof parsePolicy> {
  return parsePolicy(document, { name: "reader", kind });
}

function parseStatement(raw: object, kind?: PolicyKind): ReturnType<typeof parsePolicy> {
  return parse({ Version: VERSION, Statement: [raw] }, kind);
}

describe("parsePolicy", () => {
  it("accepts text and parsed values, with one statement or several", () => {
    const document = { Version: VERSION, Id: "id", Statement: statement };
    expect(parse(JSON.stringify(document)).statements).toHaveLength(1);
    expect(
      parse({ ...document, Statement: [statement, { ...statement, Sid: "Again" }] }).statements,
    ).toHaveLength(2);
    expect(parse(document)).toMatchObject({
      name: "reader",
      kind: "identity",
      statements: [{ index: 0, sid: "Read", effect: "Allow" }],
    });
  });

  it.each<[string, unknown, string]>([
    ["text that is no JSON", "{", "malformed_json"],
    ["a list", [], "malformed_document"],
    ["null", "null", "malformed_document"],
    ["no Statement", { Version: VERSION }, "malformed_document"],
    ["an empty Statement", { Version: VERSION, Statement: [] }, "malformed_document"],
    ["a Statement of text", { Version: VERSION, Statement: ["x"] }, "malformed_document"],
    ["another version", { Version: "2013-10-17", Statement: statement }, "unknown_version"],
    ["a version of another type", { Version: 2012, Statement: statement }, "unknown_version"],
    [
      "an unknown element",
      { Version: VERSION, Statment: statement, Statement: statement },
      "unknown_element",
    ],
    [
      "two statements of one Sid",
      { Version: VERSION, Statement: [statement, statement] },
      "malformed_document",
    ],
  ])("refuses %s", (_, document, code) => {
    expect(faultOf(() => parse(document))).toMatchObject({
      name: "PolicyError",
      code,
      place: { policy: "reader", kind: "identity" },
    });
  });

  it.each<[string, object, string]>([
    ["an unknown element", { ...statement, Conditions: {} }, "unknown_element"],
    ["an element in another case", { ...statement, effect: "Deny" }, "unknown_element"],
    ["no Effect", { Action: "*", Resource: "*" }, "malformed_statement"],
    ["an Effect in another case", { ...statement, Effect: "allow" }, "malformed_statement"],
    ["no Action", { Effect: "Allow", Resource: "*" }, "malformed_statement"],
    ["Action and NotAction", { ...statement, NotAction: "*" }, "malformed_statement"],
    ["no Resource", { Effect: "Allow", Action: "*" }, "malformed_statement"],
    ["Resource and NotResource", { ...statement, NotResource: "*" }, "malformed_statement"],
    ["an empty list of actions", { ...statement, Action: [] }, "malformed_statement"],
    ["actions that are no text", { ...statement, Action: [1] }, "malformed_statement"],
    ["a Principal in an identity policy", { ...statement, Principal: "*" }, "malformed_statement"],
    ["a Sid that is no text", { ...statement, Sid: 1 }, "malformed_statement"],
    ["a Sid that IAM refuses", { ...statement, Sid: "read-only" }, "malformed_statement"],
    ["an unknown action", { ...statement, Action: ["s3:GetObject", "s3:GetObjekt"] }, "unknown_action"],
    [
      "an unknown action under NotAction",
      { Effect: "Deny", NotAction: "s3:GetObjekt", Resource: "*" },
      "unknown_action",
    ],
    ["a resource that is no ARN", { ...statement, Resource: "bucket" }, "malformed_resource"],
    [
      "a variable that is no key",
      { ...statement, Resource: "arn:aws:s3:::b/${user}" },
      "unknown_condition_key",
    ],
    [
      "an unknown operator",
      { ...statement, Condition: { Equals: { "aws:userid": "x" } } },
      "unknown_operator",
    ],
  ])("refuses a statement with %s", (_, raw, code) => {
    expect(faultOf(() => parseStatement(raw))).toMatchObject({
      name: "PolicyError",
      code,
      place: { statement: { index: 0 } },
    });
  });

  it("refuses NotPrincipal", () => {
    const raw = { Effect: "Deny", NotPrincipal: { AWS: "111111111111" }, Action: "*", Resource: "*" };
    expect(faultOf(() => parseStatement(raw, "resource"))).toMatchObject({ code: "not_principal" });
    expect(faultOf(() => parseStatement(raw, "identity"))).toMatchObject({ code: "not_principal" });
  });

  it.each<PolicyKind>(["resource", "endpoint", "rcp", "trust"])(
    "wants a Principal in a policy of kind %s",
    (kind) => {
      const raw = { Effect: "Allow", Action: "*", ...(kind === "trust" ? {} : { Resource: "*" }) };
      expect(faultOf(() => parseStatement(raw, kind))).toMatchObject({ code: "malformed_statement" });
      expect(parseStatement({ ...raw, Principal: "*" }, kind).statements).toHaveLength(1);
    },
  );

  it.each<PolicyKind>(["identity", "boundary", "session", "scp", "authorizer"])(
    "wants none in a policy of kind %s",
    (kind) => {
      expect(faultOf(() => parseStatement({ ...statement, Principal: "*" }, kind))).toMatchObject({
        code: "malformed_statement",
      });
    },
  );

  it("refuses a Resource in a trust policy, as IAM does", () => {
    const raw = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" };
    expect(faultOf(() => parseStatement(raw, "trust"))).toMatchObject({ code: "malformed_statement" });
  });

  it("accepts any Sid in a policy that another service than IAM stores", () => {
    expect(
      parseStatement({ ...statement, Sid: "only via endpoint", Principal: "*" }, "resource").statements[0],
    ).toHaveProperty("sid", "only via endpoint");
  });

  it("names the fault and its location", () => {
    const second = { Sid: "Write", Effect: "Allow", Action: "s3:PutObjects", Resource: "*" };
    const fault = faultOf(() => parse({ Version: VERSION, Statement: [statement, second] })) as PolicyError;
    expect(fault.message).toBe(
      'identity policy "reader", statement 1 (Sid "Write"): AWS has no action "s3:PutObjects"',
    );
    expect(fault.place).toEqual({
      policy: "reader",
      kind: "identity",
      statement: { index: 1, sid: "Write" },
    });
    expect(fault.what).toBe('AWS has no action "s3:PutObjects"');
  });
});
