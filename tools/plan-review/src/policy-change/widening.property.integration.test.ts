import type { Principal } from "@studio-access/policy";
import { naiveAnswer, type NaivePolicy, type NaiveRequest } from "@studio-access/policy/testing";
import fc from "fast-check";
import { widening, type ComparedKind, type Widening } from "./widening";

/**
 * Random small policies, and an independent oracle: a fixed list of requests, which does not depend on the policies, judged
 * under both versions by the evaluator that was written from AWS's documentation alone. `widening` must find everything that
 * the oracle finds.
 */

const ACCOUNT = "111111111111";
const OTHERS = "222222222222";
const ROLE_ID = "AROAEXAMPLE";

const actions = [
  "execute-api:Invoke",
  "execute-api:InvalidateCache",
  "sts:AssumeRole",
  "sts:GetCallerIdentity",
];
const actionText = fc.constantFrom(
  "*",
  "execute-api:*",
  "execute-api:Inv*",
  "sts:*",
  "sts:Assume*",
  ...actions.slice(0, 3),
);

function api(rest: string, account = ACCOUNT): string {
  return `arn:aws:execute-api:eu-west-1:${account}:${rest}`;
}

const resourceText = fc.constantFrom(
  "*",
  api("*"),
  api("one/*"),
  api("one/prod/GET/*"),
  api("one/*/GET/a"),
  api("o?e/*"),
  api("one/prod/GET/${aws:PrincipalTag/user}"),
  api("*", "*"),
  api("two/prod/GET/b", OTHERS),
);

const someone = fc.constantFrom<unknown>(
  "*",
  { AWS: ACCOUNT },
  { AWS: OTHERS },
  { AWS: `arn:aws:iam::${ACCOUNT}:role/a` },
  { AWS: `arn:aws:iam::${OTHERS}:root` },
  { AWS: `arn:aws:iam::${ACCOUNT}:user/alice` },
  { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/a/alice` },
  { AWS: ROLE_ID },
  { AWS: [`arn:aws:iam::${ACCOUNT}:role/a`, `arn:aws:iam::${OTHERS}:role/b`] },
  { Service: "lambda.amazonaws.com" },
);

/** All that the policy of a gateway endpoint can name: everyone, and root users. */
const someoneAtGateway = fc.constantFrom<unknown>(
  "*",
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${OTHERS}:root` },
  { AWS: [ACCOUNT, OTHERS] },
);

const condition = fc.constantFrom<object>(
  {},
  {},
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } },
  { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } },
  { StringLike: { "aws:SourceVpce": "vpce-*" }, Null: { "aws:SourceVpc": "true" } },
  { Null: { "aws:SourceVpce": "false" } },
  { IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" } },
  { IpAddress: { "aws:VpcSourceIp": ["10.0.0.0/16", "10.1.0.0/16"] } },
  { NotIpAddress: { "aws:VpcSourceIp": "10.0.0.0/16" } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/*` } },
  { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/a` } },
  { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  { StringEquals: { "aws:PrincipalTag/user": "alice" } },
  { StringEquals: { "aws:ResourceAccount": ACCOUNT } },
  { StringNotEquals: { "aws:ResourceAccount": [ACCOUNT, OTHERS] } },
  { StringEquals: { "aws:PrincipalType": "Account" } },
  { StringNotEquals: { "aws:PrincipalType": ["AssumedRole", "Account"] } },
  { StringLike: { "aws:userid": "AROA*:alice" } },
  { StringEquals: { "aws:userid": [`${ROLE_ID}:alice`, OTHERS] } },
  { StringLike: { "aws:username": "al*" } },
  { StringEquals: { "aws:PrincipalTag/user": "${aws:username}" } },
  { StringEquals: { "aws:RequestTag/owner": "${aws:username}" } },
  { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] }, Null: { "aws:TagKeys": "false" } },
  { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } },
  { "ForAnyValue:StringLike": { "aws:TagKeys": ["b", "c*"] } },
);

type Statement = Readonly<Record<string, unknown>>;

/** With `plain`, an Allow without Not… and without conditions. */
function statementOf(kind: ComparedKind, plain: boolean): fc.Arbitrary<Statement> {
  const often = (name: string): fc.Arbitrary<string> =>
    plain ? fc.constant(name) : fc.constantFrom(name, name, name, name, `Not${name}`);
  const list = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 1, maxLength: 2 });
  return fc
    .record({
      effect: plain ? fc.constant("Allow") : fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
      action: fc.tuple(often("Action"), list(actionText)),
      resource: fc.tuple(often("Resource"), list(resourceText)),
      someone: kind === "gateway_endpoint" ? someoneAtGateway : someone,
      condition: plain ? fc.constant({}) : condition,
    })
    .map(({ effect, action, resource, someone: principal, condition: conditions }) => ({
      Effect: effect,
      [action[0]]: action[1],
      ...(kind === "trust" ? {} : { [resource[0]]: resource[1] }),
      ...(kind === "identity" || kind === "boundary" ? {} : { Principal: principal }),
      Condition: conditions,
    }));
}

const kinds: readonly ComparedKind[] = [
  "identity",
  "resource",
  "trust",
  "endpoint",
  "gateway_endpoint",
  "boundary",
];

interface Case {
  readonly kind: ComparedKind;
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

function casesOf(of: readonly ComparedKind[], plain: boolean): fc.Arbitrary<Case> {
  return fc.constantFrom(...of).chain((kind) => {
    const statements = fc.array(statementOf(kind, plain), { minLength: 1, maxLength: 3 });
    return fc.record({ kind: fc.constant(kind), before: statements, after: statements });
  });
}

const cases = casesOf(kinds, false);

/** The same cases in every run: two runs of the same code end alike. Another seed looks further. */
function runs(numRuns: number): { numRuns: number; seed: number } {
  return { numRuns, seed: 11 };
}

function documents(statements: readonly Statement[]): { name: string; document: unknown }[] {
  return [{ name: "p", document: { Version: "2012-10-17", Statement: statements } }];
}

function compare({ kind, before, after }: Case): Widening {
  return widening(documents(before), documents(after), kind, { account: ACCOUNT });
}

function role(name: string, account = ACCOUNT, more: object = {}): Principal {
  return {
    type: "role_session",
    roleArn: `arn:aws:iam::${account}:role/${name}`,
    sessionName: "session",
    ...more,
  };
}

function user(name: string, account: string, more: object = {}): Principal {
  return { type: "user", arn: `arn:aws:iam::${account}:user/${name}`, ...more };
}

const holders: readonly Principal[] = [
  user("alice", ACCOUNT, { tags: { user: "alice" } }),
  role("d", ACCOUNT, { roleId: ROLE_ID, sessionName: "alice" }),
  role("a", ACCOUNT, { tags: { user: "alice" }, organization: { id: "o-1" } }),
  role("c", ACCOUNT, { tags: { user: "bob" } }),
];
const callers: readonly Principal[] = [
  ...holders,
  role("b", OTHERS, { organization: { id: "o-1" } }),
  role("x", "333333333333"),
  role("x", "333333333333", { roleId: ROLE_ID, sessionName: "alice" }),
  role("a", ACCOUNT, { sessionName: "alice" }),
  user("al", OTHERS, { tags: { user: "al" } }),
  user("bob", OTHERS),
  { type: "root", accountId: ACCOUNT },
  { type: "root", accountId: OTHERS },
  { type: "service", name: "lambda.amazonaws.com" },
  { type: "anonymous" },
];
const tags = [
  {},
  { "aws:TagKeys": ["a", "b", "cc"] },
  { "aws:TagKeys": ["a"], "aws:RequestTag/owner": "alice" },
];
const contexts = tags.flatMap((tagged) =>
  ["vpce-1", "vpce-2", undefined].flatMap((vpce) =>
    ["10.0.0.5", "10.1.0.5", "192.168.0.1"].map((ip) => ({
      ...tagged,
      "aws:VpcSourceIp": ip,
      ...(vpce === undefined ? {} : { "aws:SourceVpce": vpce }),
    })),
  ),
);
const resources = [
  api("one/prod/GET/a"),
  api("one/prod/GET/alice"),
  api("one/prod/POST/x"),
  api("two/prod/GET/b"),
  api("two/prod/GET/b", OTHERS),
  api("one/prod/GET/a", "333333333333"),
  `arn:aws:iam::${ACCOUNT}:role/x`,
];

const RANK = { unknown: -1, explicit_deny: 0, implicit_deny: 1, allowed: 2 } as const;

function requestsFor(
  kind: ComparedKind,
): Pick<NaiveRequest, "action" | "resource" | "principal" | "context">[] {
  const isTrust = kind === "trust";
  const asked = actions.filter((action) => !isTrust || action.startsWith("sts:"));
  const of = kind === "identity" || kind === "boundary" ? holders : callers;
  return asked.flatMap((action) => {
    const on = action === "sts:GetCallerIdentity" ? ["*"] : isTrust ? resources.slice(-1) : resources;
    return on.flatMap((resource) =>
      of.flatMap((principal) => contexts.map((context) => ({ action, resource, principal, context }))),
    );
  });
}

const ANYTHING: NaivePolicy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function openTo(Principal: unknown): NonNullable<NaiveRequest["resourcePolicy"]> {
  return {
    type: "other",
    policy: { Statement: [{ Effect: "Allow", Principal, Action: "*", Resource: "*" }] },
  };
}

/** All other policies allow the request, so that the policy of this kind alone decides. */
function among(
  kind: ComparedKind,
  policy: NaivePolicy,
): Omit<NaiveRequest, keyof ReturnType<typeof requestsFor>[number]> {
  // Who is named by its account needs an identity policy as well.
  const resourcePolicy = openTo({ AWS: ACCOUNT });
  const identity = [ANYTHING];
  switch (kind) {
    case "identity":
      return { identity: [policy], session: [], resourcePolicy };
    case "boundary":
      return { identity, session: [], boundary: policy, resourcePolicy };
    case "endpoint":
      return { identity, session: [], endpoint: { type: "interface", policy }, resourcePolicy: openTo("*") };
    case "gateway_endpoint":
      return { identity, session: [], endpoint: { type: "gateway", policy }, resourcePolicy: openTo("*") };
    // A role's trust policy must itself allow what is asked, whatever the others say.
    case "resource":
    case "trust":
      return { identity, session: [], resourcePolicy: { type: "trust", policy } };
  }
}

/** Of the requests, each one in so many is judged, a different part of them for each case. */
const STRIDE = 11;

function oracle({ kind, before, after }: Case, start: number): boolean {
  const [old, now] = [before, after].map((Statement) => among(kind, { Version: "2012-10-17", Statement }));
  if (old === undefined || now === undefined) return false;
  const mayLift = kind === "identity" || kind === "resource";
  return requestsFor(kind).some((request, index) => {
    if (index % STRIDE !== start % STRIDE) return false;
    const is = naiveAnswer({ ...request, ...now });
    if (is !== "allowed" && !(mayLift && is === "implicit_deny")) return false;
    const was = naiveAnswer({ ...request, ...old });
    return was !== "unknown" && RANK[is] > RANK[was];
  });
}

function shuffled(statements: readonly Statement[]): readonly Statement[] {
  return [...statements].reverse().map((statement) =>
    Object.fromEntries(
      Object.entries(statement)
        .reverse()
        .map(([name, value]) => {
          if (!Array.isArray(value)) return [name, value];
          return [name, value.length === 1 ? (value[0] as unknown) : [...(value as unknown[])].reverse()];
        }),
    ),
  );
}

/** An Allow of everything, with an action that no statement above has. */
function extra(kind: ComparedKind): Statement {
  return {
    Effect: "Allow",
    Action: kind === "trust" ? "sts:AssumeRoleWithWebIdentity" : "kms:Decrypt",
    ...(kind === "trust" ? {} : { Resource: "*" }),
    ...(kind === "identity" || kind === "boundary" ? {} : { Principal: "*" }),
  };
}

function onlyAllows({ before }: Case): boolean {
  return before.every(({ Effect }) => Effect === "Allow");
}

/**
 * Whether a statement of a policy can match: services and root users, whom alone a gateway endpoint's policy can name, have
 * no tags, and a variable without a value disables its whole statement.
 */
function canApply(kind: ComparedKind): (statement: Statement) => boolean {
  return ({ Principal, Resource, NotResource }) => {
    const isTagless =
      kind === "gateway_endpoint" ? Principal !== "*" : JSON.stringify(Principal ?? "").includes("Service");
    return !isTagless || !JSON.stringify([Resource, NotResource]).includes("${");
  };
}

describe("widening, of random policies", () => {
  it("finds what a fixed list of requests finds", () => {
    let found = 0;
    fc.assert(
      fc.property(cases, fc.nat(), (one, start) => {
        if (!oracle(one, start)) return;
        found++;
        expect(compare(one).outcome).not.toBe("not-wider");
      }),
      runs(300),
    );
    expect(found).toBeGreaterThan(90);
  });

  it("finds no difference between two spellings of one policy", () => {
    fc.assert(
      fc.property(cases, (one) => {
        expect(compare({ ...one, after: shuffled(one.before) }).outcome).toBe("not-wider");
      }),
      runs(40),
    );
  });

  it("is never wider with one more Deny, nor with one Allow less, and is seldom left undecided", () => {
    const outcomes: string[] = [];
    fc.assert(
      fc.property(cases, fc.nat(), (one, pick) => {
        const denies = one.after.map((statement) => ({ ...statement, Effect: "Deny" }));
        outcomes.push(compare({ ...one, after: [...one.before, ...denies] }).outcome);
        const less = one.before.filter((_, index) => index !== pick % one.before.length);
        fc.pre(less.length > 0 && onlyAllows(one));
        outcomes.push(compare({ ...one, after: less }).outcome);
        expect(outcomes).not.toContain("wider");
      }),
      runs(40),
    );
    expect(outcomes.filter((outcome) => outcome === "undecided").length).toBeLessThan(outcomes.length / 10);
  });

  it("is not wider with one more condition, and is wider without it", () => {
    const Condition = { StringEquals: { "sts:ExternalId": "x" } };
    const untrusting = casesOf(
      kinds.filter((kind) => kind !== "trust"),
      true,
    );
    fc.assert(
      fc.property(untrusting, (one) => {
        fc.pre(one.before.some(canApply(one.kind)));
        const tied = one.before.map((statement) => ({ ...statement, Condition }));
        expect(compare({ ...one, after: tied }).outcome).toBe("not-wider");
        expect(compare({ ...one, before: tied, after: one.before }).outcome).toBe("wider");
      }),
      runs(60),
    );
  });

  it("finds an Allow of something new", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const isNew = !/"\*"|Not(Action|Principal)|Deny|sts:\*/.exec(JSON.stringify(one.before));
        fc.pre(isNew);
        expect(compare({ ...one, after: [...one.before, extra(one.kind)] }).outcome).toBe("wider");
      }),
      runs(40),
    );
  });
});
