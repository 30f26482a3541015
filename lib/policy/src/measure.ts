/**
 * Measures the evaluator's time per call: `npm run -w lib/policy measure`. Not part of the library.
 *
 * Every case is warmed up, then timed call by call. The exit code is 1 when a median is over the budget. The p99 is shown
 * but not checked, because it depends on what else the machine does.
 */
import {
  evaluateAssumeRole,
  evaluateInvoke,
  evaluateRequest,
  parseApiPolicy,
  parsePolicy,
  type Policy,
  type PolicyKind,
} from "./index";

const WARM_UP = 1_000;
const CALLS = 5_000;
const BUDGET_MS = 1;

const HUB = "222222222222";
const LOB = "111111111111";
const ROLE = `arn:aws:iam::${LOB}:role/studio/access`;
const profile = (user: string): string => `arn:aws:sagemaker:eu-west-1:${LOB}:user-profile/d-abc/${user}`;

function document(statement: object | readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statement });
}

function policy(kind: PolicyKind, statement: object | readonly object[]): Policy {
  return parsePolicy(document(statement), { name: kind, kind });
}

const presign = { Effect: "Allow", Action: "sagemaker:CreatePresignedDomainUrl" };
const viaEndpoints = { StringEquals: { "aws:SourceVpce": ["vpce-api", "vpce-studio"] } };
const accessDocument = document({ ...presign, Resource: profile("*"), Condition: viaEndpoints });

const presigner = {
  type: "role_session",
  roleArn: `arn:aws:iam::${HUB}:role/presign`,
  sessionName: "function",
} as const;
const session = {
  type: "role_session",
  roleArn: ROLE,
  sessionName: "alice",
  tags: { user: "alice" },
  sourceIdentity: "alice",
} as const;

function presignCase(): () => unknown {
  const policies = {
    identityPolicies: [parsePolicy(accessDocument, { name: "access", kind: "identity" })],
    sessionPolicies: [policy("session", { ...presign, Resource: profile("alice") })],
    endpointPolicy: policy("endpoint", {
      ...presign,
      Principal: "*",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceOrgID": "o-1" } },
    }),
  };
  const context = { "aws:SourceVpce": "vpce-api", "aws:ResourceOrgID": "o-1", "aws:SecureTransport": "true" };
  const request = { principal: session, action: presign.Action, resource: profile("alice"), context };
  return () => evaluateRequest({ ...policies, request });
}

function assumeCase(accounts: number): () => unknown {
  const actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
  const others = Array.from(
    { length: accounts - 1 },
    (_, index) => `arn:aws:iam::${String(300000000000 + index)}:role/studio/access`,
  );
  const trustPolicy = policy("trust", {
    Effect: "Allow",
    Principal: { AWS: HUB },
    Action: actions,
    Condition: {
      ArnEquals: { "aws:PrincipalArn": presigner.roleArn },
      StringEquals: { "aws:RequestTag/user": "${sts:RoleSessionName}" },
    },
  });
  const identityPolicies = [
    policy("identity", { Effect: "Allow", Action: actions, Resource: [...others, ROLE] }),
  ];
  const call = {
    caller: presigner,
    roleArn: ROLE,
    roleSessionName: "alice",
    sourceIdentity: "alice",
    tags: { user: "alice" },
  };
  return () => evaluateAssumeRole({ ...call, trustPolicy, identityPolicies });
}

function invokeCase(path: string): () => unknown {
  const api = { region: "eu-west-1", accountId: HUB, apiId: "abc123" };
  const invoke = { Action: "execute-api:Invoke", Principal: "*", Resource: "execute-api:/*" };
  const elsewhere = { StringNotEquals: { "aws:SourceVpce": "vpce-1" } };
  const statements = [
    { ...invoke, Effect: "Allow" },
    { ...invoke, Effect: "Deny", Condition: elsewhere },
  ];
  const resourcePolicy = parseApiPolicy(document(statements), api, { name: "api" });
  const own = `arn:aws:execute-api:*:*:abc123/prod/GET/alice`;
  const authorizerPolicy = policy("authorizer", [
    { Effect: "Allow", Action: invoke.Action, Resource: own },
    { Effect: "Deny", Action: invoke.Action, NotResource: own },
  ]);
  const methodArn = `arn:aws:execute-api:eu-west-1:${HUB}:abc123/prod/GET/${path}`;
  const request = { methodArn, context: { "aws:SourceVpce": "vpce-1" } };
  return () => evaluateInvoke({ request, resourcePolicy, authorizerPolicy });
}

interface Timing {
  readonly median: number;
  readonly p99: number;
}

/** @returns milliseconds per call */
function time(work: () => unknown): Timing {
  for (let call = 0; call < WARM_UP; call++) work();
  const durations = Array.from({ length: CALLS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { median: durations[CALLS / 2] ?? 0, p99: durations[Math.floor(CALLS * 0.99)] ?? 0 };
}

function report(name: string, { median, p99 }: Timing): boolean {
  const columns = [name.padEnd(52), `median ${median.toFixed(4)} ms`, `p99 ${p99.toFixed(4)} ms`];
  process.stdout.write(`${columns.join("  ")}\n`);
  return median < BUDGET_MS;
}

const firstStart = performance.now();
parsePolicy(accessDocument, { name: "access", kind: "identity" });
process.stdout.write(
  `first policy, with SageMaker's facts read  ${(performance.now() - firstStart).toFixed(1)} ms\n`,
);

const cases: readonly (readonly [string, () => unknown])[] = [
  [
    "parse and compile the access role's policy",
    () => parsePolicy(accessDocument, { name: "access", kind: "identity" }),
  ],
  ["presign: identity, session and endpoint policy", presignCase()],
  ["assume the access role: 3 actions, 1 account", assumeCase(1)],
  ["assume the access role: 3 actions, 170 accounts", assumeCase(170)],
  ["invoke the API: resource and authorizer policy", invokeCase("alice")],
  ["invoke the API with a path of 700 colons", invokeCase("a:".repeat(700))],
];
const within = cases.map(([name, work]) => report(name, time(work)));
process.exitCode = within.every(Boolean) ? 0 : 1;
