import type { Config } from "@studio-access/config";
import type { Model } from "../model/model";
import { ofType, text } from "../model/attributes";

/** A resource that the config does not call for. */
export interface UnexpectedResource {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

/** The resource types that the stacks use: a matrix reads each of them, or the type grants no access. */
const KNOWN =
  /^(?:terraform_\w+|random_\w+|aws_(?:api_gateway_(?:account|authorizer|deployment|gateway_response|integration|method|method_settings|resource|rest_api|rest_api_policy|stage)|cloudwatch_\w+|cognito_user|cognito_user_pool|cognito_user_pool_client|cognito_user_pool_domain|default_security_group|dynamodb_(?:table|table_item|resource_policy)|ec2_managed_prefix_list|ec2_transit_gateway|ec2_transit_gateway_(?:route|route_table|route_table_association|route_table_propagation|vpc_attachment|vpc_attachment_accepter)|eip|flow_log|iam_(?:instance_profile|openid_connect_provider|policy|role|role_policy|role_policy_attachment)|instance|internet_gateway|key_pair|kms_alias|kms_key|lambda_function|lambda_permission|nat_gateway|prefix_list|ram_(?:principal_association|resource_association|resource_share|resource_share_accepter)|route|route_table|route_table_association|route53_(?:record|resolver_endpoint|resolver_firewall_(?:config|domain_list|rule|rule_group|rule_group_association)|resolver_query_log_config|resolver_query_log_config_association|resolver_rule|resolver_rule_association|vpc_association_authorization|zone|zone_association)|s3_bucket\w*|sagemaker_domain|sagemaker_user_profile|secretsmanager_random_password|security_group|security_group_rule|sns_topic\w*|ssm_parameter|subnet|vpc|vpc_endpoint|vpc_endpoint_policy|vpc_endpoint_route_table_association|vpc_ipv4_cidr_block_association|vpc_peering_connection|vpc_peering_connection_accepter|vpc_security_group_(?:egress|ingress)_rule))$/;

/** Resources that no matrix reads and the config does not call for: a network ACL, a VPN, a user with access keys, … */
export function unexpectedSettings(model: Model, config: Config): readonly UnexpectedResource[] {
  return [...unexpectedTypes(model), ...unexpectedInvokers(model), ...unexpectedShares(model, config)];
}

function unexpectedTypes({ resources }: Model): readonly UnexpectedResource[] {
  const unexpected = resources.filter(({ type, mode }) => mode === "managed" && !KNOWN.test(type));
  return unexpected.map(({ stack, address }) => ({
    name: `${stack}: ${address}`,
    value: "deployed",
    reason: "no matrix reads resources of this type, so the access that it grants is not known",
  }));
}

/** Permissions to invoke a function for anyone but our API. */
function unexpectedInvokers({ resources, apis }: Model): readonly UnexpectedResource[] {
  return ofType(resources, "aws_lambda_permission")
    .filter((permission) => {
      const byApi = text(permission, "principal") === "apigateway.amazonaws.com";
      return (
        !byApi ||
        !apis.some(({ id, account }) => text(permission, "source_arn").includes(`:${account}:${id}/`))
      );
    })
    .map((permission) => ({
      name: `function ${text(permission, "function_name")}: invoked by ${text(permission, "principal")}`,
      value: text(permission, "source_arn") || "anything of its",
      reason: permission.address,
    }));
}

/** Resource shares with anyone but the accounts of the lines of business and the whole Organization. */
function unexpectedShares(
  { resources }: Model,
  { linesOfBusiness, organizationId }: Config,
): readonly UnexpectedResource[] {
  const accounts = new Set(linesOfBusiness.map(({ account }) => account.id));
  return ofType(resources, "aws_ram_principal_association")
    .filter((association) => {
      const principal = text(association, "principal");
      const organization = organizationId !== null && principal.endsWith(`/${organizationId}`);
      return !accounts.has(principal) && !organization;
    })
    .map((association) => ({
      name: `resource share: ${text(association, "principal")}`,
      value: "shared with",
      reason: `${association.stack}: ${association.address}`,
    }));
}
