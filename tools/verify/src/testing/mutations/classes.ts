import { isRecord, type ResourceInstance } from "@studio-access/terraform";

import { CHANGES } from "../../closed-world/changes";
import { text } from "../../model/attributes";
import type { Change, State } from "./mutation";
import { ALWAYS_TRUE, documentOf } from "./policy-edits";

/** A wrong change of a class of causes that once made the proofs green by not looking. */
export interface ClassedChange {
  readonly name: string;
  readonly change: Change;
}

type Values = ResourceInstance["values"];

const FOREIGN = "444444444444";

/** The classes, each with variants that are made of a state. */
export const CLASSES: Readonly<Record<string, (state: State) => readonly ClassedChange[]>> = {
  "V1 a condition that always holds": alwaysTrue,
  "V2 a stranger's name": strangers,
  "V3 a known type that leads out": waysOut,
  "V4 one of two with the same name": duplicates,
  "V5 a setting": settings,
  "V6 who may change who may": changers,
};

function put(resource: ResourceInstance, values: Values, name: string): ClassedChange {
  const changed = { ...resource, values: { ...resource.values, ...values } };
  return {
    name: `${name}: ${resource.stack}/${resource.address}`,
    change: (state) => state.map((each) => (each === resource ? changed : each)),
  };
}

function added(stack: string, type: string, values: Values, name: string, first = false): ClassedChange {
  const resource = { stack, address: `${type}.Added`, mode: "managed", type, values } as const;
  return {
    name: `${name}: ${stack}/${type}`,
    change: (state) => (first ? [resource, ...state] : [...state, resource]),
  };
}

function ofType(state: State, ...types: readonly string[]): readonly ResourceInstance[] {
  return state.filter(({ mode, type }) => mode === "managed" && types.includes(type));
}

/** Changes each statement of each policy; of those that `edit` leaves alone, none. */
function eachStatement(
  state: State,
  name: string,
  edit: (statement: Values) => Values | undefined,
): readonly ClassedChange[] {
  return state.flatMap((resource) =>
    Object.entries(resource.mode === "managed" ? resource.values : {}).flatMap(([path, value]) => {
      const document = typeof value === "string" ? documentOf(value) : undefined;
      return (document?.statements ?? []).flatMap((statement, index) => {
        const changed = edit(statement);
        if (document === undefined || changed === undefined) return [];
        const all = document.statements.map((each, at) => (at === index ? changed : each));
        return [put(resource, { [path]: document.write(all) }, `${name}, statement ${index}`)];
      });
    }),
  );
}

function alwaysTrue(state: State): readonly ClassedChange[] {
  return Object.entries(ALWAYS_TRUE).flatMap(([name, Condition]) =>
    eachStatement(state, `only ${name}`, (statement) =>
      statement["Condition"] === undefined || statement["Effect"] === "Deny"
        ? undefined
        : { ...statement, Condition },
    ),
  );
}

/** Trusts, endpoints and conditions gain a name that the config does not have. */
function strangers(state: State): readonly ClassedChange[] {
  const principals = [
    `arn:aws:iam::${FOREIGN}:role/partner`,
    `arn:aws:iam::${FOREIGN}:root`,
    `arn:aws:iam::${FOREIGN}:user/eve`,
  ];
  return [
    ...principals.flatMap((stranger) =>
      eachStatement(state, `trusts ${stranger}`, (statement) => {
        const principal = statement["Principal"];
        if (!isRecord(principal) || statement["Effect"] === "Deny") return undefined;
        return {
          ...statement,
          Condition: {},
          Principal: { ...principal, AWS: [...[principal["AWS"] ?? []].flat(), stranger] },
        };
      }),
    ),
    ...["aws:SourceVpce", "aws:PrincipalAccount", "aws:ResourceAccount", "aws:PrincipalArn"].flatMap((key) =>
      eachStatement(state, `one more ${key}`, (statement) => withStranger(statement, key)),
    ),
  ];
}

const STRANGERS: Readonly<Record<string, string>> = {
  "aws:SourceVpce": "vpce-0123456789abcdef0",
  "aws:PrincipalArn": `arn:aws:iam::${FOREIGN}:role/partner`,
};

function withStranger(statement: Values, key: string): Values | undefined {
  const conditions = statement["Condition"];
  if (!isRecord(conditions) || statement["Effect"] === "Deny") return undefined;
  const operator = Object.keys(conditions).find((each) => {
    const keys = conditions[each];
    return isRecord(keys) && key in keys;
  });
  const keys = operator === undefined ? undefined : conditions[operator];
  if (operator === undefined || !isRecord(keys)) return undefined;
  const values = [...[keys[key]].flat(), STRANGERS[key] ?? FOREIGN];
  return { ...statement, Condition: { ...conditions, [operator]: { ...keys, [key]: values } } };
}

const TARGETS = {
  nat_gateway_id: "nat-0added",
  gateway_id: "igw-0added",
  network_interface_id: "eni-0added",
  egress_only_gateway_id: "eigw-0added",
  vpc_peering_connection_id: "pcx-0added",
  vpc_endpoint_id: "vpce-0added",
  transit_gateway_id: "tgw-0added",
  core_network_arn: "arn:aws:networkmanager::111111111111:core-network/core-network-0added",
} as const;

const DESTINATIONS = [
  { destination_cidr_block: "0.0.0.0/0" },
  { destination_cidr_block: "52.0.0.0/8" },
  { destination_ipv6_cidr_block: "::/0" },
  { destination_prefix_list_id: "pl-0added" },
] as const;

function waysOut(state: State): readonly ClassedChange[] {
  const spokes = ofType(state, "aws_route_table").filter(({ stack }) => stack !== "on-premise");
  return [
    ...spokes.flatMap((table) =>
      Object.entries(TARGETS).flatMap(([attribute, target]) =>
        DESTINATIONS.map((destination) =>
          added(
            table.stack,
            "aws_route",
            { route_table_id: text(table, "id"), state: "active", ...destination, [attribute]: target },
            `a route of ${table.address} to ${target} for ${Object.values(destination).join()}`,
          ),
        ),
      ),
    ),
    ...ofType(state, "aws_route53_record").map((record) =>
      put(record, { alias: [{ name: "elsewhere.example.com", zone_id: "ZELSEWHERE" }] }, "leads elsewhere"),
    ),
    ...ofType(state, "aws_subnet").map((subnet) =>
      put(subnet, { map_public_ip_on_launch: true }, "public addresses"),
    ),
    ...ofType(state, "aws_vpc").flatMap(({ stack, values }) => [
      added(
        stack,
        "aws_vpc_peering_connection",
        {
          vpc_id: values["id"],
          peer_owner_id: FOREIGN,
          peer_vpc_id: "vpc-0foreign",
          accept_status: "active",
        },
        "a foreign peering",
      ),
      added(stack, "aws_eip", { domain: "vpc", public_ip: "198.51.100.7" }, "a public address"),
      added(
        stack,
        "aws_route53_resolver_rule",
        { domain_name: "amazonaws.com", rule_type: "FORWARD" },
        "names of AWS's are forwarded",
      ),
    ]),
    ...ofType(state, "aws_subnet").map((subnet) =>
      added(
        subnet.stack,
        "aws_ram_resource_association",
        { resource_arn: text(subnet, "arn") },
        `${subnet.address} is shared`,
      ),
    ),
  ];
}

/** A twin that comes first in the state, and differs in what lets in: of two, no row may forget the first. */
function duplicates(state: State): readonly ClassedChange[] {
  const weaker: Readonly<Record<string, Values>> = {
    aws_api_gateway_method: { authorization: "NONE", authorizer_id: "" },
    aws_api_gateway_authorizer: { authorizer_result_ttl_in_seconds: 3600 },
    aws_api_gateway_stage: { deployment_id: "older" },
    aws_api_gateway_method_settings: { settings: [{ caching_enabled: true }] },
    aws_api_gateway_rest_api_policy: { policy: allowAll() },
    aws_vpc_endpoint: { policy: allowAll() },
    aws_dynamodb_table_item: {},
    aws_lambda_function: { handler: "other.handler" },
    aws_iam_role: { assume_role_policy: allowAll() },
    aws_kms_key: { policy: allowAll() },
    aws_sagemaker_user_profile: {},
    aws_sagemaker_domain: { auth_mode: "SSO" },
    aws_route53_record: { alias: [{ name: "elsewhere.example.com" }] },
  };
  return ofType(state, ...Object.keys(weaker)).flatMap((resource) => {
    const values = { ...resource.values, ...weaker[resource.type] };
    const twin = { ...resource, address: `${resource.address}_twin`, values };
    return [
      { name: `a twin first: ${resource.stack}/${resource.address}`, change: (all) => [twin, ...all] },
      { name: `a twin last: ${resource.stack}/${resource.address}`, change: (all) => [...all, twin] },
    ];
  });
}

function allowAll(): string {
  const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** Settings that nothing read: the integration, functions' variables, the pool, the VPCs, the API. */
function settings(state: State): readonly ClassedChange[] {
  const of = (type: string, ...all: readonly Values[]): readonly ClassedChange[] =>
    ofType(state, type).flatMap((resource) =>
      all.map((values) => put(resource, values, Object.keys(values).join())),
    );
  return [
    ...of(
      "aws_api_gateway_integration",
      { uri: "arn:aws:apigateway:eu-west-1:lambda:path/other" },
      { type: "MOCK" },
      { credentials: "arn:aws:iam::444444444444:role/x" },
    ),
    ...ofType(state, "aws_lambda_function").flatMap((lambda) => {
      const [block] = lambda.values["environment"] as readonly { readonly variables: Values }[];
      return Object.keys(block?.variables ?? {}).map((name) =>
        put(lambda, { environment: [{ variables: { ...block?.variables, [name]: "other" } }] }, name),
      );
    }),
    ...of(
      "aws_lambda_function",
      { layers: ["arn:aws:lambda:eu-west-1:444444444444:layer:x:1"] },
      { role: "arn:aws:iam::111111111111:role/other" },
      { code_sha256: "other" },
    ),
    ...of(
      "aws_cognito_user_pool",
      { admin_create_user_config: [{ allow_admin_create_user_only: false }] },
      { mfa_configuration: "OFF" },
      { lambda_config: [{ pre_sign_up: "arn:aws:lambda:x" }] },
    ),
    ...of(
      "aws_cognito_user_pool_client",
      { explicit_auth_flows: ["ALLOW_CUSTOM_AUTH"] },
      { callback_urls: ["https://example.com"] },
    ),
    ...of(
      "aws_vpc",
      { enable_dns_support: false },
      { enable_dns_hostnames: false },
      { assign_generated_ipv6_cidr_block: true },
    ),
    ...of(
      "aws_api_gateway_rest_api",
      { disable_execute_api_endpoint: true },
      { api_key_source: "AUTHORIZER" },
      { endpoint_configuration: [{ types: ["REGIONAL"] }] },
    ),
  ];
}

/** Each action that changes who may, for each role's policy in turn. */
function changers(state: State): readonly ClassedChange[] {
  const policies = ofType(state, "aws_iam_role_policy");
  return CHANGES.flatMap(({ actions }) => actions).flatMap((action, index) => {
    const policy = policies[index % policies.length];
    const document = policy && documentOf(text(policy, "policy"));
    if (policy === undefined || document === undefined) return [];
    const statement = { Effect: "Allow", Action: action, Resource: "*" };
    return [put(policy, { policy: document.write([...document.statements, statement]) }, action)];
  });
}
