import { evaluateRequest, type AuthorizationRequest } from "@studio-access/policy";

import type { Config } from "@studio-access/config";
import { presignRoleArn } from "../expect/roles";
import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import type { CellResult, Matrix } from "./matrix";
import { ANYTHING, orUnknown, PolicyCache, reasonOf, FOREIGN_ACCOUNT } from "./policies";
import { regionContext, ownResourceContext, sessionOf } from "./sessions";

type Endpoint = Model["facts"]["endpoints"][number];

export const OURS = "our principal, our resource";
export const FOREIGN_PRINCIPAL = "foreign principal";
export const FOREIGN_RESOURCE = "foreign resource";
export const ALL_FOREIGN = "foreign principal, foreign resource";

/** By service: an example of a request through its endpoint, for a resource of the given account. */
const REQUESTS: Readonly<
  Record<string, (region: string, account: string) => Omit<AuthorizationRequest, "principal">>
> = {
  "sagemaker-api": (region, account) => ({
    action: "sagemaker:CreatePresignedDomainUrl",
    resource: `arn:aws:sagemaker:${region}:${account}:user-profile/d-example/user`,
  }),
  studio: (region, account) => ({
    action: "sagemaker:CreateApp",
    resource: `arn:aws:sagemaker:${region}:${account}:app/d-example/user/jupyterlab/default`,
  }),
  "sagemaker-runtime": (region, account) => ({
    action: "sagemaker:InvokeEndpoint",
    resource: `arn:aws:sagemaker:${region}:${account}:endpoint/example`,
  }),
  sts: (_region, account) => ({ action: "sts:AssumeRole", resource: `arn:aws:iam::${account}:role/example` }),
  logs: (region, account) => ({
    action: "logs:PutLogEvents",
    resource: `arn:aws:logs:${region}:${account}:log-group:example:log-stream:example`,
  }),
  "ecr-api": (region, account) => ({
    action: "ecr:BatchGetImage",
    resource: `arn:aws:ecr:${region}:${account}:repository/example`,
  }),
  "ecr-dkr": (region, account) => ({
    action: "ecr:GetDownloadUrlForLayer",
    resource: `arn:aws:ecr:${region}:${account}:repository/example`,
  }),
  kms: (region, account) => ({
    action: "kms:Decrypt",
    resource: `arn:aws:kms:${region}:${account}:key/example`,
  }),
  monitoring: () => ({ action: "cloudwatch:PutMetricData", resource: "*" }),
  servicecatalog: () => ({ action: "servicecatalog:ListPortfolios", resource: "*" }),
  elasticfilesystem: (region, account) => ({
    action: "elasticfilesystem:DescribeMountTargets",
    resource: `arn:aws:elasticfilesystem:${region}:${account}:file-system/fs-example`,
  }),
  "execute-api": (region, account) => ({
    action: "execute-api:Invoke",
    resource: `arn:aws:execute-api:${region}:${account}:example/v1/GET/user`,
  }),
  s3: (_region, account) => ({
    action: "s3:PutObject",
    resource: "arn:aws:s3:::example/object",
    context: { "aws:ResourceAccount": account },
  }),
  dynamodb: (region, account) => ({
    action: "dynamodb:GetItem",
    resource: `arn:aws:dynamodb:${region}:${account}:table/example`,
  }),
};

/**
 * Every endpoint × our and foreign principals and resources: whether the endpoint's own policy lets the request through.
 * All other policies allow everything, so that the endpoint's policy alone decides.
 */
export function endpointMatrix(model: Model, config: Config): Matrix {
  const stackOf = new Map(model.facts.vpcs.map(({ vpcId, stack }) => [vpcId, stack]));
  const endpoints = new Map(
    model.facts.endpoints.map((each) => [
      `${stackOf.get(each.vpcId) ?? each.vpcId}/${serviceId(each.serviceName)}`,
      each,
    ]),
  );
  const cache = new PolicyCache();
  return {
    name: "endpoints",
    rows: [...endpoints.keys()],
    columns: [OURS, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE, ALL_FOREIGN],
    cell: (row, column) => {
      const endpoint = endpoints.get(row);
      if (endpoint === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return orUnknown(() => evaluateCell({ model, config, cache, endpoint }, column));
    },
  };
}

/** What a cell is worked out from, besides its column. */
interface EndpointInput {
  readonly model: Model;
  readonly config: Config;
  readonly cache: PolicyCache;
  readonly endpoint: Endpoint;
}

function evaluateCell({ model, config, cache, endpoint }: EndpointInput, column: string): CellResult {
  const service = serviceId(endpoint.serviceName);
  const ofForeigners = column === FOREIGN_RESOURCE || column === ALL_FOREIGN;
  const byForeigners = column === FOREIGN_PRINCIPAL || column === ALL_FOREIGN;
  const owner = ofForeigners ? FOREIGN_ACCOUNT : endpoint.account;
  const request = REQUESTS[service]?.(config.region, owner);
  if (request === undefined) return { outcome: "unknown", reason: `no example of a request for ${service}` };
  // An endpoint without a policy lets everything through.
  const json = endpoint.policy === "" ? ANYTHING.json : endpoint.policy;
  const account = byForeigners ? FOREIGN_ACCOUNT : endpoint.account;
  const arn =
    service === "dynamodb" && account !== FOREIGN_ACCOUNT
      ? presignRoleArn(config)
      : `arn:aws:iam::${account}:role/example`;
  const users = model.tables.find(({ name }) => name.endsWith("-users"))?.arn;
  const resource = service === "dynamodb" && !ofForeigners ? (users ?? request.resource) : request.resource;
  const decision = evaluateRequest({
    request: {
      ...request,
      resource,
      principal: sessionOf(arn, undefined, config),
      context: {
        ...(ofForeigners ? regionContext(config) : ownResourceContext(config)),
        ...request.context,
      },
    },
    identityPolicies: [cache.policy(ANYTHING, "identity")],
    resourcePolicy: cache.policy(EVERYONE, "resource"),
    endpointPolicy: cache.policy({ name: `policy of the ${service} endpoint`, json }, "endpoint"),
  });
  return { outcome: decision.allowed ? "through" : "stopped", reason: reasonOf(decision) };
}

/** A resource policy that allows everyone everything. */
const EVERYONE = {
  name: "a resource open to all",
  json: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  }),
};
