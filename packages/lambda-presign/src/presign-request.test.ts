import fc from "fast-check";
import { operatorOf, userOf } from "./presign-request";
import { Refused } from "./refusal";
import { eventOf } from "./testing/fixtures";

function thrownBy(act: () => unknown): unknown {
  try {
    return { returned: act() };
  } catch (error) {
    return error;
  }
}

describe("userOf", () => {
  it("takes the name that the authorizer verified, for the path of the same name", () => {
    expect(userOf({ identity: "alice", path: "alice" })).toEqual({
      userName: "alice",
      sessionName: "alice",
      groups: [],
    });
  });

  const alice = { identity: "alice", path: "alice" };

  it("takes the groups that the authorizer verified, or why it could not", () => {
    expect(userOf({ ...alice, groups: '["/eu/a","b c"]' }).groups).toEqual(["/eu/a", "b c"]);
    expect(userOf({ ...alice, groups: "[]" }).groups).toEqual([]);
    expect(userOf({ ...alice, groupsRefused: "too_many_groups" }).groups).toBe("too_many_groups");
    // Never the groups where it is said that they are not known whole.
    expect(userOf({ ...alice, groups: '["a"]', groupsRefused: "too_many_groups" }).groups).toBe(
      "too_many_groups",
    );
  });

  it.each([
    ["no JSON", { groups: "a" }],
    ["an empty text", { groups: "" }],
    ["a list that is no text", { groups: ["a"] }],
    ["null", { groups: null }],
    ["an object", { groups: "{}" }],
    ["a number among them", { groups: "[7]" }],
    ["a name that is no group", { groups: '["a*"]' }],
    ["more than 50", { groups: JSON.stringify(Array(51).fill("a")) }],
    ["another reason", { groups: "[]", groupsRefused: "why not" }],
  ])("forbids groups that the authorizer never writes: %s", (_case, context) => {
    expect(thrownBy(() => userOf({ ...alice, ...context }))).toMatchObject({
      code: "forbidden",
      reason: "groups_malformed",
    });
  });

  it("answers any context with groups, or with a refusal of its own", () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.jsonValue(), (groups, groupsRefused, json) => {
        for (const context of [{ groups, groupsRefused }, { groups: JSON.stringify(json) }]) {
          const result = thrownBy(() => userOf({ ...alice, ...context }));
          if (result instanceof Refused) expect(result.code).toBe("forbidden");
          else expect(result).toHaveProperty("returned.groups");
        }
      }),
    );
  });

  it.each([
    ["no identity", { identity: undefined, path: "alice" }, "identity_missing"],
    ["a null identity", { identity: null, path: "alice" }, "identity_missing"],
    ["an identity that is no text", { identity: ["alice"], path: ["alice"] }, "identity_malformed"],
    ["an empty identity", { identity: "", path: "" }, "identity_malformed"],
    ["a pattern for an identity", { identity: "*", path: "*" }, "identity_malformed"],
    [
      "an identity that looks like an operator's session",
      { identity: "operator+alice", path: "operator+alice" },
      "identity_malformed",
    ],
    ["a colleague's path", { identity: "alice", path: "bob" }, "path_differs"],
    ["another case in the path", { identity: "alice", path: "Alice" }, "path_differs"],
    ["no path", { identity: "alice", path: undefined }, "path_differs"],
  ])("forbids %s", (_case, request, reason) => {
    expect(thrownBy(() => userOf(request))).toMatchObject({ code: "forbidden", reason });
  });
});

describe("operatorOf", () => {
  const ask = { userName: "alice", reason: "new line of business, INC-7" };

  it("takes an operator's event, and names the invocation in the session", () => {
    expect(operatorOf({ operator: ask }, "8f1c2d3e-0000-4000-8000-123456789abc")).toEqual({
      ...ask,
      groups: [],
      handOver: false,
      sessionName: "operator+8f1c2d3e-0000-4000-8000-123456789abc",
    });
  });

  it("hands over no URL unless that was asked for", () => {
    expect(operatorOf({ operator: { ...ask, handOver: true } }, "id").handOver).toBe(true);
    expect(operatorOf({ operator: { ...ask, handOver: false } }, "id").handOver).toBe(false);
  });

  it("takes the groups of somebody who has no entry of their own", () => {
    expect(operatorOf({ operator: { ...ask, groups: ["studio-a"] } }, "id").groups).toEqual(["studio-a"]);
  });

  it("makes a session name that STS takes, for ids of Lambda's length", () => {
    const { sessionName } = operatorOf({ operator: ask }, "8f1c2d3e-0000-4000-8000-123456789abc");
    expect(sessionName).toMatch(/^[\w+=,.@-]{2,64}$/);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["text", "operator"],
    ["a list", [{ operator: ask }]],
    ["an event of API Gateway", eventOf("alice")],
    ["a console test of API Gateway", eventOf("alice", { requestContext: {} })],
    ["an event of API Gateway that plays the operator", { ...eventOf("alice"), operator: ask }],
    ["null for an operator", { operator: null }],
    ["a list of operators", { operator: [ask] }],
    ["another field of the operator's", { operator: { ...ask, lob: "lob-a" } }],
    ["no reason", { operator: { userName: "alice" } }],
    ["an empty reason", { operator: { ...ask, reason: "" } }],
    ["a reason with a URL", { operator: { ...ask, reason: "see https://example.com/?token=x" } }],
    ["a reason with a line break", { operator: { ...ask, reason: "one\nline" } }],
    ["a reason as long as a token", { operator: { ...ask, reason: "e".repeat(81) } }],
    ["a reason that is no text", { operator: { ...ask, reason: 7 } }],
    ["groups that are no list", { operator: { ...ask, groups: "a" } }],
    ["a group that is none", { operator: { ...ask, groups: ["a*"] } }],
    ["more groups than a token may bring", { operator: { ...ask, groups: Array(51).fill("a") } }],
    ["another answer than yes or no", { operator: { ...ask, handOver: "yes" } }],
  ])("forbids %s (operator_event_malformed)", (_case, event) => {
    expect(thrownBy(() => operatorOf(event, "id"))).toMatchObject({
      code: "forbidden",
      reason: "operator_event_malformed",
    });
  });

  // Each of them alone is enough, also on an event that holds next to nothing else.
  it.each([
    "requestContext",
    "httpMethod",
    "resource",
    "path",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "multiValueQueryStringParameters",
    "pathParameters",
    "stageVariables",
    "body",
    "isBase64Encoded",
    // Of the second version of the format, and of function URLs.
    "version",
    "routeKey",
    "rawPath",
    "rawQueryString",
    "cookies",
  ])("forbids an event with API Gateway's %s, be it empty", (field) => {
    expect(thrownBy(() => operatorOf({ operator: ask, [field]: null }, "id"))).toMatchObject({
      code: "forbidden",
      reason: "operator_event_malformed",
    });
  });

  it.each([
    ["no user", { reason: ask.reason }, "identity_missing"],
    ["an empty user", { ...ask, userName: "" }, "identity_malformed"],
    ["a pattern for a user", { ...ask, userName: "*" }, "identity_malformed"],
    ["a path for a user", { ...ask, userName: "alice/../bob" }, "identity_malformed"],
    ["a user that is no text", { ...ask, userName: { S: "alice" } }, "identity_malformed"],
  ])("forbids %s", (_case, operator, reason) => {
    expect(thrownBy(() => operatorOf({ operator }, "id"))).toMatchObject({ code: "forbidden", reason });
  });
});
