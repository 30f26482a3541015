import { expectedUserRows } from "../../expect/blocked-users";
import { expectedTables } from "../../expect/tables";
import { text } from "../../model/attributes";
import { domain, plus, portal, withSmoke } from "../counts";
import { environmentOf } from "../function-environment";
import {
  allOwn,
  byAddress,
  inStack,
  logGroup,
  named,
  OneOf,
  own,
  type Expectation,
  type TypeRules,
} from "../rules";
import { refusals } from "../refusals";
import { statements } from "../statements";

const api = own("aws_api_gateway_rest_api");
const key = own("aws_kms_key", "arn");
/** The API's root for the portal's page, and the path of a user for all else. */
const place = byAddress({
  Portal: own("aws_api_gateway_rest_api", "root_resource_id"),
  "": own("aws_api_gateway_resource"),
});

const domainName: Expectation = ({ config }) => config.access?.domain?.name;
const unset: Expectation = () => undefined;
const retained: Expectation = ({ config }) => config.dataRetention === "retain";

/** The API, who is asked whether a call is let in, and the functions behind it. */
export const ACCESS = {
  aws_api_gateway_account: {
    count: { access: ({ config }) => (config.apiGatewayLogRole === "leave" ? 0 : 1) },
    fixed: { cloudwatch_role_arn: own("aws_iam_role", "arn", "LogWriter") },
    free: {
      "no method asks for a key": "api_key_version",
      "plans for keys": "features",
      "AWS's own limits": "throttle_settings",
    },
  },
  aws_api_gateway_rest_api: {
    count: { access: 1 },
    modelled: "execution_arn",
    fixed: {
      name: named("api"),
      api_key_source: "HEADER",
      "endpoint_configuration.types": ["PRIVATE"],
      "endpoint_configuration.vpc_endpoint_ids": ({ valuesOf }) =>
        valuesOf("networking", "aws_vpc_endpoint", "id", "Endpoint-execute-api_") as readonly string[],
    },
    free: {
      "repeats a resource of its own": "policy",
      assigned: "created_date root_resource_id",
      "how answers travel": "minimum_compression_size",
      "which family": "endpoint_configuration.ip_address_type",
    },
  },
  aws_api_gateway_domain_name: {
    count: { access: domain },
    modelled: "arn domain_name_id",
    fixed: {
      domain_name: domainName,
      certificate_arn: ({ config }) => config.access?.domain?.certificateArn,
      "endpoint_configuration.types": ["PRIVATE"],
      security_policy: "TLS_1_2",
      policy: statements,
    },
    free: {
      "which family": "endpoint_configuration.ip_address_type",
      assigned: "certificate_upload_date cloudfront_zone_id",
    },
  },
  aws_api_gateway_domain_name_access_association: {
    count: { access: domain },
    fixed: {
      domain_name_arn: own("aws_api_gateway_domain_name", "arn"),
      access_association_source_type: "VPCE",
      access_association_source: inStack("networking", "aws_vpc_endpoint", "id", "Endpoint-execute-api_"),
    },
  },
  aws_api_gateway_base_path_mapping: {
    count: { access: domain },
    fixed: {
      domain_name: domainName,
      domain_name_id: own("aws_api_gateway_domain_name", "domain_name_id"),
      api_id: api,
      stage_name: "studio",
    },
  },
  aws_api_gateway_rest_api_policy: { count: { access: 1 }, fixed: { rest_api_id: api, policy: statements } },
  aws_api_gateway_resource: {
    count: { access: 1 },
    fixed: {
      rest_api_id: api,
      parent_id: own("aws_api_gateway_rest_api", "root_resource_id"),
      path: "/{user_id}",
      path_part: "{user_id}",
    },
  },
  aws_api_gateway_method: {
    count: { access: plus(1, portal) },
    fixed: {
      rest_api_id: api,
      resource_id: place,
      http_method: "GET",
      authorization: byAddress({ Portal: "NONE", "": "CUSTOM" }),
      authorizer_id: byAddress({ Portal: unset, "": own("aws_api_gateway_authorizer") }),
      "request_parameters.method.request.path.user_id": byAddress({ Portal: unset, "": true }),
    },
  },
  aws_api_gateway_integration: {
    count: { access: plus(1, portal) },
    fixed: {
      rest_api_id: api,
      resource_id: place,
      http_method: "GET",
      integration_http_method: "POST",
      type: "AWS_PROXY",
      connection_type: "INTERNET",
      uri: byAddress({
        Portal: own("aws_lambda_function", "invoke_arn", "PortalFunction"),
        "": own("aws_lambda_function", "invoke_arn", "PresignFunction_Presign_"),
      }),
    },
    free: {
      "nothing is cached": "cache_namespace",
      "a proxy passes everything": "passthrough_behavior",
      "how long a caller waits": "timeout_milliseconds",
    },
  },
  aws_api_gateway_authorizer: {
    count: { access: 1 },
    fixed: {
      rest_api_id: api,
      type: "REQUEST",
      authorizer_uri: own("aws_lambda_function", "invoke_arn", "AuthorizerFunction"),
      identity_source: "method.request.header.Authorization",
      authorizer_result_ttl_in_seconds: 60,
    },
    free: { label: "name" },
  },
  aws_api_gateway_deployment: {
    count: { access: 1 },
    modelled: "triggers.policy triggers.authorizer",
    fixed: {
      rest_api_id: api,
      "triggers.endpoints": ({ valuesOf }) =>
        new OneOf(valuesOf("networking", "aws_vpc_endpoint", "id", "Endpoint-execute-api_")),
      "triggers.method": ({ valuesOf, stack }) => {
        const id = (type: string): string => String(valuesOf(stack, type, "id")[0]);
        return `GET ${id("aws_api_gateway_resource")} {user_id} CUSTOM ${id("aws_api_gateway_authorizer")}`;
      },
      "triggers.integration": ({ valuesOf, stack }) => {
        const [id] = valuesOf(stack, "aws_api_gateway_integration", "id", "Api_Integration");
        const [uri] = valuesOf(stack, "aws_api_gateway_integration", "uri", "Api_Integration");
        return `${String(id)} ${String(uri)}`;
      },
      "triggers.page": ({ valuesOf, stack }) => {
        const [uri] = valuesOf(stack, "aws_api_gateway_integration", "uri", "Portal");
        return typeof uri === "string" ? `GET NONE ${uri}` : undefined;
      },
    },
    free: {
      "what refusals look like": "triggers.responses",
      assigned: "created_date execution_arn invoke_url",
    },
  },
  aws_api_gateway_stage: {
    count: { access: 1 },
    fixed: {
      rest_api_id: api,
      stage_name: "studio",
      deployment_id: own("aws_api_gateway_deployment"),
      "access_log_settings.destination_arn": own("aws_cloudwatch_log_group", "arn", "AccessLog"),
    },
    free: {
      "no variable of a line holds a token": "access_log_settings.format",
      assigned: "execution_arn invoke_url",
      "a firewall only refuses": "web_acl_arn",
      "traces hold no token": "xray_tracing_enabled",
    },
  },
  aws_api_gateway_method_settings: {
    count: { access: 1 },
    fixed: { rest_api_id: api, stage_name: "studio", method_path: "*/*", "settings.logging_level": "ERROR" },
    free: {
      "nothing is cached":
        "settings.cache_data_encrypted settings.cache_ttl_in_seconds settings.require_authorization_for_cache_control settings.unauthorized_cache_control_header_strategy",
      "numbers for people": "settings.metrics_enabled",
      "how many calls at once": "settings.throttling_burst_limit settings.throttling_rate_limit",
    },
  },
  aws_api_gateway_gateway_response: refusals,
  aws_lambda_function: {
    count: { access: plus(withSmoke(2), portal) },
    fixed: {
      function_name: byAddress({
        AuthorizerFunction: named("authorizer"),
        PortalFunction: named("portal"),
        Smoke: named("smoke"),
        "": named("presign"),
      }),
      role: byAddress({
        AuthorizerFunction: own("aws_iam_role", "arn", "AuthorizerFunction"),
        PortalFunction: own("aws_iam_role", "arn", "PortalFunction"),
        "": own("aws_iam_role", "arn", "PresignFunction"),
      }),
      "environment.variables": environmentOf,
      handler: "index.handler",
      package_type: "Zip",
      runtime: ({ config }) => config.lambdaRuntime,
      architectures: ["arm64"],
      kms_key_arn: key,
      // What runs is what Terraform was given: a hash that differs means that the code was replaced since.
      code_sha256: ({ resource }) => text(resource, "source_code_hash"),
      version: "$LATEST",
      "logging_config.log_format": "JSON",
      "logging_config.log_group": byAddress({
        AuthorizerFunction: logGroup("lambda/authorizer"),
        PortalFunction: logGroup("lambda/portal"),
        "": logGroup("lambda/presign"),
      }),
      "vpc_config.subnet_ids": byAddress({ PresignFunction: allOwn("aws_subnet", "id", "private") }),
      "vpc_config.security_group_ids": byAddress({ PresignFunction: allOwn("aws_security_group") }),
      "tracing_config.mode": "PassThrough",
    },
    free: {
      "assigned: where the subnets are": "vpc_config.vpc_id",
      "a path in the checkout that deployed it": "filename",
      "which build it is: not judged": "source_code_hash source_code_size",
      "how fast it is": "memory_size timeout ephemeral_storage.size",
      "how many calls at once": "reserved_concurrent_executions",
      assigned:
        "invoke_arn qualified_arn qualified_invoke_arn last_modified signing_job_arn signing_profile_version_arn",
    },
  },
  aws_lambda_permission: {
    count: { access: plus(2, portal) },
    fixed: {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function_name: byAddress({
        InvokeAuthorizer: named("authorizer"),
        InvokePortal: named("portal"),
        "": named("presign"),
      }),
      source_arn: ({ valuesOf, stack, resource }) => {
        const [arn] = valuesOf(stack, "aws_api_gateway_rest_api", "execution_arn");
        const [authorizer] = valuesOf(stack, "aws_api_gateway_authorizer", "id");
        if (resource.address.includes("InvokeAuthorizer"))
          return `${String(arn)}/authorizers/${String(authorizer)}`;
        return `${String(arn)}/studio/GET/${resource.address.includes("InvokePortal") ? "" : "*"}`;
      },
    },
    free: { label: "statement_id statement_id_prefix" },
  },
  aws_dynamodb_table: {
    count: { access: ({ config }) => expectedTables(config).length },
    fixed: {
      name: ({ config }) => new OneOf(expectedTables(config)),
      hash_key: "PK",
      "attribute.name": "PK",
      "attribute.type": "S",
      "server_side_encryption.enabled": true,
      "server_side_encryption.kms_key_arn": key,
      deletion_protection_enabled: retained,
      "point_in_time_recovery.enabled": true,
    },
    free: {
      "how long copies are kept": "point_in_time_recovery.recovery_period_in_days",
      "what it costs": "billing_mode table_class read_capacity write_capacity on_demand_throughput",
    },
  },
  aws_dynamodb_table_item: {
    count: {
      lob: ({ config, lob }) =>
        1 + (lob === undefined ? 0 : expectedUserRows(config, lob).size) + (lob?.groups?.length ?? 0),
    },
    modelled: "item",
    fixed: {
      hash_key: "PK",
      // A group may be called like another table's row.
      table_name: byAddress({
        ".Directory_Group-": named("groups"),
        ".Directory_User-": named("users"),
        "": named("lobs"),
      }),
    },
  },
} as const satisfies Record<string, TypeRules>;
