import type { RoleSession, User } from "@studio-access/policy";
import {
  comparisonsOf,
  namedPrincipals,
  textsOfElement,
  Undecidable,
  type Answer,
} from "@studio-access/policy/questions";

import type { Config } from "@studio-access/config";
import { presignRoleArn } from "../expect/roles";
import { serviceId } from "../expect/services";
import { accountIn, type Model } from "../model/model";
import type { PolicyText } from "../model/roles";
import { ask, marked, together } from "./asking";
import { byId, type CellResult, type Matrix } from "./matrix";
import { ANYTHING, FOREIGN_ACCOUNT, orUnknown, PolicyCache, reasonOf } from "./policies";
import { throughEndpoint } from "./request-origins";
import { foreignCaller, foreignResource, inRegion, ownAccounts, ownCaller, ownResource } from "./sessions";
import { statementsIn } from "./statements";

type Endpoint = Model["facts"]["endpoints"][number];

export const OURS = "our principal, our resource";
export const FOREIGN_PRINCIPAL = "foreign principal";
export const FOREIGN_RESOURCE = "foreign resource";
export const ALL_FOREIGN = "foreign principal, foreign resource";

interface ExampleRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** By service: an example of a request through its endpoint, for a resource of the given account. */
const REQUESTS: Readonly<Record<string, (region: string, account: string) => ExampleRequest>> = {
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
 * All other policies allow everything, so that the endpoint's policy alone decides. All of ours must get through, and of the
 * foreign ones (a stranger, and those whom the policy names) one is enough.
 */
export function endpointMatrix(model: Model, config: Config): Matrix {
  const stackOf = new Map(model.facts.vpcs.map(({ vpcId, stack }) => [vpcId, stack]));
  const endpoints = byId(
    model.facts.endpoints,
    ({ vpcId, serviceName }) => `${stackOf.get(vpcId) ?? vpcId}/${serviceId(serviceName)}`,
  );
  // The presign function reads its rows one by one, with and without groups.
  const lobs = model.tables.find(({ name }) => name.endsWith("-lobs"))?.arn;
  const shared = { config, cache: new PolicyCache(), lobs, accounts: ownAccounts(config) };
  const inputs = new Map(
    [...endpoints].map(([id, endpoint]) => {
      // An endpoint without a policy lets everything through.
      const json = endpoint.policy === "" ? EVERYONE.json : endpoint.policy;
      const policy = { name: `policy of the ${serviceId(endpoint.serviceName)} endpoint`, json };
      return [id, { ...shared, endpoint, policy, isCentral: id.startsWith("networking/") }];
    }),
  );
  return {
    name: "endpoints",
    rows: [...endpoints.keys()],
    columns: [OURS, FOREIGN_PRINCIPAL, FOREIGN_RESOURCE, ALL_FOREIGN],
    cell: (row, column) => {
      const input = inputs.get(row);
      if (input === undefined) throw new RangeError(`no cell ${row} × ${column}`);
      return orUnknown(() => evaluateCell(input, column));
    },
  };
}

/** What a cell is worked out from, besides its column. */
interface EndpointInput {
  readonly config: Config;
  readonly cache: PolicyCache;
  readonly endpoint: Endpoint;
  readonly policy: PolicyText;
  readonly isCentral: boolean;
  /** ARN of the table of lines of business. */
  readonly lobs: string | undefined;
  /** Ours. */
  readonly accounts: readonly string[];
}

function evaluateCell(input: EndpointInput, column: string): CellResult {
  const { accounts, endpoint, isCentral } = input;
  const ours = isCentral ? accounts : [endpoint.account];
  const callers =
    column === OURS || column === FOREIGN_RESOURCE ? ownCallers(input, ours) : foreignCallers(input);
  const ofForeigners = column === FOREIGN_RESOURCE || column === ALL_FOREIGN;
  const owners = ofForeigners ? foreignOwners(input) : undefined;
  const answers = callers.flatMap((caller) =>
    (owners ?? [ownerFor(input, caller)]).map((owner) => evaluateOne(input, caller, owner)),
  );
  const [first] = answers;
  if (first === undefined) return { outcome: "unknown", reason: "nobody to ask for" };
  const telling = answers.find(({ allowed }) => allowed !== (column === OURS)) ?? first;
  return {
    outcome: telling.allowed ? marked("through", column === OURS ? answers : []) : "stopped",
    reason: reasonOf(telling.decision),
  };
}

type Caller = RoleSession | User;

function sessionIn(account: string): RoleSession {
  return { type: "role_session", roleArn: `arn:aws:iam::${account}:role/example`, sessionName: "session" };
}

/** Of the access VPC's endpoint of DynamoDB, the presign function is the only one. */
function ownCallers({ config, endpoint }: EndpointInput, accounts: readonly string[]): readonly Caller[] {
  if (serviceId(endpoint.serviceName) !== "dynamodb") return accounts.map(sessionIn);
  return [{ ...sessionIn(endpoint.account), roleArn: presignRoleArn(config) }];
}

function foreignCallers({ endpoint, accounts }: EndpointInput): readonly Caller[] {
  const named = namedPrincipals(statementsIn(endpoint.policy), FOREIGN_ACCOUNT).flatMap(({ principal }) =>
    (principal.type === "role_session" || principal.type === "user") &&
    !accounts.includes(accountOf(principal))
      ? [principal]
      : [],
  );
  const others = serviceId(endpoint.serviceName) === "dynamodb" ? [sessionIn(endpoint.account)] : [];
  return [sessionIn(FOREIGN_ACCOUNT), ...others, ...named];
}

/** A foreign account, and those that the policy names as owners of resources. */
function foreignOwners({ endpoint, accounts }: EndpointInput): readonly string[] {
  const statements = statementsIn(endpoint.policy);
  const compared = statements
    .flatMap(comparisonsOf)
    .flatMap(({ key, values }) => (key.toLowerCase() === "aws:resourceaccount" ? values : []));
  const inArns = textsOfElement(statements, "Resource").map(accountIn);
  const named = [...compared, ...inArns].filter((account) => /^\d{12}$/.test(account));
  return [...new Set([FOREIGN_ACCOUNT, ...named])].filter((account) => !accounts.includes(account));
}

function accountOf(caller: Caller): string {
  return accountIn(caller.type === "user" ? caller.arn : caller.roleArn);
}

/** Of ours, everybody asks for what is in its own account; for the API, and a foreigner, for what is in the endpoint's. */
function ownerFor({ accounts, endpoint }: EndpointInput, caller: Caller): string {
  const account = accountOf(caller);
  const isApi = serviceId(endpoint.serviceName) === "execute-api";
  return accounts.includes(account) && !isApi ? account : endpoint.account;
}

function evaluateOne(
  { config, cache, endpoint, policy, lobs, accounts }: EndpointInput,
  caller: Caller,
  owner: string,
): Answer {
  const service = serviceId(endpoint.serviceName);
  const request = REQUESTS[service]?.(config.region, owner);
  if (request === undefined) throw new Undecidable(`there is no example of a request for ${service}`);
  const isOurs = accounts.includes(owner);
  const isOwnCaller = accounts.includes(accountOf(caller));
  const organization =
    isOwnCaller && config.organizationId !== null ? { organization: { id: config.organizationId } } : {};
  return ask({
    principal: { ...caller, ...organization },
    action: request.action,
    resource: service === "dynamodb" && isOurs ? (lobs ?? request.resource) : request.resource,
    circumstances: together(
      throughEndpoint(endpoint, config),
      inRegion(config),
      isOwnCaller ? ownCaller(config) : foreignCaller(config),
      isOurs ? ownResource(config) : foreignResource(config),
      { stated: request.context ?? {}, facts: {} },
    ),
    identityPolicies: [cache.policy(ANYTHING, "identity")],
    resourcePolicy: cache.policy(EVERYONE, "resource"),
    endpointPolicy: cache.policy(policy, endpoint.type === "Gateway" ? "gateway_endpoint" : "endpoint"),
  });
}

/** A resource policy that allows everyone everything. */
const EVERYONE = {
  name: "a resource open to all",
  json: JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  }),
};
