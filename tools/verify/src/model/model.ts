import type { NetworkFacts, NetworkPlace } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { blocks, byText, ofType, text, texts } from "./attributes";
import { readNetworkFacts } from "./network-facts";
import { readRoles, type PolicyText, type RoleModel } from "./roles";

/** Everything deployed that the matrices read: plain data, over all accounts. */
export interface Model {
  readonly facts: NetworkFacts;
  /** Programs that run in a VPC: functions and Studio's apps. */
  readonly places: readonly NetworkPlace[];
  readonly roles: readonly RoleModel[];
  readonly profiles: readonly ProfileModel[];
  readonly tables: readonly TableModel[];
  readonly apis: readonly ApiModel[];
  readonly domains: readonly DomainModel[];
  readonly rows: readonly RowModel[];
  /** The resources themselves, for settings that are single attributes. */
  readonly resources: readonly ResourceInstance[];
}

/** A user's profile in a Studio domain. */
export interface ProfileModel {
  readonly arn: string;
  readonly account: string;
  readonly domainId: string;
  readonly user: string;
  readonly stack: string;
}

export interface TableModel {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly resourcePolicy: PolicyText | undefined;
}

/** A private custom domain name. */
interface DomainModel {
  readonly name: string;
  readonly invokeArn: string;
  readonly policy: PolicyText | undefined;
}

interface ApiModel {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly policy: PolicyText | undefined;
}

/** A row that Terraform wrote to a table. */
interface RowModel {
  readonly table: string;
  readonly key: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export function buildModel(resources: readonly ResourceInstance[], region: string): Model {
  const facts = readNetworkFacts(resources, region);
  return {
    facts,
    places: [...functionPlaces(resources, facts), ...studioPlaces(resources, facts)],
    roles: readRoles(resources),
    profiles: ofType(resources, "aws_sagemaker_user_profile").map((profile) => ({
      arn: text(profile, "arn"),
      account: accountIn(text(profile, "arn")),
      domainId: text(profile, "domain_id"),
      user: text(profile, "user_profile_name"),
      stack: profile.stack,
    })),
    tables: readTables(resources),
    apis: readApis(resources),
    domains: readDomains(resources),
    rows: ofType(resources, "aws_dynamodb_table_item").map(readRow),
    resources,
  };
}

export function accountIn(arn: string): string {
  return arn.split(":")[4] ?? "";
}

function functionPlaces(
  resources: readonly ResourceInstance[],
  facts: NetworkFacts,
): readonly NetworkPlace[] {
  return ofType(resources, "aws_lambda_function").flatMap((lambda) => {
    const [vpc] = blocks(lambda, "vpc_config");
    if (vpc === undefined || texts(vpc, "subnet_ids").length === 0) return [];
    return placeIn(facts, `function ${text(lambda, "function_name")}`, {
      account: accountIn(text(lambda, "arn")),
      subnetIds: texts(vpc, "subnet_ids"),
      securityGroupIds: texts(vpc, "security_group_ids"),
    });
  });
}

function studioPlaces(resources: readonly ResourceInstance[], facts: NetworkFacts): readonly NetworkPlace[] {
  return ofType(resources, "aws_sagemaker_domain").flatMap((domain) => {
    const groups = blocks(domain, "default_user_settings").flatMap((settings) =>
      texts(settings, "security_groups"),
    );
    return placeIn(facts, `Studio of ${domain.stack}`, {
      account: accountIn(text(domain, "arn")),
      subnetIds: texts(domain, "subnet_ids"),
      securityGroupIds: groups,
    });
  });
}

function placeIn(
  facts: NetworkFacts,
  name: string,
  place: Pick<NetworkPlace, "account" | "subnetIds" | "securityGroupIds">,
): readonly NetworkPlace[] {
  const home = facts.subnets.find(({ subnetId }) => subnetId === place.subnetIds[0]);
  return home === undefined ? [] : [{ ...place, name, vpcId: home.vpcId }];
}

function readTables(resources: readonly ResourceInstance[]): readonly TableModel[] {
  const policies = byText(resources, "aws_dynamodb_resource_policy", "resource_arn");
  return ofType(resources, "aws_dynamodb_table").flatMap((table) => {
    const arn = text(table, "arn");
    return eachOr(policies(arn), undefined).map((policy) => ({
      arn,
      name: text(table, "name"),
      account: accountIn(arn),
      resourcePolicy: policy && { name: `policy of ${text(table, "name")}`, json: text(policy, "policy") },
    }));
  });
}

/** Which of several policies AWS has in the end is not known: each makes an entry of its own, so that all are judged. */
function eachOr<Other>(
  policies: readonly ResourceInstance[],
  without: Other,
): readonly (ResourceInstance | Other)[] {
  return policies.length === 0 ? [without] : policies;
}

function readApis(resources: readonly ResourceInstance[]): readonly ApiModel[] {
  const policies = byText(resources, "aws_api_gateway_rest_api_policy", "rest_api_id");
  return ofType(resources, "aws_api_gateway_rest_api").flatMap((api) => {
    const id = text(api, "id");
    return eachOr(policies(id), api).map((policy) => {
      const json = text(policy, "policy");
      return {
        id,
        account: accountIn(text(api, "execution_arn")),
        name: text(api, "name"),
        policy: json === "" ? undefined : { name: `policy of ${text(api, "name")}`, json },
      };
    });
  });
}

function readDomains(resources: readonly ResourceInstance[]): readonly DomainModel[] {
  return ofType(resources, "aws_api_gateway_domain_name").map((domain) => {
    const [name, json] = [text(domain, "domain_name"), text(domain, "policy")];
    return {
      name,
      // The same path for the two services: arn:aws:apigateway:REGION:ACCOUNT:/domainnames/NAME+ID
      invokeArn: text(domain, "arn").replace(":apigateway:", ":execute-api:"),
      policy: json === "" ? undefined : { name: `policy of ${name}`, json },
    };
  });
}

function readRow(item: ResourceInstance): RowModel {
  const parsed = JSON.parse(text(item, "item")) as Record<string, { readonly S?: string }>;
  const attributes = Object.fromEntries(Object.entries(parsed).map(([name, { S = "" }]) => [name, S]));
  return { table: text(item, "table_name"), key: attributes["PK"] ?? "", attributes };
}
