/**
 * Records the sample's states from a local deployment of config/local.json that is up, and holds:
 * `npm run -w tools/verify sample`. Nothing but what verify reads is kept, so no password gets in.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { SAMPLE_FOLDER, SAMPLE_STACKS } from "./sample";

interface State {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** The attributes that verify reads, by type; resources of other types are left out. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_authorizer: [
    "authorizer_result_ttl_in_seconds",
    "authorizer_uri",
    "id",
    "identity_source",
    "type",
  ],
  aws_api_gateway_deployment: ["id", "rest_api_id", "triggers"],
  aws_api_gateway_integration: ["http_method", "resource_id", "uri"],
  aws_api_gateway_method: ["authorization", "authorizer_id", "http_method", "resource_id"],
  aws_api_gateway_method_settings: ["method_path", "rest_api_id", "settings", "stage_name"],
  aws_api_gateway_rest_api: ["endpoint_configuration", "execution_arn", "id", "name", "root_resource_id"],
  aws_api_gateway_resource: ["id", "path"],
  aws_api_gateway_rest_api_policy: ["policy", "rest_api_id"],
  aws_api_gateway_stage: ["cache_cluster_enabled", "deployment_id", "rest_api_id", "stage_name"],
  aws_default_security_group: ["id", "name", "vpc_id"],
  aws_dynamodb_table: ["arn", "name", "server_side_encryption"],
  aws_dynamodb_table_item: ["item", "table_name"],
  aws_ec2_transit_gateway: [
    "auto_accept_shared_attachments",
    "default_route_table_association",
    "default_route_table_propagation",
    "id",
    "owner_id",
  ],
  aws_ec2_transit_gateway_route_table: ["id", "transit_gateway_id"],
  aws_ec2_transit_gateway_route_table_association: [
    "transit_gateway_attachment_id",
    "transit_gateway_route_table_id",
  ],
  aws_ec2_transit_gateway_route_table_propagation: [
    "transit_gateway_attachment_id",
    "transit_gateway_route_table_id",
  ],
  aws_ec2_transit_gateway_vpc_attachment: [
    "id",
    "subnet_ids",
    "transit_gateway_id",
    "vpc_id",
    "vpc_owner_id",
  ],
  aws_ec2_transit_gateway_vpc_attachment_accepter: ["transit_gateway_attachment_id"],
  aws_iam_role: ["arn", "assume_role_policy", "name"],
  aws_iam_role_policy: ["name", "policy", "role"],
  aws_kms_key: ["arn", "description", "policy"],
  aws_lambda_function: ["arn", "function_name", "invoke_arn", "vpc_config"],
  aws_prefix_list: ["id", "name"],
  aws_route: ["destination_cidr_block", "route_table_id", "state", "transit_gateway_id"],
  aws_route53_record: ["alias", "fqdn", "name", "type", "zone_id"],
  aws_route53_resolver_endpoint: ["arn", "direction", "host_vpc_id", "id", "security_group_ids"],
  aws_cloudwatch_log_resource_policy: ["id", "policy_document"],
  aws_route53_resolver_firewall_config: ["firewall_fail_open", "id", "resource_id"],
  aws_route53_resolver_firewall_domain_list: ["arn", "domains", "id"],
  aws_route53_resolver_firewall_rule: [
    "action",
    "block_response",
    "firewall_domain_list_id",
    "firewall_domain_redirection_action",
    "firewall_rule_group_id",
    "id",
    "priority",
    "q_type",
  ],
  aws_route53_resolver_firewall_rule_group: ["arn", "id"],
  aws_route53_resolver_firewall_rule_group_association: [
    "firewall_rule_group_id",
    "id",
    "priority",
    "vpc_id",
  ],
  aws_route53_resolver_query_log_config: ["arn", "destination_arn", "id"],
  aws_route53_resolver_query_log_config_association: ["id", "resource_id", "resolver_query_log_config_id"],
  aws_route53_zone: ["name", "vpc", "zone_id"],
  aws_route53_zone_association: ["vpc_id", "zone_id"],
  aws_route_table: ["id", "vpc_id"],
  aws_route_table_association: ["route_table_id", "subnet_id"],
  aws_sagemaker_domain: [
    "app_network_access_type",
    "arn",
    "auth_mode",
    "default_user_settings",
    "domain_settings",
    "id",
    "subnet_ids",
  ],
  aws_sagemaker_user_profile: ["arn", "domain_id", "user_profile_name", "user_settings"],
  aws_security_group: ["id", "name", "vpc_id"],
  aws_subnet: ["cidr_block", "id", "vpc_id"],
  aws_vpc: ["cidr_block", "id", "main_route_table_id", "owner_id"],
  aws_vpc_endpoint: [
    "dns_entry",
    "id",
    "owner_id",
    "policy",
    "prefix_list_id",
    "private_dns_enabled",
    "route_table_ids",
    "security_group_ids",
    "service_name",
    "state",
    "subnet_ids",
    "vpc_endpoint_type",
    "vpc_id",
  ],
  aws_vpc_security_group_egress_rule: [
    "cidr_ipv4",
    "from_port",
    "ip_protocol",
    "prefix_list_id",
    "referenced_security_group_id",
    "security_group_id",
    "to_port",
  ],
  aws_vpc_security_group_ingress_rule: [
    "cidr_ipv4",
    "from_port",
    "ip_protocol",
    "referenced_security_group_id",
    "security_group_id",
    "to_port",
  ],
};

const STATES = join(__dirname, "../../../../.studio-access/state/local");

function reduced({ resources }: State): State & { readonly version: number } {
  return {
    version: 4,
    resources: resources.flatMap(({ mode, type, name, instances }) => {
      const kept = KEPT[type];
      if (kept === undefined) return [];
      const attributesOf = (all: Readonly<Record<string, unknown>>): Record<string, unknown> =>
        Object.fromEntries(kept.flatMap((key) => (key in all ? [[key, all[key]]] : [])));
      return [
        {
          mode,
          type,
          name,
          instances: instances.map(({ attributes }) => ({ attributes: attributesOf(attributes) })),
        },
      ];
    }),
  };
}

for (const stack of SAMPLE_STACKS) {
  const state = JSON.parse(readFileSync(join(STATES, `${stack}.tfstate`), "utf8")) as State;
  const text = `${JSON.stringify(reduced(state), undefined, 1)}\n`;
  writeFileSync(join(SAMPLE_FOLDER, `${stack}.state.json`), text);
}
