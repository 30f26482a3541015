import { sampleConfig as config } from "../sample";
import {
  FOREIGN_ADMINISTRATOR,
  OWN_ADMINISTRATOR,
  serviceRow,
  SHARED_ADMINISTRATOR,
} from "../../matrices/assume-rows";
import { TRUSTING } from "../../matrices/assume-matrix";
import { FOREIGNER } from "../../matrices/data-matrix";
import { presignId, sessionId, UNKNOWN_USER } from "../../matrices/presign-rows";
import { presignRoleArn, roleArn } from "../../expect/roles";
import { add, drop, of, policy, replace, withoutCondition, type Mutation, type Target } from "./mutation";

const LOB = "222222222222";
const ACCESS = roleArn(config, LOB, "lob-a", "access");
const EXECUTION = roleArn(config, LOB, "lob-a", "execution");
const FLOW_LOGS = roleArn(config, LOB, "lob-a", "flow-logs");
const AUTHORIZER = roleArn(config, "111111111111", "authorizer");
const PRESIGN = presignRoleArn(config);

const USER = "user-lob-a";
const PROFILE = "lob-a/user-lob-a";

const ACCESS_TRUST: Target = ["lob-a", "aws_iam_role", "AccessRole"];
const SAGEMAKER_API: Target = ["networking", "aws_vpc_endpoint", "Endpoint-sagemaker-api"];
const ACCESS_POLICY: Target = ["lob-a", "aws_iam_role_policy", "AccessRole"];
const EXECUTION_POLICY: Target = ["lob-a", "aws_iam_role_policy", "ExecutionRole"];
const PRESIGN_POLICY: Target = ["access", "aws_iam_role_policy", "PresignFunction"];

function allow(action: string | readonly string[], resource = "*"): object {
  return { Effect: "Allow", Action: action, Resource: resource };
}

/** Who may make a URL. */
const PRESIGNING: readonly Mutation[] = [
  {
    name: "the access role presigns from anywhere",
    change: policy(ACCESS_POLICY, "policy", withoutCondition("PresignForTheTaggedUser")),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the access role names another endpoint",
    change: replace(ACCESS_POLICY, "policy", /vpce-[0-9a-f]+/, "vpce-0123456789abcdef0"),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the access role presigns for every profile",
    change: replace(ACCESS_POLICY, "policy", "${aws:PrincipalTag/user}", "*"),
    cell: ["presign", presignId(UNKNOWN_USER), PROFILE],
  },
  {
    name: "the access role presigns for another domain",
    change: replace(ACCESS_POLICY, "policy", /d-[a-z0-9]+/, "d-another"),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the execution role presigns from anywhere",
    change: policy(EXECUTION_POLICY, "policy", withoutCondition("OpenOwnAppsBySourceIdentity")),
    cell: ["presign", sessionId(EXECUTION, USER), PROFILE],
  },
  {
    name: "the access role presigns for every profile, with the user's tag too",
    change: policy(ACCESS_POLICY, "policy", withoutCondition("PresignWhereTheTagIsNotSent")),
    cell: ["presign", sessionId(ACCESS, UNKNOWN_USER), PROFILE],
  },
  {
    name: "the execution role presigns for every profile",
    change: replace(
      EXECUTION_POLICY,
      "policy",
      /user-profile\/d-\w+\/\$\{aws:SourceIdentity\}/,
      "user-profile/*",
    ),
    cell: ["presign", sessionId(EXECUTION, UNKNOWN_USER), PROFILE],
  },
  {
    name: "AmazonSageMakerFullAccess is attached to the execution role",
    change: add("lob-a", "aws_iam_role_policy_attachment", {
      role: "studio-access-local-lob-a-execution",
      policy_arn: "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess",
    }),
    cell: ["presign", EXECUTION, PROFILE],
  },
  {
    name: "the flow logs' role may do anything",
    change: policy(["lob-a", "aws_iam_role_policy", "FlowLogs"], "policy", () => [allow("*")]),
    cell: ["presign", FLOW_LOGS, PROFILE],
  },
  {
    name: "a policy uses an unknown condition operator",
    change: replace(ACCESS_POLICY, "policy", "StringEquals", "StringMatches"),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the presign function may assume none of a line of business's roles",
    change: replace(PRESIGN_POLICY, "policy", /"arn:aws:iam::222222222222:role[^"]*",/, ""),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the access role of a line of business is gone",
    change: drop("lob-a", "aws_iam_role", "AccessRole"),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "a user has no profile",
    change: drop("lob-b", "aws_sagemaker_user_profile"),
    cell: ["presign", presignId("user-lob-b"), "lob-b/user-lob-b"],
  },
  {
    name: "there is a profile of a user whom the config does not know",
    change: add("lob-a", "aws_sagemaker_user_profile", (state) => ({
      ...state.find(({ type }) => type === "aws_sagemaker_user_profile")?.values,
      arn: of(state, ["lob-a", "aws_sagemaker_user_profile"], "arn").replace(USER, "mallory"),
      user_profile_name: "mallory",
    })),
    cell: ["presign", presignId(USER), "lob-a/mallory"],
  },
  {
    name: "the endpoint of STS does not let session tags through",
    change: replace(["networking", "aws_vpc_endpoint", "Endpoint-sts"], "policy", /,?"sts:TagSession"/, ""),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the endpoint of the SageMaker API does not let a line of business through",
    change: replace(SAGEMAKER_API, "policy", '"222222222222",', ""),
    cell: ["presign", presignId(USER), PROFILE],
  },
];

const BOTH_TRUSTS = /"ArnEquals":\{"aws:PrincipalArn":"[^"]*"\},?/;

/** Who may assume which role. */
const TRUSTS: readonly Mutation[] = [
  {
    name: "the access role trusts all of shared services",
    change: (state) => {
      const once = replace(ACCESS_TRUST, "assume_role_policy", BOTH_TRUSTS, "");
      return replace(ACCESS_TRUST, "assume_role_policy", BOTH_TRUSTS, "")(once(state));
    },
    cell: ["assume", SHARED_ADMINISTRATOR, ACCESS],
  },
  {
    name: "the access role trusts every role of shared services",
    change: replace(
      ACCESS_TRUST,
      "assume_role_policy",
      /"ArnEquals":\{"aws:PrincipalArn":"[^"]*"\}/g,
      '"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/*"}',
    ),
    cell: ["assume", SHARED_ADMINISTRATOR, ACCESS],
  },
  {
    name: "the access role trusts everyone",
    change: policy(ACCESS_TRUST, "assume_role_policy", (statements) => [
      ...statements,
      { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    ]),
    cell: ["assume", FOREIGN_ADMINISTRATOR, ACCESS],
  },
  {
    name: "the access role trusts its own account",
    change: policy(ACCESS_TRUST, "assume_role_policy", (statements) => [
      ...statements,
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::222222222222:root" }, Action: "sts:AssumeRole" },
    ]),
    cell: ["assume", OWN_ADMINISTRATOR, ACCESS],
  },
  {
    name: "the access role can be assumed without a user's name",
    change: policy(ACCESS_TRUST, "assume_role_policy", withoutCondition("PresignFunctionForOneUser", "Null")),
    cell: ["assume", PRESIGN, ACCESS],
  },
  {
    name: "the access role trusts a presign role of another name",
    change: replace(ACCESS_TRUST, "assume_role_policy", /local-presign/g, "local-other"),
    cell: ["assume", PRESIGN, ACCESS],
  },
  {
    name: "the access role does not admit session tags",
    change: replace(ACCESS_TRUST, "assume_role_policy", /,"sts:TagSession"/, ""),
    cell: ["presign", presignId(USER), PROFILE],
  },
  {
    name: "the presign function may assume any role",
    change: policy(PRESIGN_POLICY, "policy", (statements) => [...statements, allow("sts:AssumeRole")]),
    cell: ["assume", PRESIGN, TRUSTING],
  },
  {
    name: "notebooks may assume any role",
    change: policy(EXECUTION_POLICY, "policy", (statements) => [...statements, allow("sts:*")]),
    cell: ["assume", EXECUTION, TRUSTING],
  },
  {
    name: "the authorizer's role is one for machines",
    change: replace(
      ["access", "aws_iam_role", "AuthorizerFunction"],
      "assume_role_policy",
      "lambda.",
      "ec2.",
    ),
    cell: ["assume", serviceRow("ec2.amazonaws.com"), AUTHORIZER],
  },
  {
    name: "any account's flow logs may use the role",
    change: policy(
      ["lob-a", "aws_iam_role", "FlowLogs"],
      "assume_role_policy",
      withoutCondition("ServiceOfThisAccount"),
    ),
    cell: ["assume", serviceRow("vpc-flow-logs.amazonaws.com"), FLOW_LOGS],
  },
  {
    name: "any account's Studio may use the execution role",
    change: policy(
      ["lob-a", "aws_iam_role", "ExecutionRole"],
      "assume_role_policy",
      withoutCondition("ServiceOfThisAccount"),
    ),
    cell: ["assume", serviceRow("sagemaker.amazonaws.com"), EXECUTION],
  },
  {
    name: "people may assume the presign function's role",
    change: policy(["access", "aws_iam_role", "PresignFunction"], "assume_role_policy", (statements) => [
      ...statements,
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "sts:AssumeRole" },
    ]),
    cell: ["assume", OWN_ADMINISTRATOR, PRESIGN],
  },
  {
    name: "there is a role that the config does not know",
    change: add("lob-a", "aws_iam_role", {
      arn: "arn:aws:iam::222222222222:role/added",
      name: "added",
      assume_role_policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
      }),
    }),
    cell: ["assume", FOREIGN_ADMINISTRATOR, "arn:aws:iam::222222222222:role/added"],
  },
];

const USERS_TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/studio-access-local-users";

/** Who reads and writes the tables. */
const TABLES: readonly Mutation[] = [
  {
    name: "the presign function may write users",
    change: (state) =>
      policy(PRESIGN_POLICY, "policy", (statements) => [...statements, allow("dynamodb:*", USERS_TABLE)])(
        replace(["access", "aws_vpc_endpoint"], "policy", '"dynamodb:GetItem"', '"dynamodb:*"')(state),
      ),
    cell: ["data", PRESIGN, "write studio-access-local-users"],
  },
  {
    name: "the authorizer may read users",
    change: policy(["access", "aws_iam_role_policy", "AuthorizerFunction"], "policy", (statements) => [
      ...statements,
      allow("dynamodb:GetItem", USERS_TABLE),
    ]),
    cell: ["data", AUTHORIZER, "read studio-access-local-users"],
  },
  {
    name: "notebooks may write users",
    change: (state) =>
      policy(EXECUTION_POLICY, "policy", (statements) => [...statements, allow("dynamodb:PutItem")])(
        add("access", "aws_dynamodb_resource_policy", {
          resource_arn: USERS_TABLE,
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: {
              ...allow("dynamodb:PutItem"),
              Principal: { AWS: "arn:aws:iam::222222222222:root" },
            },
          }),
        })(state),
      ),
    cell: ["data", EXECUTION, "write studio-access-local-users"],
  },
  {
    name: "the users table is open to everyone",
    change: add("access", "aws_dynamodb_resource_policy", {
      resource_arn: USERS_TABLE,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: { ...allow("dynamodb:GetItem"), Principal: "*" },
      }),
    }),
    cell: ["data", FOREIGNER, "read studio-access-local-users"],
  },
  {
    name: "the gateway endpoint does not let the LOBs table through",
    change: replace(["access", "aws_vpc_endpoint"], "policy", /local-lobs/, "local-other"),
    cell: ["data", PRESIGN, "read studio-access-local-lobs"],
  },
];

export const PERMISSION_MUTATIONS: readonly Mutation[] = [...PRESIGNING, ...TRUSTS, ...TABLES];
