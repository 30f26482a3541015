import { OWN_ADMINISTRATOR } from "../../matrices/assume-rows";
import { presignRoleArn, roleArn } from "../../expect/roles";
import { sampleConfig as config } from "../sample";
import {
  add,
  drop,
  of,
  policy,
  replace,
  set,
  withoutCondition,
  type Mutation,
  type Target,
} from "./mutation";

const MAKER = roleArn(config, "222222222222", "lob-a", "profiles");
const ACCESS = roleArn(config, "222222222222", "lob-a", "access");
const MAKER_ROLE: Target = ["lob-a", "aws_iam_role", "ProfileMaker"];
const MAKER_POLICY: Target = ["lob-a", "aws_iam_role_policy", "ProfileMaker"];
const GROUP_ROW: Target = ["lob-a", "aws_dynamodb_table_item", "Directory_Group-0"];
const PRESIGN_POLICY: Target = ["access", "aws_iam_role_policy", "PresignFunction"];
const MAKES = `${MAKER} makes Studio profiles`;
const VALUE = "value";

/** Wrong changes where groups give access: who makes profiles and for whom, and where a group's row leads. */
export const GROUP_MUTATIONS: readonly Mutation[] = [
  {
    name: "the profile maker makes everybody's profile",
    change: replace(MAKER_POLICY, "policy", "${aws:PrincipalTag/user}", "*"),
    cell: ["settings", MAKES, VALUE],
  },
  {
    name: "the profile maker makes profiles in every domain of its account",
    change: replace(MAKER_POLICY, "policy", /user-profile\/d-[a-z0-9]+/, "user-profile/*"),
    cell: ["settings", "lob-a: aws_iam_role_policy", VALUE],
  },
  {
    name: "the profile maker makes profiles from anywhere",
    change: policy(MAKER_POLICY, "policy", withoutCondition("MakeProfileOfTheTaggedUser", "StringEquals")),
    cell: ["settings", MAKES, VALUE],
  },
  {
    name: "the profile maker may give profiles any security group and any tag",
    change: policy(
      MAKER_POLICY,
      "policy",
      withoutCondition("MakeProfileOfTheTaggedUser", "ForAllValues:StringEquals"),
    ),
    cell: ["settings", "lob-a: aws_iam_role_policy", VALUE],
  },
  {
    name: "the profile maker changes profiles",
    change: replace(
      MAKER_POLICY,
      "policy",
      '"sagemaker:DescribeUserProfile"',
      '["sagemaker:DescribeUserProfile","sagemaker:UpdateUserProfile"]',
    ),
    cell: ["settings", MAKES, VALUE],
  },
  {
    name: "the profile maker opens Studio",
    change: replace(MAKER_POLICY, "policy", "DescribeUserProfile", "CreatePresignedDomainUrl"),
    cell: ["presign", `${MAKER} as user-lob-a`, "lob-a/user-lob-a"],
  },
  {
    name: "the access role makes profiles",
    change: policy(["lob-a", "aws_iam_role_policy", "AccessRole"], "policy", (statements) => [
      ...statements,
      { Effect: "Allow", Action: "sagemaker:CreateUserProfile", Resource: "*" },
    ]),
    cell: ["settings", `${ACCESS} makes Studio profiles`, VALUE],
  },
  {
    name: "the profile maker trusts its whole account",
    change: policy(MAKER_ROLE, "assume_role_policy", (statements) => [
      ...statements,
      { Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "sts:AssumeRole" },
    ]),
    cell: ["assume", OWN_ADMINISTRATOR, MAKER],
  },
  {
    name: "the profile maker is assumed in nobody's name",
    change: policy(MAKER_ROLE, "assume_role_policy", withoutCondition("PresignFunctionForOneUser", "Null")),
    cell: ["assume", presignRoleArn(config), MAKER],
  },
  {
    name: "the presign function may not assume the profile maker",
    change: replace(PRESIGN_POLICY, "policy", `,"${MAKER}"`, ""),
    cell: ["assume", presignRoleArn(config), MAKER],
  },
  {
    name: "a line of business's row names another profile maker",
    change: replace(["lob-a", "aws_dynamodb_table_item", "Directory_Lob_"], "item", MAKER, ACCESS),
    cell: ["settings", "row lob-a of studio-access-local-lobs: PROFILE_MAKER_ROLE_ARN", VALUE],
  },
  {
    name: "a group's row leads to another line of business",
    change: replace(GROUP_ROW, "item", '"LOB":{"S":"lob-a"}', '"LOB":{"S":"lob-b"}'),
    cell: ["settings", "row studio-a of studio-access-local-groups: LOB", VALUE],
  },
  {
    name: "a group that the config does not have gives access",
    change: add("lob-b", "aws_dynamodb_table_item", (state) => ({
      hash_key: "PK",
      table_name: of(state, GROUP_ROW, "table_name"),
      item: of(state, GROUP_ROW, "item").replace("studio-a", "everybody"),
    })),
    cell: ["settings", "row everybody of studio-access-local-groups: LOB", VALUE],
  },
  {
    name: "a group of the config gives nobody access",
    change: drop(...GROUP_ROW),
    cell: ["settings", "row studio-a of studio-access-local-groups: LOB", VALUE],
  },
  {
    name: "a group's row stands in the users' table, as a user",
    change: set(GROUP_ROW, { table_name: "studio-access-local-users" }),
    cell: ["settings", "lob-a: aws_dynamodb_table_item", VALUE],
  },
  {
    name: "a group of the pool has a role of AWS's",
    change: set(["lob-a", "aws_cognito_user_group", "Group-0"], { role_arn: ACCESS }),
    cell: ["settings", "lob-a: aws_cognito_user_group", VALUE],
  },
  {
    name: "the presign function reads whole tables",
    change: replace(
      PRESIGN_POLICY,
      "policy",
      '"dynamodb:BatchGetItem"',
      '["dynamodb:BatchGetItem","dynamodb:Scan"]',
    ),
    cell: ["settings", "access: aws_iam_role_policy", VALUE],
  },
  {
    name: "the authorizer looks at another claim",
    change: (state) =>
      state.map((resource) =>
        resource.type === "aws_lambda_function"
          ? (JSON.parse(
              JSON.stringify(resource).replace("cognito:groups", "custom:groups"),
            ) as typeof resource)
          : resource,
      ),
    cell: ["settings", "access: aws_lambda_function", VALUE],
  },
];
