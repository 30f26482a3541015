import { isRecord } from "@studio-access/terraform";

import { VALUE } from "../../matrices/settings-matrix";
import {
  add,
  all,
  of,
  only,
  policy,
  replace,
  set,
  type Change,
  type Mutation,
  type Target,
} from "./mutation";

type Values = Readonly<Record<string, unknown>>;

const PRESIGN: Target = ["access", "aws_lambda_function", "PresignFunction"];
const DOMAIN: Target = ["lob-a", "aws_sagemaker_domain"];
const METHOD: Target = ["access", "aws_api_gateway_method", "Api_Get_"];
const INTEGRATION: Target = ["access", "aws_api_gateway_integration", "Api_Integration"];
const REFUSAL: Target = ["access", "aws_api_gateway_gateway_response", "Unauthorized"];
const REFUSALS = "gatewayresponse.header";

function wrong(name: string, place: string, change: Change): Mutation {
  return { name, change, cell: ["settings", place, VALUE] };
}

/** Changes the first block of a resource. */
function block(target: Target, name: string, values: (old: Values) => Values): Change {
  return set(target, (state) => {
    const blocks = only(state, target).values[name];
    const first: unknown = Array.isArray(blocks) ? blocks[0] : undefined;
    return { [name]: [{ ...(isRecord(first) ? first : {}), ...values(isRecord(first) ? first : {}) }] };
  });
}

/** One more of the kind of a resource, with other values. */
function another(target: Target, values: Values): Change {
  return (state) => add(target[0], target[1], { ...only(state, target).values, ...values })(state);
}

function variable(name: string, value: string): Change {
  return block(PRESIGN, "environment", ({ variables }) => ({
    variables: { ...(isRecord(variables) ? variables : {}), [name]: value },
  }));
}

/** What API Gateway answers by itself. */
const REFUSED: readonly Mutation[] = [
  wrong(
    "who is not signed in is led to another site",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, {
      status_code: "302",
      response_parameters: { [`${REFUSALS}.Location`]: "'https://elsewhere.example.com'" },
    }),
  ),
  wrong(
    "every site may read refusals",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, {
      response_parameters: {
        [`${REFUSALS}.Cache-Control`]: "'no-store'",
        [`${REFUSALS}.Access-Control-Allow-Origin`]: "'*'",
      },
    }),
  ),
  wrong(
    "a refusal says that all is well",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, { status_code: "200" }),
  ),
  wrong(
    "a refusal is a page",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, { response_templates: { "text/html": "<script>1</script>" } }),
  ),
  wrong(
    "a refusal has another one's words",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, (state) => ({
      response_templates: only(state, [REFUSAL[0], REFUSAL[1], "Throttled"]).values["response_templates"],
    })),
  ),
  wrong(
    "a refusal repeats the path that was asked for",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, {
      response_templates: {
        "application/json": `{"code":"unauthorized","message":"$context.path","requestId":"$context.requestId"}`,
      },
    }),
  ),
  wrong(
    "a refusal takes another one's place",
    "access: aws_api_gateway_gateway_response",
    set(REFUSAL, { response_type: "THROTTLED", status_code: "429" }),
  ),
];

/** The API and the functions behind it. */
const SERVED: readonly Mutation[] = [
  wrong(
    "the method asks a second authorizer",
    "access: aws_api_gateway_authorizer",
    all(
      another(["access", "aws_api_gateway_authorizer"], { id: "second", name: "second" }),
      set(METHOD, { authorizer_id: "second" }),
    ),
  ),
  wrong(
    "the stage has variables",
    "access: aws_api_gateway_stage",
    set(["access", "aws_api_gateway_stage"], { variables: { function: "other" } }),
  ),
  wrong(
    "a tenth of the calls goes to another deployment",
    "access: aws_api_gateway_stage",
    set(["access", "aws_api_gateway_stage"], {
      canary_settings: [{ deployment_id: "other", percent_traffic: 10 }],
    }),
  ),
  wrong(
    "the API's every method may call the presign function",
    "access: aws_lambda_permission",
    replace(["access", "aws_lambda_permission", "InvokePresign"], "source_arn", "studio/GET/", ""),
  ),
  wrong(
    "the API calls an older version of the presign function",
    "access: aws_api_gateway_integration",
    replace(INTEGRATION, "uri", "presign/invocations", "presign:1/invocations"),
  ),
  wrong(
    "the presign function has a foreign layer",
    "access: aws_lambda_function",
    set(PRESIGN, { layers: ["arn:aws:lambda:eu-west-1:999999999999:layer:other:1"] }),
  ),
  wrong(
    "the presign function asks another STS",
    "access: aws_lambda_function",
    variable("AWS_ENDPOINT_URL_STS", "https://elsewhere.example.com"),
  ),
  wrong(
    "the portal's function has the presign function's role",
    "access: aws_lambda_function",
    set(["access", "aws_lambda_function", "PortalFunction"], (state) => ({
      role: of(state, PRESIGN, "role"),
    })),
  ),
  wrong(
    "the name leads to the endpoint of STS",
    "access: aws_api_gateway_domain_name_access_association",
    set(["access", "aws_api_gateway_domain_name_access_association"], (state) => ({
      access_association_source: of(state, ["networking", "aws_vpc_endpoint", "Endpoint-sts"], "id"),
    })),
  ),
  wrong(
    "a partner writes the groups",
    "access: aws_dynamodb_resource_policy",
    add("access", "aws_dynamodb_resource_policy", (state) => ({
      resource_arn: of(state, ["access", "aws_dynamodb_table", "Groups"], "arn"),
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Principal: { AWS: "444444444444" }, Action: "*", Resource: "*" },
      }),
    })),
  ),
];

/** A line of business and the network. */
const AROUND: readonly Mutation[] = [
  wrong(
    "a route table's own block leads to a NAT gateway",
    "lob-a: aws_route_table",
    set(["lob-a", "aws_route_table", "private"], {
      route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-0123456789abcdef0" }],
    }),
  ),
  wrong(
    "the key decrypts for whoever comes through S3",
    "lob-a: aws_kms_key",
    policy(["lob-a", "aws_kms_key"], "policy", (statements) => [
      ...statements,
      {
        ...{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" },
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
    ]),
  ),
  wrong(
    "Studio's apps may send to a foreign prefix list",
    "lob-a: aws_vpc_security_group_egress_rule",
    another(["lob-a", "aws_vpc_security_group_egress_rule", "TlsToHub"], {
      id: "sgr-0123456789abcdef0",
      cidr_ipv4: "",
      prefix_list_id: "pl-0123456789abcdef0",
    }),
  ),
  wrong(
    "sessions of apps no longer name their user",
    "lob-a: aws_sagemaker_domain",
    block(DOMAIN, "domain_settings", () => ({ execution_role_identity_config: "DISABLED" })),
  ),
  wrong(
    "apps mount a foreign file system",
    "lob-a: aws_sagemaker_domain",
    block(DOMAIN, "default_user_settings", () => ({
      custom_file_system_config: [{ efs_file_system_config: [{ file_system_id: "fs-0bad" }] }],
    })),
  ),
  wrong(
    "the name of STS has an IPv6 address elsewhere",
    "networking: aws_route53_record",
    another(["networking", "aws_route53_record", "Record-sts"], {
      id: "elsewhere",
      type: "AAAA",
      alias: [{ name: "elsewhere.example.com", zone_id: "Z0BAD" }],
    }),
  ),
  wrong(
    "an endpoint leads to another region",
    "networking: aws_vpc_endpoint",
    set(["networking", "aws_vpc_endpoint", "Endpoint-sts"], { service_region: "us-east-1" }),
  ),
];

/** Wrong deployments that were invented without a look at the table, in a state with groups, a portal and a name of its own. */
export const FURTHER_MUTATIONS: readonly Mutation[] = [...REFUSED, ...SERVED, ...AROUND];
