import fc from "fast-check";
import { evaluateAssumeRole } from "./assume-role";
import { couldAllow } from "./could-allow";
import { parsePolicy, type Policy } from "./document";
import { PolicyError } from "./errors";
import { evaluateRequest, type AuthorizationInput } from "./evaluate";
import type { PolicyKind } from "./kinds";
import { OPERATORS } from "./operators";
import { accessSession, ACCOUNT, PRESIGN, profileArn } from "./testing/fixtures";
import {
  naiveAnswer,
  type NaiveAnswer,
  type NaivePolicy,
  type NaiveRequest,
} from "./testing/naive-evaluator";
import { randomRequests } from "./testing/random-requests";

const compiled = new Map<PolicyKind, WeakMap<NaivePolicy, Policy>>();

function compile(kind: PolicyKind, json: NaivePolicy): Policy {
  const known = compiled.get(kind) ?? new WeakMap<NaivePolicy, Policy>();
  compiled.set(kind, known);
  const policy = known.get(json) ?? parsePolicy(json, { name: kind, kind });
  known.set(json, policy);
  return policy;
}

function all(kind: PolicyKind, policies: readonly NaivePolicy[]): Policy[] {
  return policies.map((policy) => compile(kind, policy));
}

function inputOf(drawn: NaiveRequest): AuthorizationInput {
  const { principal, action, resource, context, boundary, endpoint, resourcePolicy, scps, rcps } = drawn;
  return {
    request: { principal, action, resource, context },
    identityPolicies: all("identity", drawn.identity),
    sessionPolicies: all("session", drawn.session),
    permissionBoundary: boundary && compile("boundary", boundary),
    endpointPolicy:
      endpoint && compile(endpoint.type === "gateway" ? "gateway_endpoint" : "endpoint", endpoint.policy),
    resourcePolicy:
      resourcePolicy &&
      compile(resourcePolicy.type === "trust" ? "trust" : "resource", resourcePolicy.policy),
    scps: scps?.map((level) => all("scp", level)),
    rcps: rcps?.map((level) => all("rcp", level)),
  };
}

interface Answer {
  readonly answer: NaiveAnswer;
  /** For an implicit deny, the kind of policy whose Allow is missing; else the kind that decided. */
  readonly kind: string;
}

function answerOf(drawn: NaiveRequest): Answer {
  try {
    const { reason, missing, decidedBy } = evaluateRequest(inputOf(drawn));
    return { answer: reason, kind: missing ?? decidedBy?.kind ?? "no policy" };
  } catch (error) {
    if (error instanceof PolicyError && error.code === "ambiguous_principal")
      return { answer: "unknown", kind: error.code };
    throw error;
  }
}

const COUNT = 20_000;
const SEED = Number(process.env["POLICY_SEED"] ?? 20_261_128);

/** How often the random requests must reach a rule at least, so that agreeing on them says something. */
function floors(): [rule: string, floor: number][] {
  const each = (rules: readonly string[], floor: number): [string, number][] =>
    rules.map((rule) => [rule, floor]);
  const results = (names: readonly string[]): string[] =>
    names.flatMap((name) => [`${name}: true`, `${name}: false`]);
  const own = ["identity", "boundary", "session", "scp"];
  const others = ["rcp", "endpoint", "gateway_endpoint", "resource", "trust"];
  const principals = ["role_session", "user", "federated_user", "root", "service", "federated", "anonymous"];
  const sets = ["ForAllValues", "ForAnyValue"];
  return [
    ...each(results([...OPERATORS.keys()]), 20),
    ...each(results(["Null", "NotAction", "NotResource", "IfExists, present"]), 100),
    ...each(results(sets.flatMap((set) => [`${set} of a value`, `${set} of several values`])), 15),
    ...each(
      sets.flatMap((set) => [set, `${set}Not`, `${set}IfExists`]).map((set) => `absent key: ${set}`),
      10,
    ),
    ...each(["absent key: ", "absent key: Not", "absent key: IfExists", "absent key: NotIfExists"], 100),
    ...each(
      sets.map((set) => `empty set: ${set}`),
      5,
    ),
    ...each(["variable with a value", "variable without a value", "variable with a default value"], 500),
    ...each(["across accounts", "within one account"], 1000),
    ...each(
      [...own, ...others].flatMap((kind) => [`explicit_deny ${kind}`, `implicit_deny ${kind}`]),
      40,
    ),
    ...each(["allowed identity", "allowed resource", "allowed trust", "allowed no policy"], 200),
    ...each(
      principals.flatMap((type) => [`${type}: allowed`, `${type}: explicit_deny`, `${type}: implicit_deny`]),
      30,
    ),
    ...each(
      ["direct", "role", "account"].map((naming) => `resource: Allow, ${naming}`),
      100,
    ),
    ...each(["unknown ambiguous_principal"], 100),
  ];
}

describe(`for ${COUNT} random requests`, () => {
  const reached = new Map<string, number>();
  const note = (rule: string): void => void reached.set(rule, (reached.get(rule) ?? 0) + 1);

  it("an evaluator that is written from AWS's documentation alone gives the same answers", () => {
    let index = 0;
    for (const drawn of randomRequests(SEED, COUNT)) {
      const { answer, kind } = answerOf(drawn);
      note(`${answer} ${kind}`);
      note(`${drawn.principal.type}: ${answer}`);
      const naive = naiveAnswer(drawn, note);
      if (naive !== answer) {
        const place = `POLICY_SEED=${SEED}, request ${index}`;
        throw new Error(`${place}: ${answer} (${kind}), but ${naive}: ${JSON.stringify(drawn, null, 1)}`);
      }
      index++;
    }
    expect(index).toBe(COUNT);
  });

  it("they reach every rule often", () => {
    const rare = floors().filter(([rule, floor]) => (reached.get(rule) ?? 0) < floor);
    expect(rare.map(([rule, floor]) => `${rule}: ${reached.get(rule) ?? 0} of ${floor}`)).toEqual([]);
  });
});

describe("couldAllow", () => {
  // Without the resource's own policy and the limits of others, so that the caller's own policies decide.
  const own = [...randomRequests(SEED + 1, 4000)]
    .filter(({ identity, principal }) => identity.length > 0 && principal.type !== "federated_user")
    .map((drawn) => ({
      ...inputOf(drawn),
      resourcePolicy: undefined,
      endpointPolicy: undefined,
      scps: [],
      rcps: [],
    }));

  it("denies no action that a request is allowed", () => {
    const allowed = own.filter((input) => decide(input));
    expect(allowed.length).toBeGreaterThan(200);
    expect(allowed.filter((input) => !couldAllow(input, input.request.action).allowed)).toEqual([]);
  });

  it("says what evaluateRequest says when every Allow is of any resource, and every Deny that is limited is left out", () => {
    const widened = [...randomRequests(SEED + 2, 4000)]
      .filter(({ identity, principal }) => identity.length > 0 && principal.type !== "federated_user")
      .map((drawn) => {
        const { request, ...policies } = inputOf(widen(drawn));
        return { request, ...policies };
      });
    const answers = widened.map((input) => couldAllow(input, input.request.action).reason);
    for (const reason of ["allowed", "implicit_deny", "explicit_deny"])
      expect(answers.filter((found) => found === reason).length).toBeGreaterThan(50);
    expect(answers).toEqual(widened.map((input) => evaluateRequest(input).reason));
  });
});

function decide(input: AuthorizationInput): boolean {
  const { resource } = input.request;
  return !/^arn:aws:kms|:role\//.test(resource) && sameAccount(input) && evaluateRequest(input).allowed;
}

function sameAccount({ request: { resource, context } }: AuthorizationInput): boolean {
  return (
    [ACCOUNT, ""].includes(resource.split(":")[4] ?? "") &&
    (context?.["aws:ResourceAccount"] ?? ACCOUNT) === ACCOUNT
  );
}

/** The same statements without what couldAllow does not look at, for a request that only the caller's own policies decide. */
function widen(drawn: NaiveRequest): NaiveRequest {
  const wide = ({ Statement }: NaivePolicy): NaivePolicy => ({
    Statement: Statement.filter((statement) => statement["Effect"] === "Allow" || isUnlimited(statement)).map(
      ({ Effect, Action, NotAction }) => ({
        Effect,
        ...(Action === undefined ? { NotAction } : { Action }),
        Resource: "*",
      }),
    ),
  });
  const filled = (policies: readonly NaivePolicy[]): NaivePolicy[] =>
    policies.map(wide).filter(({ Statement }) => Statement.length > 0);
  const { principal, boundary } = drawn;
  const [limit] = boundary ? filled([boundary]) : [];
  const request = { action: PRESIGN, resource: profileArn("alice"), context: {} };
  const policies = { identity: filled(drawn.identity), session: filled(drawn.session) };
  return { principal, ...request, ...policies, ...(limit ? { boundary: limit } : {}) };
}

function isUnlimited({ Condition, Resource }: NaivePolicy["Statement"][number]): boolean {
  return Condition === undefined && [Resource].flat().includes("*");
}

describe("for any session name and tag", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "*", "?", "$", "{", "}"),
    minLength: 0,
    maxLength: 5,
  });

  it("a policy with the tag in its resource allows only the profile of that name", () => {
    const own = parsePolicy(
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: PRESIGN, Resource: profileArn("${aws:PrincipalTag/user}") },
      },
      { name: "own", kind: "identity" },
    );
    fc.assert(
      fc.property(text, text, (tag, name) => {
        const asked = {
          principal: { ...accessSession, tags: { user: tag } },
          action: PRESIGN,
          resource: profileArn(name),
        };
        expect(evaluateRequest({ request: asked, identityPolicies: [own] }).allowed).toBe(tag === name);
      }),
      { numRuns: 300 },
    );
  });

  it("a trust policy that compares a tag with the session name allows only that tag", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: ACCOUNT },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringLike: { "aws:RequestTag/user": "${sts:RoleSessionName}" } },
    };
    const trustPolicy = parsePolicy(
      { Version: "2012-10-17", Statement: statement },
      { name: "trust", kind: "trust" },
    );
    const identityPolicies = [
      parsePolicy(
        { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sts:*", Resource: "*" } },
        { name: "own", kind: "identity" },
      ),
    ];
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(name, fc.oneof(name, text), (roleSessionName, tag) => {
        const call = {
          caller: accessSession,
          roleArn: `arn:aws:iam::${ACCOUNT}:role/x`,
          roleSessionName,
          tags: { user: tag },
          trustPolicy,
          identityPolicies,
        };
        expect(evaluateAssumeRole(call).allowed).toBe(tag === roleSessionName);
      }),
      { numRuns: 300 },
    );
  });
});
