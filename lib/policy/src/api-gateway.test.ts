import {
  combineAuthorizer,
  evaluateInvoke,
  expandApiResources,
  evaluateApiPolicy,
  evaluateAuthorizerPolicy,
  parseApiPolicy,
  type InvokeRequest,
} from "./api-gateway";
import { faultOf, policyOf } from "./testing/fixtures";
import type { VerdictOutcome, Verdict } from "./verdict";

const api = { region: "eu-west-1", accountId: "111111111111", apiId: "abc123" };
const PREFIX = "arn:aws:execute-api:eu-west-1:111111111111:abc123";

function methodArn(user: string): string {
  return `${PREFIX}/prod/GET/${user}`;
}

function callOf(
  user: string,
  context: InvokeRequest["context"] = { "aws:SourceVpce": "vpce-1" },
): InvokeRequest {
  return { methodArn: methodArn(user), context };
}

const VERSION = "2012-10-17";
const invoke = { Action: "execute-api:Invoke", Principal: "*" };
const allowAll = { ...invoke, Effect: "Allow", Resource: "execute-api:/*" };
const denyElsewhere = {
  ...invoke,
  Effect: "Deny",
  Resource: "execute-api:/*",
  Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
};

function apiPolicy(...statements: object[]): ReturnType<typeof parseApiPolicy> {
  return parseApiPolicy({ Version: VERSION, Statement: statements }, api, { name: "the API's policy" });
}

/** The policy that the authorizer returns: Allow on the user's own path, and Deny on all others. */
function authorizerFor(user: string, ...effects: ("Allow" | "Deny")[]): ReturnType<typeof policyOf> {
  const allow = { Effect: "Allow", Action: "execute-api:Invoke", Resource: methodArn(user) };
  const deny = { Effect: "Deny", Action: "execute-api:Invoke", NotResource: methodArn(user) };
  return policyOf(
    "authorizer",
    effects.map((effect) => (effect === "Allow" ? allow : deny)),
  );
}

function verdict(kind: "authorizer" | "resource", outcome: VerdictOutcome): Verdict {
  return { kind, outcome, ...(outcome === "silent" ? {} : { statement: { policy: kind, kind, index: 0 } }) };
}

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
describe("Table A: authorizer and resource policy of one account", () => {
  it.each<[VerdictOutcome, VerdictOutcome, string]>([
    ["allow", "allow", "allowed"],
    ["allow", "silent", "allowed"],
    ["allow", "deny", "explicit_deny"],
    ["silent", "allow", "allowed"],
    ["silent", "silent", "implicit_deny"],
    ["silent", "deny", "explicit_deny"],
    ["deny", "allow", "explicit_deny"],
    ["deny", "silent", "explicit_deny"],
    ["deny", "deny", "explicit_deny"],
  ])("authorizer %s, resource policy %s: %s", (authorizer, resource, reason) => {
    const decision = combineAuthorizer({
      authorizer: verdict("authorizer", authorizer),
      resourcePolicy: verdict("resource", resource),
    });
    expect(decision).toMatchObject({ reason, allowed: reason === "allowed" });
    expect(decision.decidedBy === undefined).toBe(reason === "implicit_deny");
  });

  it.each<[VerdictOutcome, string]>([
    ["allow", "allowed"],
    ["silent", "implicit_deny"],
    ["deny", "explicit_deny"],
  ])("no authorizer, resource policy %s: %s", (resource, reason) => {
    expect(
      combineAuthorizer({ authorizer: undefined, resourcePolicy: verdict("resource", resource) }),
    ).toMatchObject({ reason });
  });

  it.each<VerdictOutcome>(["allow", "silent", "deny"])(
    "no resource policy, authorizer %s: a private API rejects every call",
    (outcome) => {
      expect(
        combineAuthorizer({ authorizer: verdict("authorizer", outcome), resourcePolicy: undefined }),
      ).toMatchObject({ allowed: false });
    },
  );
});

// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
describe("expandApiResources", () => {
  it("writes out short resources as API Gateway does when it saves the policy", () => {
    const document = {
      Version: VERSION,
      Statement: [
        { ...allowAll, Resource: ["execute-api:/*", "execute-api:/stage/GET/pets"] },
        { ...invoke, NotResource: "execute-api:/prod/*" },
      ],
    };
    expect(expandApiResources(document, api)).toEqual({
      Version: VERSION,
      Statement: [
        { ...allowAll, Resource: [`${PREFIX}/*`, `${PREFIX}/stage/GET/pets`] },
        { ...invoke, NotResource: `${PREFIX}/prod/*` },
      ],
    });
    expect(expandApiResources({ Statement: allowAll }, { ...api, partition: "aws-cn" })).toMatchObject({
      Statement: { Resource: "arn:aws-cn:execute-api:eu-west-1:111111111111:abc123/*" },
    });
  });

  it("changes nothing else", () => {
    const document = {
      Statement: [
        {
          ...allowAll,
          Resource: `${PREFIX}/prod/*`,
          Condition: { StringLike: { "aws:UserAgent": "execute-api:/*" } },
        },
        "x",
      ],
    };
    expect(expandApiResources(document, api)).toEqual(document);
    expect(expandApiResources("x", api)).toBe("x");
  });
});

describe("parseApiPolicy", () => {
  it("takes text as well as values", () => {
    const policy = parseApiPolicy(JSON.stringify({ Version: VERSION, Statement: allowAll }), api, {
      name: "api",
    });
    expect(evaluateApiPolicy(policy, callOf("alice"))).toMatchObject({
      outcome: "allow",
      statement: { policy: "api" },
    });
  });

  it("refuses a value that is no policy, with the policy's name", () => {
    expect(faultOf(() => parseApiPolicy("{", api, { name: "api" }))).toMatchObject({
      code: "malformed_json",
      place: { policy: "api" },
    });
    expect(
      faultOf(() => parseApiPolicy({ Version: VERSION, Statement: 1 }, api, { name: "api" })),
    ).toMatchObject({ code: "malformed_document" });
  });
});

describe("evaluateApiPolicy", () => {
  it("denies a call through another endpoint before the authorizer runs", () => {
    const policy = apiPolicy(allowAll, denyElsewhere);
    expect(evaluateApiPolicy(policy, callOf("alice"))).toMatchObject({ outcome: "allow" });
    expect(evaluateApiPolicy(policy, callOf("alice", { "aws:SourceVpce": "vpce-2" }))).toMatchObject({
      outcome: "deny",
      statement: { index: 1 },
    });
    expect(evaluateApiPolicy(policy, callOf("alice", {}))).toMatchObject({ outcome: "deny" });
  });

  it("applies to one API only", () => {
    const other = { methodArn: methodArn("alice").replace("abc123", "xyz789"), context: {} };
    expect(evaluateApiPolicy(apiPolicy(allowAll, denyElsewhere), other)).toMatchObject({ outcome: "silent" });
  });

  it("takes a principal where the caller signs the request", () => {
    const principal = { type: "user", arn: "arn:aws:iam::222222222222:user/Alice" } as const;
    const policy = apiPolicy({ ...allowAll, Principal: { AWS: principal.arn } });
    expect(evaluateApiPolicy(policy, { ...callOf("alice"), principal })).toMatchObject({ outcome: "allow" });
    expect(evaluateApiPolicy(policy, callOf("alice"))).toMatchObject({ outcome: "silent" });
  });

  it("refuses a policy of the wrong kind", () => {
    expect(faultOf(() => evaluateApiPolicy(authorizerFor("alice", "Allow"), callOf("alice")))).toMatchObject({
      code: "wrong_policy_kind",
    });
    expect(faultOf(() => evaluateAuthorizerPolicy(apiPolicy(allowAll), callOf("alice")))).toMatchObject({
      code: "wrong_policy_kind",
    });
  });
});

describe("a private API with an authorizer", () => {
  const resourcePolicy = apiPolicy(allowAll, denyElsewhere);
  const confining = authorizerFor("alice", "Allow", "Deny");

  it.each<[string, string, InvokeRequest["context"] | undefined, string]>([
    ["her own path", "alice", undefined, "allowed"],
    ["another's path", "bob", undefined, "explicit_deny"],
    ["a path below her own", "alice/x", undefined, "explicit_deny"],
    ["her own path in another case", "Alice", undefined, "explicit_deny"],
    ["her own path through another endpoint", "alice", { "aws:SourceVpce": "vpce-2" }, "explicit_deny"],
    ["her own path from the internet", "alice", {}, "explicit_deny"],
  ])("answers a user who asks for %s", (_, user, context, reason) => {
    expect(
      evaluateInvoke({ request: callOf(user, context), resourcePolicy, authorizerPolicy: confining }),
    ).toMatchObject({ reason });
  });

  it("allows another user's path when the authorizer's policy does not deny the other paths", () => {
    const allowing = authorizerFor("alice", "Allow");
    expect(
      evaluateInvoke({ request: callOf("bob"), resourcePolicy, authorizerPolicy: allowing }),
    ).toMatchObject({ allowed: true });
  });

  it("allows a user named * every path when the authorizer puts a claim into the ARN unchecked", () => {
    const hostile = authorizerFor("*", "Allow", "Deny");
    expect(
      evaluateInvoke({ request: callOf("bob"), resourcePolicy, authorizerPolicy: hostile }),
    ).toMatchObject({ allowed: true });
  });

  it("rejects every call without a resource policy", () => {
    expect(
      evaluateInvoke({ request: callOf("alice"), resourcePolicy: undefined, authorizerPolicy: confining }),
    ).toEqual({
      allowed: false,
      reason: "implicit_deny",
      missing: "resource",
      trail: [],
    });
  });

  it("does not evaluate the authorizer's policy after a Deny", () => {
    const { trail } = evaluateInvoke({
      request: callOf("alice", {}),
      resourcePolicy,
      authorizerPolicy: confining,
    });
    expect(trail.map(({ kind }) => kind)).toEqual(["resource"]);
  });

  it("needs an Allow of the resource policy when there is no authorizer", () => {
    const open = evaluateInvoke({ request: callOf("alice"), resourcePolicy, authorizerPolicy: undefined });
    expect(open).toMatchObject({ allowed: true });
    const denying = apiPolicy(denyElsewhere);
    expect(
      evaluateInvoke({ request: callOf("alice"), resourcePolicy: denying, authorizerPolicy: undefined }),
    ).toMatchObject({ reason: "implicit_deny" });
    expect(
      evaluateInvoke({ request: callOf("alice"), resourcePolicy: denying, authorizerPolicy: confining }),
    ).toMatchObject({ allowed: true });
  });
});
