/*
 * What random requests and policies are made of: few principals, actions, resources and values, so that policies often meet a
 * request.
 */
import type { Principal } from "../principal";
import {
  ACCESS_SESSION_ARN,
  accessSession,
  ACCOUNT,
  alice,
  OTHER_ACCOUNT,
  PRESIGN,
  profileArn,
} from "./fixtures";

const federatedUser: Principal = {
  type: "federated_user",
  userArn: alice.arn,
  sessionName: "bob",
  tags: { team: "red" },
};
const FEDERATED_ARN = `arn:aws:sts::${ACCOUNT}:federated-user/bob`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example.com`;
const serviceLinked: Principal = {
  ...accessSession,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRoleForSageMaker`,
};

export const PRINCIPALS: readonly Principal[] = [
  accessSession,
  { ...accessSession, tags: { team: "red" } },
  { ...accessSession, tags: { team: "*", user: "${aws:username}" } },
  { ...accessSession, tags: {} },
  alice,
  { ...alice, tags: { team: "red", user: "bob" } },
  federatedUser,
  { type: "root", accountId: ACCOUNT },
  { type: "root", accountId: OTHER_ACCOUNT },
  serviceLinked,
  { type: "service", name: "lambda.amazonaws.com" },
  { type: "federated", provider: PROVIDER },
  { type: "anonymous" },
];

const TABLE = (account: string): string => `arn:aws:dynamodb:eu-west-1:${account}:table/red`;
const ROLE = (account: string): string => `arn:aws:iam::${account}:role/studio/red`;
export const ASKED: readonly { readonly action: string; readonly resource: (account: string) => string }[] = [
  { action: PRESIGN, resource: (account) => profileArn("alice", account) },
  { action: PRESIGN, resource: (account) => profileArn("red", account) },
  { action: "sagemaker:DescribeUserProfile", resource: (account) => profileArn("bob", account) },
  { action: "S3:getobject", resource: () => "arn:aws:s3:::red/alice" },
  { action: "dynamodb:GetItem", resource: TABLE },
  { action: "kms:Decrypt", resource: (account) => `arn:aws:kms:eu-west-1:${account}:key/1` },
  { action: "sts:AssumeRole", resource: ROLE },
  { action: "sagemaker:ListDomains", resource: () => "*" },
];

export const ACTIONS = [
  "*",
  "*:*",
  "sagemaker:*",
  "sagemaker:*User*",
  "SageMaker:createpresigneddomainurl",
  "s3:Get?bject",
];
export const MORE_ACTIONS = [
  "dynamodb:*",
  "kms:*",
  "kms:Decrypt",
  "sts:AssumeRole",
  "sts:*",
  "sagemaker:ListDomains",
];
export const RESOURCES = [
  "*",
  "arn:aws:sagemaker:*",
  profileArn("*"),
  profileArn("*", "*"),
  profileArn("???"),
  profileArn("alice"),
  profileArn("${aws:PrincipalTag/team}"),
  profileArn("${aws:PrincipalTag/team, 'red'}"),
  profileArn("${aws:username}"),
  profileArn("${*}"),
  "arn:aws:s3:::${aws:PrincipalTag/team, 'red'}/*",
  "arn:aws:s3:::*/${aws:username}",
  "arn:aws:dynamodb:eu-west-?:*:table/*",
  "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/team}",
  "arn:aws:kms:*:*:key/*",
  "arn:aws:iam::*:role/studio/*",
];
export const NAMES: readonly unknown[] = [
  "*",
  { AWS: "*" },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  { AWS: [OTHER_ACCOUNT, ACCOUNT] },
  { AWS: OTHER_ACCOUNT },
  { AWS: accessSession.roleArn },
  { AWS: [ACCESS_SESSION_ARN, alice.arn] },
  { AWS: "AROAEXAMPLE" },
  { AWS: ["AIDAEXAMPLE", "AROAOTHER"] },
  { AWS: alice.arn, Service: "lambda.amazonaws.com" },
  { AWS: FEDERATED_ARN },
  { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
  { Federated: PROVIDER },
];
// The policy of a gateway endpoint can name no more than these.
export const GATEWAY_NAMES = [
  "*",
  { AWS: "*" },
  { AWS: ACCOUNT },
  { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
];

/** Operators of one type, the keys that hold such values, values of a request and values of a policy. */
interface Family {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  /** Keys of `keys` that follow from the principal or the request. */
  readonly derived?: readonly string[];
  readonly actual: readonly string[];
  readonly expected: readonly string[];
}

const ordered = (type: string): string[] =>
  ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (name) => type + name,
  );
export const FAMILIES: readonly Family[] = [
  {
    operators: ["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map(
      (name) => `String${name}`,
    ),
    keys: ["aws:SourceVpce", "aws:RequestTag/team", "aws:TagKeys", "aws:TagKeys", "s3:prefix"],
    derived: [
      "aws:PrincipalTag/team",
      "aws:PrincipalAccount",
      "aws:PrincipalType",
      "aws:userid",
      "aws:username",
      "aws:ResourceAccount",
    ],
    actual: ["red", "red", "RED", "blue", "bob/x", "", "*"],
    expected: [
      ...[
        "red",
        "red",
        "Red",
        "blue",
        "alice",
        "b*",
        "*",
        "?ed",
        "",
        ACCOUNT,
        "anonymous",
        "User",
        "AROA*:alice",
      ],
      ...["${aws:PrincipalTag/team}", "${*}", "${$}{x}", "${aws:username}", "${aws:username, 'bob'}/*"],
      "${aws:PrincipalTag/user, 'blue'}",
    ],
  },
  {
    operators: ["StringEquals", "StringNotLike"],
    keys: ["aws:SourceVpce"],
    derived: ["aws:userid", "aws:PrincipalAccount"],
    actual: ["anonymous"],
    expected: ["anonymous", ACCOUNT, "AROA*:alice", `${ACCOUNT}:bob`],
  },
  {
    operators: ordered("Numeric"),
    keys: ["s3:max-keys", "aws:MultiFactorAuthAge"],
    actual: ["10", "10.0", "9.5", "-1"],
    expected: ["10", "9", "-1", "10.00"],
  },
  {
    operators: ordered("Date"),
    keys: ["aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime"],
    actual: ["2020-01-01T00:00:00Z", "1577836800", "2020-06-01T10:00:00+02:00", "2020-06-01T08:00:00.5Z"],
    expected: [
      "2020-01-01",
      "2020-01-01T01:00:00+01:00",
      "1577836801",
      "2020-06-01T08:00:00Z",
      "2020-07",
      "2020",
    ],
  },
  {
    operators: ["Bool"],
    keys: ["aws:SecureTransport", "aws:MultiFactorAuthPresent"],
    derived: ["aws:ViaAWSService", "aws:PrincipalIsAWSService"],
    actual: ["true", "false"],
    expected: ["true", "false", "TRUE"],
  },
  {
    operators: ["BinaryEquals"],
    keys: ["aws:RequestTag/binary"],
    actual: ["YQ==", "YWI="],
    expected: ["YQ==", "YWI="],
  },
  {
    operators: ["IpAddress", "NotIpAddress"],
    keys: ["aws:SourceIp", "aws:VpcSourceIp"],
    actual: ["203.0.113.7", "203.0.113.255", "10.1.2.3", "2001:db8::5", "2001:db8:1::", "::1"],
    expected: [
      "203.0.113.7",
      "203.0.113.0/25",
      "10.0.0.0/8",
      "0.0.0.0/0",
      "2001:DB8:0::/48",
      "::/0",
      "203.0.113.9/24",
    ],
  },
  {
    operators: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
    keys: ["aws:SourceArn"],
    derived: ["aws:PrincipalArn"],
    actual: ["arn:aws:sns:eu-west-1:111111111111:red", "arn:aws:sns:eu-west-1:222222222222:a:red"],
    expected: [
      "arn:aws:sns:*:*:red",
      "arn:aws:sns:*:111111111111:*",
      "arn:aws:sns:*:*:?:red",
      accessSession.roleArn,
      "arn:aws:iam::*:role/*",
      "arn:aws:iam::111111111111:user/${aws:username}",
      "arn:aws:sts::*:federated-user/b?b",
      "arn:aws:sns:*:${aws:PrincipalAccount}:${aws:PrincipalTag/team}",
    ],
  },
];
