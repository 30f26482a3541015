import {
  GetAuthorizersCommand,
  GetDomainNameAccessAssociationsCommand,
  GetDomainNamesCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStageCommand,
} from "@aws-sdk/client-api-gateway";

import { isThere, joined, OVERWRITES, searched, type ImportRow } from "./import-row";

export const API_ROWS: Readonly<Record<string, ImportRow>> = {
  aws_api_gateway_account: { again: "one per account and region, which Terraform sets" },
  aws_api_gateway_authorizer: searched(["rest_api_id", "name"], async (known, { apiGateway }) => {
    const { rest_api_id: restApiId = "", name } = known;
    const { items = [] } = await apiGateway.send(new GetAuthorizersCommand({ restApiId, limit: 500 }));
    return items.filter((one) => one.name === name).map(({ id = "" }) => `${restApiId}/${id}`);
  }),
  aws_api_gateway_base_path_mapping: { again: OVERWRITES },
  // Terraform cannot import what a deployment was triggered by, and would replace it.
  aws_api_gateway_deployment: {
    again: "a deployment that no stage uses does nothing, and goes with its API",
  },
  aws_api_gateway_domain_name: searched(
    ["domain_name"],
    async ({ domain_name: name = "" }, { apiGateway }) => {
      const { items = [] } = await apiGateway.send(
        new GetDomainNamesCommand({ limit: 500, resourceOwner: "SELF" }),
      );
      return items
        .filter(({ domainName }) => domainName === name)
        .map(({ domainNameId }) => (domainNameId === undefined ? name : `${name}/${domainNameId}`));
    },
  ),
  aws_api_gateway_domain_name_access_association: searched(
    ["access_association_source", "domain_name_arn"],
    async (known, { apiGateway }) => {
      const { items = [] } = await apiGateway.send(
        new GetDomainNameAccessAssociationsCommand({ limit: 500, resourceOwner: "SELF" }),
      );
      return items
        .filter(
          (one) =>
            one.accessAssociationSource === known["access_association_source"] &&
            one.domainNameArn === known["domain_name_arn"],
        )
        .flatMap(({ domainNameAccessAssociationArn: arn }) => arn ?? []);
    },
  ),
  aws_api_gateway_gateway_response: { again: OVERWRITES },
  aws_api_gateway_integration: { again: OVERWRITES },
  aws_api_gateway_method: joined(
    "/",
    ["rest_api_id", "resource_id", "http_method"],
    async ({ rest_api_id: restApiId, resource_id: resourceId, http_method: httpMethod }, { apiGateway }) =>
      isThere(apiGateway.send(new GetMethodCommand({ restApiId, resourceId, httpMethod }))),
  ),
  aws_api_gateway_method_settings: { again: OVERWRITES },
  aws_api_gateway_resource: searched(["rest_api_id", "path_part"], async (known, { apiGateway }) => {
    const { rest_api_id: restApiId = "", path_part: part } = known;
    const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId, limit: 500 }));
    return items.filter(({ pathPart }) => pathPart === part).map(({ id = "" }) => `${restApiId}/${id}`);
  }),
  aws_api_gateway_rest_api: searched(
    ["name"],
    async ({ name }, { apiGateway }) => {
      const { items = [] } = await apiGateway.send(new GetRestApisCommand({ limit: 500 }));
      return items.filter((one) => one.name === name).flatMap(({ id }) => id ?? []);
    },
    {
      made: async (restApiId, { apiGateway }) => {
        const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId, limit: 500 }));
        return { root_resource_id: items.find(({ path }) => path === "/")?.id ?? "" };
      },
    },
  ),
  aws_api_gateway_rest_api_policy: { again: OVERWRITES },
  aws_api_gateway_stage: joined(
    "/",
    ["rest_api_id", "stage_name"],
    async ({ rest_api_id: restApiId, stage_name: stageName }, { apiGateway }) =>
      isThere(apiGateway.send(new GetStageCommand({ restApiId, stageName }))),
  ),
};
