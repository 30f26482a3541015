import { evaluateRequest } from "./evaluate";
import { parsePolicy } from "./document";
import type { Principal, RoleSession, User } from "./principal";
import type { RequestContext } from "./request";

/*
 * The examples of AWS's documentation, each with the results that the page states. Those of the pages on evaluation logic are
 * in evaluate.test.ts.
 */
const GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const OPERATORS = `${GUIDE}/reference_policies_elements_condition_operators.html`;
const VARIABLES = `${GUIDE}/reference_policies_variables.html`;
const SEVERAL = `${GUIDE}/reference_policies_condition-logic-multiple-context-keys-or-values.html`;
const SETS = `${GUIDE}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;

const ACCOUNT = "222222222222";
const user = (name: string, tags: Record<string, string> = {}): User => ({
  type: "user",
  arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
  tags,
});
const session = (tags: Record<string, string>): RoleSession => ({
  type: "role_session",
  roleArn: `arn:aws:iam::${ACCOUNT}:role/examplerole`,
  sessionName: "examplesession",
  tags,
});

interface Example {
  readonly page: string;
  readonly example: string;
  /** A statement of an identity policy, or the statements. Default of `Effect` and `Resource`: Allow and `*`. */
  readonly statement: object | readonly object[];
  readonly version?: string;
  readonly action: string;
  readonly resource?: string;
  /** Columns: principal, request context, resource (default: `resource`), whether the request is allowed. */
  readonly rows: readonly (readonly [Principal, RequestContext, boolean, resource?: string])[];
}

const accessKey = { action: "iam:CreateAccessKey", resource: `arn:aws:iam::${ACCOUNT}:user/x` };
const ownKeys = { Action: "iam:*AccessKey*", Resource: `arn:aws:iam::${ACCOUNT}:user/*` };
const getObject = { action: "s3:GetObject", resource: "arn:aws:s3:::amzn-s3-demo-bucket/x" };
const listBucket = { action: "s3:ListBucket", resource: "arn:aws:s3:::amzn-s3-demo-bucket" };
const instance = "arn:aws:ec2:us-east-1:222222222222:instance/i-1";
const image = "arn:aws:ec2:us-east-1:222222222222:subnet/subnet-1";
const plain = user("David");

const EXAMPLES: readonly Example[] = [
  {
    page: OPERATORS,
    example: "StringEquals: the principal must be tagged with the job category",
    statement: {
      ...ownKeys,
      Condition: { StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } },
    },
    ...accessKey,
    rows: [
      [user("a", { "job-category": "iamuser-admin" }), {}, true],
      [session({ "job-category": "iamuser-admin" }), {}, true],
      [user("a", { "job-category": "other" }), {}, false],
      [plain, {}, false],
    ],
  },
  {
    page: OPERATORS,
    example: "StringLike with a variable: a user's home directory",
    statement: {
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::amzn-s3-demo-bucket",
      Condition: { StringLike: { "s3:prefix": ["", "home/", "home/${aws:username}/"] } },
    },
    ...listBucket,
    rows: [
      [plain, { "s3:prefix": "" }, true],
      [plain, { "s3:prefix": "home/" }, true],
      [plain, { "s3:prefix": "home/David/" }, true],
      [plain, { "s3:prefix": "home/Ana/" }, false],
      // A role's session has no aws:username: the entry with the variable matches nothing, the others do.
      [session({}), { "s3:prefix": "home/" }, true],
      [session({}), { "s3:prefix": "home/David/" }, false],
    ],
  },
  {
    page: OPERATORS,
    example: "NumericLessThanEquals: up to 10 objects at a time",
    statement: {
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::amzn-s3-demo-bucket",
      Condition: { NumericLessThanEquals: { "s3:max-keys": "10" } },
    },
    ...listBucket,
    rows: [
      [plain, { "s3:max-keys": "10" }, true],
      [plain, { "s3:max-keys": "11" }, false],
      [plain, {}, false],
    ],
  },
  {
    page: OPERATORS,
    example: "DateGreaterThan: credentials that were issued in 2020 or later",
    statement: {
      ...ownKeys,
      Condition: { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
    },
    ...accessKey,
    rows: [
      [session({}), { "aws:TokenIssueTime": "2020-06-01T00:00:00Z" }, true],
      [session({}), { "aws:TokenIssueTime": "2019-12-31T23:59:59Z" }, false],
      [plain, {}, false],
    ],
  },
  {
    page: OPERATORS,
    example: "Bool: the request must use TLS",
    statement: { ...ownKeys, Condition: { Bool: { "aws:SecureTransport": "true" } } },
    ...accessKey,
    rows: [
      [plain, { "aws:SecureTransport": "true" }, true],
      [plain, { "aws:SecureTransport": "false" }, false],
    ],
  },
  {
    page: OPERATORS,
    example: "IpAddress: IPv4 and IPv6 ranges",
    statement: {
      ...ownKeys,
      Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
    },
    ...accessKey,
    rows: [
      [plain, { "aws:SourceIp": "203.0.113.255" }, true],
      [plain, { "aws:SourceIp": "203.0.114.0" }, false],
      [plain, { "aws:SourceIp": "2001:db8:1234:5678::1" }, true],
      [plain, { "aws:SourceIp": "2001:db8:1234:5679::1" }, false],
      [plain, {}, false],
    ],
  },
  {
    page: OPERATORS,
    example: "StringLike without IfExists: cannot launch any instance",
    statement: {
      Action: "ec2:RunInstances",
      Condition: { StringLike: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    },
    action: "ec2:RunInstances",
    rows: [
      [plain, { "ec2:InstanceType": "t2.micro" }, true, instance],
      [plain, {}, false, image],
    ],
  },
  {
    page: OPERATORS,
    example: "StringLikeIfExists: the types t1, t2 and m3, and every other resource",
    statement: {
      Action: "ec2:RunInstances",
      Condition: { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    },
    action: "ec2:RunInstances",
    rows: [
      [plain, { "ec2:InstanceType": "t2.micro" }, true, instance],
      [plain, { "ec2:InstanceType": "c5.large" }, false, instance],
      [plain, {}, true, image],
    ],
  },
  {
    page: OPERATORS,
    example: "Null: no temporary credentials",
    statement: { Action: "ec2:*", Condition: { Null: { "aws:TokenIssueTime": "true" } } },
    action: "ec2:DescribeVpcs",
    resource: "*",
    rows: [
      [plain, {}, true],
      [session({}), { "aws:TokenIssueTime": "2020-06-01T00:00:00Z" }, false],
    ],
  },
  {
    page: VARIABLES,
    example: "a principal tag in Resource and in Condition: the team's prefix",
    statement: [
      {
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::amzn-s3-demo-bucket",
        Condition: { StringLike: { "s3:prefix": "${aws:PrincipalTag/team}/*" } },
      },
      {
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: "arn:aws:s3:::amzn-s3-demo-bucket/${aws:PrincipalTag/team}/*",
      },
    ],
    ...getObject,
    rows: [
      [session({ team: "yellow" }), {}, true, "arn:aws:s3:::amzn-s3-demo-bucket/yellow/x"],
      [session({ team: "yellow" }), {}, false, "arn:aws:s3:::amzn-s3-demo-bucket/red/x"],
      [session({}), {}, false, "arn:aws:s3:::amzn-s3-demo-bucket/yellow/x"],
    ],
  },
  {
    page: VARIABLES,
    example: "Version 2008-10-17: variables are literal strings",
    version: "2008-10-17",
    statement: { Action: "s3:GetObject", Resource: "arn:aws:s3:::amzn-s3-demo-bucket/${aws:username}/*" },
    ...getObject,
    rows: [
      [plain, {}, false, "arn:aws:s3:::amzn-s3-demo-bucket/David/x"],
      [plain, {}, true, "arn:aws:s3:::amzn-s3-demo-bucket/${aws:username}/x"],
    ],
  },
  {
    page: VARIABLES,
    example: "AllowUnlessOwnedBySomeoneElse: the object's owner tag is the principal's",
    statement: {
      Action: "s3:GetObject",
      Condition: { StringEquals: { "s3:ExistingObjectTag/owner": "${aws:PrincipalTag/owner}" } },
    },
    ...getObject,
    rows: [
      [user("a", { owner: "ana" }), { "s3:ExistingObjectTag/owner": "ana" }, true],
      [user("a", { owner: "ana" }), { "s3:ExistingObjectTag/owner": "bob" }, false],
      [plain, { "s3:ExistingObjectTag/owner": "ana" }, false],
    ],
  },
  {
    page: VARIABLES,
    example: "AllowAccessBasedOnArnMatching: a topic that is named after three tags",
    statement: {
      Action: "sns:DeleteTopic",
      Resource:
        "arn:aws:sns:*:*:${aws:PrincipalTag/access-project}-${aws:PrincipalTag/access-application}-${aws:PrincipalTag/access-environment}-*",
    },
    action: "sns:DeleteTopic",
    resource: "arn:aws:sns:us-east-1:222222222222:p-a-dev-1",
    rows: [
      [
        user("a", { "access-project": "p", "access-application": "a", "access-environment": "dev" }),
        {},
        true,
      ],
      [
        user("a", { "access-project": "p", "access-application": "a", "access-environment": "prod" }),
        {},
        false,
      ],
      [user("a", { "access-project": "p", "access-application": "a" }), {}, false],
    ],
  },
  {
    page: VARIABLES,
    example: "a tag with either value: without it, or with another, the request fails",
    statement: {
      Action: "iam:*user*",
      Condition: { StringLike: { "iam:ResourceTag/costCenter": ["12345", "67890"] } },
    },
    action: "iam:DeleteUser",
    resource: `arn:aws:iam::${ACCOUNT}:user/x`,
    rows: [
      [plain, { "iam:ResourceTag/costCenter": "67890" }, true],
      [plain, { "iam:ResourceTag/costCenter": "1" }, false],
      [plain, {}, false],
    ],
  },
  {
    page: `${VARIABLES}#policy-vars-no-value`,
    example: "a Deny by StringNotEquals: explicitly denied when the principal's tag is not set",
    statement: [
      { Action: "s3:*" },
      {
        Effect: "Deny",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::amzn-s3-demo-bucket/*",
        Condition: { StringNotEquals: { "s3:ExistingObjectTag/Team": "${aws:PrincipalTag/Team}" } },
      },
    ],
    ...getObject,
    rows: [
      [user("a", { Team: "red" }), { "s3:ExistingObjectTag/Team": "red" }, true],
      [user("a", { Team: "red" }), { "s3:ExistingObjectTag/Team": "blue" }, false],
      [plain, { "s3:ExistingObjectTag/Team": "red" }, false],
      [plain, {}, false],
    ],
  },
  {
    page: `${VARIABLES}#policy-vars-default-values`,
    example: "a default value: the bucket of the team, or that of the company",
    statement: {
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::amzn-s3-demo-bucket-${aws:PrincipalTag/team, 'company-wide'}/*",
    },
    ...getObject,
    rows: [
      [user("a", { team: "yellow" }), {}, true, "arn:aws:s3:::amzn-s3-demo-bucket-yellow/x"],
      [user("a", { team: "yellow" }), {}, false, "arn:aws:s3:::amzn-s3-demo-bucket-company-wide/x"],
      [plain, {}, true, "arn:aws:s3:::amzn-s3-demo-bucket-company-wide/x"],
      [plain, {}, false, "arn:aws:s3:::amzn-s3-demo-bucket-yellow/x"],
    ],
  },
  ...[["ArnLike", "Mary", "Nikki"] as const, ["ArnNotLike", "Nikki", "Mary"] as const].map(
    ([operator, matching, other]): Example => ({
      page: SEVERAL,
      example: `${operator} beside two tags: OR of the values, AND of keys and operators`,
      statement: {
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::amzn-s3-demo-bucket",
        Condition: {
          StringEquals: {
            "aws:PrincipalTag/department": ["finance", "hr", "legal"],
            "aws:PrincipalTag/role": ["audit", "security"],
          },
          [operator]: {
            "aws:PrincipalArn": [`arn:aws:iam::${ACCOUNT}:user/Ana`, `arn:aws:iam::${ACCOUNT}:user/Mary`],
          },
        },
      },
      ...listBucket,
      rows: [
        [user(matching, { department: "legal", role: "audit" }), {}, true],
        [user(other, { department: "hr", role: "audit" }), {}, false],
        [user(matching, { department: "hr", role: "payroll" }), {}, false],
        [user(matching, { department: "hr" }), {}, false],
        [user(matching), {}, false],
      ],
    }),
  ),
  {
    page: SETS,
    example: "ForAllValues with Null: these tags alone",
    statement: {
      Action: "ec2:DeleteTags",
      Resource: "arn:aws:ec2:us-east-1:222222222222:instance/*",
      Condition: {
        "ForAllValues:StringEquals": { "aws:TagKeys": ["environment", "cost-center"] },
        Null: { "aws:TagKeys": "false" },
      },
    },
    action: "ec2:DeleteTags",
    resource: instance,
    rows: [
      [plain, { "aws:TagKeys": ["environment"] }, true],
      [plain, { "aws:TagKeys": ["cost-center"] }, true],
      [plain, { "aws:TagKeys": ["environment", "cost-center"] }, true],
      [plain, { "aws:TagKeys": ["environment", "dept"] }, false],
      [plain, {}, false],
    ],
  },
  {
    page: SETS,
    example: "ForAnyValue: at least one of these tags",
    statement: {
      Action: "ec2:DeleteTags",
      Resource: "arn:aws:ec2:us-east-1:222222222222:instance/*",
      Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "cost-center"] } },
    },
    action: "ec2:DeleteTags",
    resource: instance,
    rows: [
      [plain, { "aws:TagKeys": ["environment"] }, true],
      [plain, { "aws:TagKeys": ["cost-center"] }, true],
      [plain, { "aws:TagKeys": ["environment", "cost-center"] }, true],
      [plain, { "aws:TagKeys": ["environment", "dept"] }, true],
      [plain, { "aws:TagKeys": ["dept"] }, false],
      [plain, {}, false],
    ],
  },
];

const CASES = EXAMPLES.flatMap(({ rows, ...example }) =>
  rows.map(([principal, context, allowed, resource = example.resource ?? "*"]) => {
    const asker = { ...principal, type: principal.type };
    const title = `${example.example}: ${JSON.stringify([asker, context, resource])} is ${allowed ? "allowed" : "denied"}`;
    return { ...example, title, principal, context, resource, allowed };
  }),
);

describe("AWS's examples", () => {
  it.each(CASES)(
    "$title ($page)",
    ({ statement, version, principal, action, resource, context, allowed }) => {
      const statements = [statement].flat().map((one) => ({ Effect: "Allow", Resource: "*", ...one }));
      const policy = parsePolicy(
        { Version: version ?? "2012-10-17", Statement: statements },
        { name: "example", kind: "identity" },
      );
      const known = resource.includes(":s3:") ? { "aws:ResourceAccount": ACCOUNT } : {};
      const request = { principal, action, resource, context: { ...context, ...known } };
      expect(evaluateRequest({ request, identityPolicies: [policy] }).allowed).toBe(allowed);
    },
  );

  // Source: "Amazon Resource Name (ARN) condition operators" of the page on operators
  it.each([
    ["arn:aws:sns:us-east-1:123456789012:topic", true],
    ["arn:aws:sns:us-east-1:123456789012:other", false],
    [undefined, false],
  ])("ArnEquals in a queue's policy: a message of the topic %s is allowed: %s", (topic, allowed) => {
    const queue = "arn:aws:sqs:us-east-1:123456789012:queue";
    const resourcePolicy = parsePolicy(
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: "*",
          Action: "SQS:SendMessage",
          Resource: queue,
          Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic" } },
        },
      },
      { name: "queue", kind: "resource" },
    );
    const principal: Principal = { type: "service", name: "sns.amazonaws.com" };
    const context: RequestContext = topic === undefined ? {} : { "aws:SourceArn": topic };
    const request = { principal, action: "sqs:SendMessage", resource: queue, context };
    expect(evaluateRequest({ request, identityPolicies: [], resourcePolicy }).allowed).toBe(allowed);
  });
});
