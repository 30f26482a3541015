import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";

import { all, of, policy, set, type Change, type StatementJson, type Target } from "./mutations/mutation";
import { sampleConfig, sampleState } from "./sample";

const GROUPS = ["studio-a", "studio-/people/a"];
const PREFIX = "studio-access-local";
const MAKER = `arn:aws:iam::222222222222:role/studio-access/local/${PREFIX}-lob-a-profiles`;

/** The sample's config with groups of the first line of business. */
export const groupsConfig: Config = {
  ...sampleConfig,
  identity: { ...sampleConfig.identity, groupPrefix: "studio-" },
  linesOfBusiness: sampleConfig.linesOfBusiness.map((lob) =>
    lob.name === "lob-a" ? { ...lob, groups: GROUPS } : lob,
  ),
};

/** The state, by default the sample's, with the stacks as they are deployed where the first line of business has groups. */
export function groupsState(state: readonly ResourceInstance[] = sampleState()): readonly ResourceInstance[] {
  return all(
    copied(["access", "aws_dynamodb_table", "Directory_Lobs"], "Directory_Groups_0", (text) =>
      text.replaceAll(`${PREFIX}-lobs`, `${PREFIX}-groups`),
    ),
    policy(["access", "aws_iam_role_policy", "PresignFunction"], "policy", readsInOneCall),
    policy(["access", "aws_iam_role_policy", "PresignFunction"], "policy", (statements) =>
      statements.map((statement) =>
        statement.Sid === "AssumeAccessRoles"
          ? { ...statement, Resource: [...(statement.Resource as string[]), MAKER] }
          : statement,
      ),
    ),
    policy(["access", "aws_vpc_endpoint"], "policy", readsInOneCall),
    variables("PresignFunction_Presign_", { GROUPS_TABLE: `${PREFIX}-groups` }),
    variables("AuthorizerFunction", { GROUPS_CLAIM: "cognito:groups", GROUP_PREFIX: "studio-" }),
    copied(["lob-a", "aws_iam_role", "AccessRole"], "ProfileMaker_Role_0", (text) =>
      text.replaceAll("lob-a-access", "lob-a-profiles"),
    ),
    makerPolicy,
    row(["lob-a", "aws_dynamodb_table_item", "Directory_Lob_"], { PROFILE_MAKER_ROLE_ARN: MAKER }),
    ...GROUPS.flatMap((group, index) => [
      copied(["lob-a", "aws_dynamodb_table_item", "Directory_User-"], `Directory_Group-${index}`, (text) =>
        text.replaceAll(`${PREFIX}-users`, `${PREFIX}-groups`).replaceAll("user-lob-a", group),
      ),
      poolGroup(group, index),
    ]),
  )(state);
}

/** A copy of a resource at another address. */
function copied(target: Target, address: string, change: (text: string) => string): Change {
  return (state) => {
    const [stack, type, part = ""] = target;
    const original = state.find(
      (each) => each.stack === stack && each.type === type && each.address.includes(part),
    );
    const values = JSON.parse(change(JSON.stringify(original?.values))) as ResourceInstance["values"];
    return [...state, { stack, type, mode: "managed", address: `${type}.${address}`, values }];
  };
}

function readsInOneCall(statements: readonly StatementJson[]): readonly unknown[] {
  return statements.flatMap((statement) => {
    if (statement.Action !== "dynamodb:GetItem") return [statement];
    const [users = "", lobs = ""] = statement.Resource as string[];
    const groups = lobs.replace("-lobs", "-groups");
    return [
      { ...statement, Resource: lobs },
      {
        ...statement,
        Sid: `${String(statement.Sid)}InOneCall`,
        Action: "dynamodb:BatchGetItem",
        Resource: [users, groups],
      },
    ];
  });
}

function variables(part: string, added: Readonly<Record<string, string>>): Change {
  const target: Target = ["access", "aws_lambda_function", part];
  return set(target, (state) => {
    const values = state.find(({ type, address }) => type === target[1] && address.includes(part))?.values;
    const [{ variables: old }] = values?.["environment"] as [{ variables: Record<string, string> }];
    return { environment: [{ variables: { ...old, ...added } }] };
  });
}

export function row(target: Target, added: Readonly<Record<string, string>>): Change {
  return set(target, (state) => {
    const attributes = Object.entries(added).map(([name, S]) => [name, { S }]);
    const old = JSON.parse(of(state, target, "item")) as object;
    return { item: JSON.stringify({ ...old, ...Object.fromEntries(attributes) }) };
  });
}

/** As stacks/lob/profile-maker-role.ts has it. */
const makerPolicy: Change = (state) => {
  const Resource = `${of(state, ["lob-a", "aws_sagemaker_domain"], "arn").replace(":domain/", ":user-profile/")}/\${aws:PrincipalTag/user}`;
  const endpoint = {
    "aws:SourceVpce": of(state, ["networking", "aws_vpc_endpoint", "Endpoint-sagemaker-api_"], "id"),
  };
  const tagged = { "aws:RequestTag/studio-access:made-by": "sign-in" };
  const noOtherTag = { "aws:TagKeys": ["studio-access:made-by"] };
  const group = { "sagemaker:VpcSecurityGroupIds": [of(state, ["lob-a", "aws_security_group"], "id")] };
  const allow = { Effect: "Allow", Resource };
  const Statement = [
    {
      ...allow,
      Sid: "MakeProfileOfTheTaggedUser",
      Action: "sagemaker:CreateUserProfile",
      Condition: {
        StringEquals: { ...endpoint, ...tagged },
        "ForAllValues:StringEquals": { ...noOtherTag, ...group },
      },
    },
    {
      ...allow,
      Sid: "TagWhatIsMade",
      Action: "sagemaker:AddTags",
      Condition: {
        StringEquals: tagged,
        "ForAllValues:StringEquals": noOtherTag,
        Null: { "sagemaker:TaggingAction": "false" },
      },
    },
    {
      ...allow,
      Sid: "SeeProfileOfTheTaggedUser",
      Action: "sagemaker:DescribeUserProfile",
      Condition: { StringEquals: endpoint },
    },
  ];
  const values = {
    id: `${PREFIX}-lob-a-profiles:make-profile`,
    name: "make-profile",
    role: `${PREFIX}-lob-a-profiles`,
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  };
  const type = "aws_iam_role_policy";
  return [
    ...state,
    { stack: "lob-a", type, mode: "managed", address: `${type}.ProfileMaker_Policy_0`, values },
  ];
};

function poolGroup(name: string, index: number): Change {
  return (state) => {
    const user_pool_id = of(state, ["access", "aws_cognito_user_pool", "UserPool"], "id");
    const type = "aws_cognito_user_group";
    const values = { id: `${user_pool_id}/${name}`, name, user_pool_id };
    return [
      ...state,
      { stack: "lob-a", type, mode: "managed", address: `${type}.SignIns_Group-${index}`, values },
    ];
  };
}
