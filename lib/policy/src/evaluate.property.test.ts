import fc from "fast-check";
import { evaluateAssumeRole } from "./assume-role";
import { parsePolicy, type Policy } from "./document";
import { evaluateRequest, type AuthorizationInput } from "./evaluate";
import type { PolicyKind } from "./kinds";
import type { Principal } from "./principal";
import {
  ACCESS_SESSION_ARN,
  accessSession,
  ACCOUNT,
  alice,
  OTHER_ACCOUNT,
  profileArn,
} from "./testing/fixtures";

// Few principals, actions and resources, so that random statements often apply to random requests.
const actions = ["sagemaker:CreatePresignedDomainUrl", "sagemaker:DescribeUserProfile"] as const;
const actionPattern = fc.constantFrom(...actions, "sagemaker:*", "sagemaker:*User*", "*", "*", "sts:*");
const resourcePattern = fc.constantFrom(
  "*",
  "*",
  "*",
  profileArn("alice"),
  profileArn("bob"),
  profileArn("*"),
  profileArn("${aws:PrincipalTag/user}"),
  profileArn("*", OTHER_ACCOUNT),
);
const named = fc.constantFrom<unknown>(
  "*",
  "*",
  { AWS: ACCOUNT },
  { AWS: OTHER_ACCOUNT },
  { AWS: accessSession.roleArn },
  { AWS: ACCESS_SESSION_ARN },
  { AWS: alice.arn },
);
const condition = fc.constantFrom(
  {},
  {},
  {},
  { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
  { StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } },
  { Null: { "aws:SourceVpce": "true" } },
);

type Statement = Readonly<Record<string, unknown>>;

function statementOf(kind: PolicyKind): fc.Arbitrary<Statement> {
  const effect = fc.constantFrom(...Array<string>(9).fill("Allow"), "Deny");
  const act = fc.tuple(fc.constantFrom(...Array<string>(5).fill("Action"), "NotAction"), actionPattern);
  const on = fc.tuple(
    fc.constantFrom(...Array<string>(5).fill("Resource"), "NotResource"),
    fc.array(resourcePattern, { minLength: 1, maxLength: 2 }),
  );
  const takesPrincipal = ["resource", "endpoint", "rcp"].includes(kind);
  return fc
    .tuple(effect, act, on, named, condition)
    .map(([Effect, [action, actionText], [resource, resources], Principal, Condition]) => ({
      Effect,
      [action]: actionText,
      [resource]: resources,
      Condition,
      ...(takesPrincipal ? { Principal } : {}),
    }));
}

interface Draft {
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

function draftOf(kind: PolicyKind): fc.Arbitrary<Draft> {
  return fc
    .array(statementOf(kind), { minLength: 1, maxLength: 3 })
    .map((statements) => ({ kind, statements }));
}

function build({ kind, statements }: Draft, ...more: Statement[]): Policy {
  return parsePolicy({ Version: "2012-10-17", Statement: [...statements, ...more] }, { name: kind, kind });
}

interface World {
  readonly identity: Draft;
  readonly resource: Draft | undefined;
  readonly boundary: Draft | undefined;
  readonly session: Draft | undefined;
  readonly endpoint: Draft | undefined;
  readonly scp: Draft | undefined;
  readonly rcp: Draft | undefined;
}

function maybe(kind: PolicyKind): fc.Arbitrary<Draft | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: draftOf(kind) });
}

const world: fc.Arbitrary<World> = fc.record({
  identity: draftOf("identity"),
  resource: maybe("resource"),
  boundary: maybe("boundary"),
  session: maybe("session"),
  endpoint: maybe("endpoint"),
  scp: maybe("scp"),
  rcp: maybe("rcp"),
});

const request = fc
  .record({
    principal: fc.constantFrom<Principal>(accessSession, { ...accessSession, tags: {} }, alice),
    action: fc.constantFrom(...actions),
    user: fc.constantFrom("alice", "bob"),
    account: fc.constantFrom(ACCOUNT, ACCOUNT, OTHER_ACCOUNT),
    context: fc.constantFrom<Record<string, string>>(
      {},
      { "aws:SourceVpce": "vpce-1" },
      { "aws:SourceVpce": "vpce-2" },
    ),
  })
  .map(({ user, account, ...rest }) => ({ ...rest, resource: profileArn(user, account) }));

type Request = AuthorizationInput["request"];

function inputOf(
  drafts: World,
  asked: Request,
  extra: Partial<Record<keyof World, Statement>> = {},
): AuthorizationInput {
  const built = (kind: keyof World): Policy | undefined => {
    const draft = drafts[kind];
    const more = extra[kind] === undefined ? [] : [extra[kind]];
    return draft === undefined ? undefined : build(draft, ...more);
  };
  const list = (kind: keyof World): Policy[] => [built(kind)].filter((policy) => policy !== undefined);
  return {
    request: asked,
    identityPolicies: list("identity"),
    resourcePolicy: built("resource"),
    permissionBoundary: built("boundary"),
    // A user has no session policy.
    sessionPolicies: asked.principal.type === "user" ? [] : list("session"),
    endpointPolicy: built("endpoint"),
    scps: drafts.scp === undefined ? undefined : [list("scp")],
    rcps: drafts.rcp === undefined ? undefined : [list("rcp")],
  };
}

const RUNS = { numRuns: 300 };
const KINDS: readonly (keyof World)[] = [
  "identity",
  "resource",
  "boundary",
  "session",
  "endpoint",
  "scp",
  "rcp",
];

function applies(drafts: World, asked: Request, kind: keyof World): boolean {
  return drafts[kind] !== undefined && !(kind === "session" && asked.principal.type === "user");
}

describe("for any policies and any request", () => {
  it("the random cases hold enough allowed and denied requests", () => {
    const reasons = fc
      .sample(fc.tuple(world, request), { numRuns: 300, seed: 1 })
      .map(([drafts, asked]) => evaluateRequest(inputOf(drafts, asked)).reason);
    for (const reason of ["allowed", "implicit_deny", "explicit_deny"]) {
      expect(reasons.filter((found) => found === reason).length).toBeGreaterThan(30);
    }
  });

  it("an explicit Deny wins, whichever policy it is in", () => {
    const principalOf = (kind: keyof World): Statement =>
      ["resource", "endpoint", "rcp"].includes(kind) ? { Principal: "*" } : {};
    fc.assert(
      fc.property(world, request, fc.constantFrom(...KINDS), (drafts, asked, kind) => {
        fc.pre(applies(drafts, asked, kind));
        const deny = { Effect: "Deny", Action: asked.action, Resource: asked.resource, ...principalOf(kind) };
        expect(evaluateRequest(inputOf(drafts, asked, { [kind]: deny })).reason).toBe("explicit_deny");
      }),
      RUNS,
    );
  });

  it("adding a Deny never allows a denied request", () => {
    fc.assert(
      fc.property(
        world,
        request,
        fc.constantFrom(...KINDS).chain((kind) => fc.tuple(fc.constant(kind), statementOf(kind))),
        (drafts, asked, [kind, statement]) => {
          const before = evaluateRequest(inputOf(drafts, asked));
          const after = evaluateRequest(inputOf(drafts, asked, { [kind]: { ...statement, Effect: "Deny" } }));
          expect(after.allowed && !before.allowed).toBe(false);
        },
      ),
      RUNS,
    );
  });

  it.each<keyof World>(["session", "boundary", "endpoint", "scp", "rcp"])(
    "a %s policy only ever narrows",
    (kind) => {
      fc.assert(
        fc.property(world, draftOf(kind), request, (drafts, added, asked) => {
          const without = evaluateRequest(inputOf({ ...drafts, [kind]: undefined }, asked));
          const withIt = evaluateRequest(inputOf({ ...drafts, [kind]: added }, asked));
          expect(withIt.allowed && !without.allowed).toBe(false);
        }),
        RUNS,
      );
    },
  );

  it("across accounts, neither account's policies alone allow a request", () => {
    fc.assert(
      fc.property(world, request, (drafts, asked) => {
        fc.pre(asked.resource.includes(OTHER_ACCOUNT));
        expect(evaluateRequest({ ...inputOf(drafts, asked), resourcePolicy: undefined }).allowed).toBe(false);
        expect(evaluateRequest({ ...inputOf(drafts, asked), identityPolicies: [] }).allowed).toBe(false);
      }),
      RUNS,
    );
  });

  it("the order of statements does not matter", () => {
    const reversed = (draft: Draft | undefined): Draft | undefined =>
      draft && { ...draft, statements: [...draft.statements].reverse() };
    fc.assert(
      fc.property(world, request, (drafts, asked) => {
        const turned = {
          ...drafts,
          identity: reversed(drafts.identity) ?? drafts.identity,
          resource: reversed(drafts.resource),
        };
        expect(evaluateRequest(inputOf(turned, asked)).reason).toBe(
          evaluateRequest(inputOf(drafts, asked)).reason,
        );
      }),
      RUNS,
    );
  });
});

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
        Statement: { Effect: "Allow", Action: actions[0], Resource: profileArn("${aws:PrincipalTag/user}") },
      },
      { name: "own", kind: "identity" },
    );
    fc.assert(
      fc.property(text, text, (tag, name) => {
        const asked = {
          principal: { ...accessSession, tags: { user: tag } },
          action: actions[0],
          resource: profileArn(name),
        };
        expect(evaluateRequest({ request: asked, identityPolicies: [own] }).allowed).toBe(tag === name);
      }),
      RUNS,
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
      RUNS,
    );
  });
});
