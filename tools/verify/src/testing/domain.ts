import type { Config } from "@studio-access/config";
import type { ResourceInstance } from "@studio-access/terraform";

import { sampleConfig } from "./sample";

const NAME = "studio.corp.example.com";
const PLACE = "eu-west-1:111111111111";
const ID = `${NAME}+f6599c35ad`;
const ARN = `arn:aws:apigateway:${PLACE}:/domainnames/${ID}`;
const CERTIFICATE = `arn:aws:acm:${PLACE}:certificate/0a1b2c3d-4e5f-6789-abcd-ef0123456789`;

type Values = ResourceInstance["values"];

/** The sample's config with a name of the company's own for the API. */
export const domainConfig: Config = {
  ...sampleConfig,
  access: { ...sampleConfig.access, domain: { name: NAME, certificateArn: CERTIFICATE } },
};

/** The sample's state with that name, as the provider writes it. */
export function withDomain(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  const found = (stack: string, type: string, part = ""): Values => {
    const resource = state.find(
      (each) => each.stack === stack && each.type === type && each.address.includes(part),
    );
    if (resource === undefined) throw new Error(`the sample has no ${type} ${part}`);
    return resource.values;
  };
  const endpoint = found("networking", "aws_vpc_endpoint", "Endpoint-execute-api_");
  const [zone, record] = ["aws_route53_zone", "aws_route53_record"].map((type) => found("access", type));
  const zoneIds = { id: "ZOFDOMAIN", zone_id: "ZOFDOMAIN", arn: "arn:aws:route53:::hostedzone/ZOFDOMAIN" };
  const added: readonly (readonly [type: string, id: string, values: Values])[] = [
    [
      "aws_api_gateway_domain_name",
      "Name",
      {
        ...{ id: ID.replace("+", "/"), arn: ARN, domain_name: NAME, domain_name_id: "f6599c35ad" },
        ...{ certificate_arn: CERTIFICATE, security_policy: "TLS_1_2" },
        certificate_upload_date: "2026-11-28T16:48:38Z",
        cloudfront_zone_id: "Z2FDTNDATAQYW2",
        endpoint_configuration: [{ ip_address_type: "dualstack", types: ["PRIVATE"] }],
        policy: onlyThrough(String(endpoint["id"])),
      },
    ],
    [
      "aws_api_gateway_domain_name_access_association",
      "Association",
      {
        id: `${ARN}-association`,
        arn: `${ARN}-association`,
        domain_name_arn: ARN,
        access_association_source: endpoint["id"],
        access_association_source_type: "VPCE",
      },
    ],
    [
      "aws_api_gateway_base_path_mapping",
      "Mapping",
      {
        id: `${NAME}//f6599c35ad`,
        ...{ domain_name: NAME, domain_name_id: "f6599c35ad", stage_name: "studio" },
        api_id: found("access", "aws_api_gateway_rest_api")["id"],
      },
    ],
    ["aws_route53_zone", "Zone", { ...zone, ...zoneIds, name: NAME }],
    [
      "aws_route53_record",
      "Zone_Record",
      { ...record, id: NAME, zone_id: "ZOFDOMAIN", name: NAME, fqdn: NAME },
    ],
  ];
  return [
    ...state.map(named),
    // The simulated corporate network, where the state has it, resolves the name.
    ...state
      .filter(({ stack, address }) => stack === "on-premise" && address.includes("HubPeering_Zone-api"))
      .map((association) => ({
        ...association,
        address: association.address.replace("Zone-api", "Zone-domain"),
        values: { ...association.values, ...associated(association.values) },
      })),
    ...added.map(([type, id, values]): ResourceInstance => ({
      stack: "access",
      address: `${type}.Domain_${id}_00000000`,
      mode: "managed",
      type,
      values,
    })),
  ];
}

function associated({ vpc_id: vpcId }: Values): Values {
  return { id: `ZOFDOMAIN:${String(vpcId)}`, zone_id: "ZOFDOMAIN" };
}

function onlyThrough(endpoint: string): string {
  const calls = {
    Principal: "*",
    Action: "execute-api:Invoke",
    Resource: `arn:aws:execute-api:${PLACE}:/domainnames/${NAME}+*`,
  };
  const source = { "aws:SourceVpce": endpoint };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "ThroughEndpoint", Effect: "Allow", ...calls, Condition: { StringEquals: source } },
      { Sid: "NoOtherWay", Effect: "Deny", ...calls, Condition: { StringNotEquals: source } },
    ],
  });
}

/** People return to the name, and it resolves in the hub. */
function named(resource: ResourceInstance): ResourceInstance {
  const { stack, type, address, values } = resource;
  if (type === "aws_cognito_user_pool_client")
    return {
      ...resource,
      values: { ...values, callback_urls: [`https://${NAME}`], logout_urls: [`https://${NAME}`] },
    };
  const isList = type === "aws_route53_resolver_firewall_domain_list" && address.includes("AllowedNames");
  if (stack !== "networking" || !isList) return resource;
  return { ...resource, values: { ...values, domains: [...(values["domains"] as string[]), `${NAME}.`] } };
}
