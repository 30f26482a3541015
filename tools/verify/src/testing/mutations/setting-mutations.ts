import { ALL_FOREIGN, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE } from "../../matrices/endpoint-matrix";
import { keyRow } from "../../matrices/key-settings";
import {
  drop,
  of,
  policy,
  replace,
  set,
  withoutCondition,
  type Change,
  type Mutation,
  type Target,
} from "./mutation";

const VALUE = "value";
const STAGE = "API: stage studio serves";
const API_POLICY: Target = ["access", "aws_api_gateway_rest_api_policy"];

function endpoint(name: string): Target {
  return ["networking", "aws_vpc_endpoint", `Endpoint-${name}_`];
}

/** Replaces a policy by the one that AWS uses where none is given: it allows everything. */
function open(target: Target): Change {
  const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
  return set(target, { policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) });
}

const ENDPOINTS: readonly Mutation[] = [
  ...["sts", "sagemaker-api", "studio", "logs", "kms"].map((name): Mutation => ({
    name: `the endpoint of ${name} lets every account through`,
    change: open(endpoint(name)),
    cell: ["endpoints", `networking/${name}`, ALL_FOREIGN],
  })),
  {
    name: "the endpoint of execute-api leads to every account's APIs",
    change: open(endpoint("execute-api")),
    cell: ["endpoints", "networking/execute-api", FOREIGN_RESOURCE],
  },
  {
    name: "the endpoint of ecr-api asks for no account",
    change: policy(endpoint("ecr-api"), "policy", withoutCondition("OurPrincipalsOnly")),
    cell: ["endpoints", "networking/ecr-api", FOREIGN_PRINCIPAL],
  },
  {
    name: "a line of business can write to foreign buckets",
    change: open(["lob-a", "aws_vpc_endpoint"]),
    cell: ["endpoints", "lob-a/s3", FOREIGN_RESOURCE],
  },
  {
    name: "DynamoDB's gateway endpoint lets everyone read the tables",
    change: policy(["access", "aws_vpc_endpoint"], "policy", withoutCondition("PresignReadsDirectory")),
    cell: ["endpoints", "access/dynamodb", FOREIGN_PRINCIPAL],
  },
];

const API: readonly Mutation[] = [
  {
    name: "API Gateway caches the authorizer's policy for an hour",
    change: set(["access", "aws_api_gateway_authorizer"], { authorizer_result_ttl_in_seconds: 3600 }),
    cell: ["settings", "API: the authorizer's answer is kept for", VALUE],
  },
  {
    name: "API Gateway caches the authorizer's policy by the path, so that another caller gets it",
    change: set(["access", "aws_api_gateway_authorizer"], { identity_source: "method.request.path.user_id" }),
    cell: ["settings", "API: the authorizer's answer is kept by", VALUE],
  },
  {
    name: "the stage was deployed before the API's policy",
    change: set(["access", "aws_api_gateway_deployment"], { triggers: { policy: "{}" } }),
    cell: ["settings", STAGE, VALUE],
  },
  {
    name: "the stage was deployed with another authorizer",
    change: set(["access", "aws_api_gateway_authorizer"], { authorizer_uri: "arn:aws:lambda:any" }),
    cell: ["settings", STAGE, VALUE],
  },
  {
    name: "the stage serves a deployment that is not in the state",
    change: set(["access", "aws_api_gateway_stage"], { deployment_id: "another" }),
    cell: ["settings", STAGE, VALUE],
  },
  {
    name: "the stage caches URLs",
    change: set(["access", "aws_api_gateway_method_settings"], { settings: [{ caching_enabled: true }] }),
    cell: ["settings", "API: answers are cached", VALUE],
  },
  {
    name: "the stage logs whole requests, with tokens and URLs",
    change: set(["access", "aws_api_gateway_method_settings"], { settings: [{ data_trace_enabled: true }] }),
    cell: ["settings", "API: requests are traced", VALUE],
  },
  {
    name: "the API's policy does not deny calls through other endpoints",
    change: policy(API_POLICY, "policy", (statements) =>
      statements.filter(({ Sid }) => Sid !== "NoOtherWay"),
    ),
    cell: ["settings", "API: a call through a foreign endpoint", VALUE],
  },
  {
    name: "the API has no policy",
    change: drop(...API_POLICY),
    cell: ["settings", "API: a call through the hub's endpoint", VALUE],
  },
  {
    name: "the API's policy names another endpoint",
    change: replace(API_POLICY, "policy", /vpce-[0-9a-f]+/g, "vpce-0123456789abcdef0"),
    cell: ["settings", "API: a call through the hub's endpoint", VALUE],
  },
  {
    name: "the API is a public one",
    change: set(["access", "aws_api_gateway_rest_api"], {
      endpoint_configuration: [{ types: ["REGIONAL"] }],
    }),
    cell: ["settings", "API: endpoint type", VALUE],
  },
  {
    name: "the API's method has no authorizer",
    change: set(["access", "aws_api_gateway_method", "Api_Get_"], {
      authorization: "NONE",
      authorizer_id: "",
    }),
    cell: ["settings", "API: GET /{user_id}", VALUE],
  },
  {
    name: "the presign function answers where the portal's page should, which asks no authorizer",
    change: set(["access", "aws_api_gateway_integration", "Api_PortalIntegration"], (state) => ({
      uri: of(state, ["access", "aws_lambda_function", "PresignFunction"], "invoke_arn"),
    })),
    cell: ["settings", "API: GET /", VALUE],
  },
];

const STUDIO: readonly Mutation[] = [
  {
    name: "Studio reaches the internet directly",
    change: set(["lob-a", "aws_sagemaker_domain"], { app_network_access_type: "PublicInternetOnly" }),
    cell: ["settings", "Studio of lob-a: app_network_access_type", VALUE],
  },
  {
    name: "Studio sets no source identity",
    change: set(["lob-a", "aws_sagemaker_domain"], {
      domain_settings: [{ execution_role_identity_config: "DISABLED" }],
    }),
    cell: ["settings", "Studio of lob-a: source identity", VALUE],
  },
  {
    name: "Studio lets users of IAM Identity Center in",
    change: set(["lob-b", "aws_sagemaker_domain"], { auth_mode: "SSO" }),
    cell: ["settings", "Studio of lob-b: auth_mode", VALUE],
  },
  {
    name: "a user's apps run with another role",
    change: set(["lob-a", "aws_sagemaker_user_profile"], {
      user_settings: [{ execution_role: "arn:aws:iam::222222222222:role/other" }],
    }),
    cell: ["settings", "Studio of lob-a: user-lob-a runs as", VALUE],
  },
];

const ROWS: readonly Mutation[] = [
  {
    name: "a user's row names another line of business",
    change: replace(
      ["lob-a", "aws_dynamodb_table_item", "User-"],
      "item",
      '"LOB":{"S":"lob-a"}',
      '"LOB":{"S":"lob-b"}',
    ),
    cell: ["settings", "row user-lob-a of studio-access-local-users: LOB", VALUE],
  },
  {
    name: "a line of business's row names another domain",
    change: replace(
      ["lob-a", "aws_dynamodb_table_item", "Directory_Lob"],
      "item",
      /d-[a-z0-9]+/,
      "d-another",
    ),
    cell: ["settings", "row lob-a of studio-access-local-lobs: DOMAIN_ID", VALUE],
  },
  {
    name: "a line of business's row names another role",
    change: replace(
      ["lob-b", "aws_dynamodb_table_item", "Directory_Lob"],
      "item",
      "lob-b-access",
      "lob-b-execution",
    ),
    cell: ["settings", "row lob-b of studio-access-local-lobs: ROLE_ARN", VALUE],
  },
  {
    name: "a line of business's row names another account",
    change: replace(
      ["lob-b", "aws_dynamodb_table_item", "Directory_Lob"],
      "item",
      '"333333333333"',
      '"444444444444"',
    ),
    cell: ["settings", "row lob-b of studio-access-local-lobs: ACCOUNT_ID", VALUE],
  },
];

const KEY: Target = ["access", "aws_kms_key", "DataKey"];
const KEY_FOR = "access: key aws_kms_key.DataKey_0F118E08 for";

function letUse(principal: unknown): Change {
  const statement = { Effect: "Allow", Principal: principal, Action: "kms:Decrypt", Resource: "*" };
  return policy(KEY, "policy", (statements) => [...statements, statement]);
}

const KEYS: readonly Mutation[] = [
  {
    name: "the tables' key is open to everyone",
    change: letUse("*"),
    cell: ["settings", `${KEY_FOR} a foreign account`, VALUE],
  },
  {
    name: "the tables' key is open to a line of business",
    change: letUse({ AWS: "arn:aws:iam::222222222222:root" }),
    cell: ["settings", `${KEY_FOR} 222222222222`, VALUE],
  },
  {
    name: "the tables' key has a malformed policy",
    change: set(KEY, { policy: "no policy" }),
    cell: ["settings", `${KEY_FOR} a foreign account`, VALUE],
  },
  {
    name: "the users table is encrypted with AWS's own key",
    change: set(["access", "aws_dynamodb_table", "Users"], { server_side_encryption: [] }),
    cell: ["settings", keyRow("studio-access-local-users"), VALUE],
  },
];

export const SETTING_MUTATIONS: readonly Mutation[] = [...KEYS, ...ENDPOINTS, ...API, ...STUDIO, ...ROWS];
