import type { EndpointPath } from "../../server/call";
import { apiRequestOf, type ApiRequest } from "../api-request";
import type { ApiSnapshot, AuthorizerModel, MethodModel, ResourceModel, StageModel } from "../model";

/** For tests: a private API with `GET /{user_id}` and an authorizer, and a caller inside the network. */
export const API_ARN = "arn:aws:execute-api:eu-west-1:111111111111:api1";
export const AUTHORIZER_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:authorizer";
export const PRESIGN_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:presign";
export const NOW = Date.parse("2026-04-09T12:34:56Z");

export const exampleEndpoint: EndpointPath = {
  vpcEndpointId: "vpce-0a1",
  vpcId: "vpc-hub",
  sourceIp: "10.1.1.7",
};

const uri = (arn: string): string =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`;

export const exampleAuthorizer: AuthorizerModel = {
  id: "auth1",
  type: "REQUEST",
  uri: uri(AUTHORIZER_ARN),
  credentials: undefined,
  identitySources: ["method.request.header.Authorization"],
  validation: undefined,
  ttlSeconds: 60,
};

export const exampleMethod: MethodModel = {
  authorizationType: "CUSTOM",
  authorizerId: "auth1",
  validatorId: undefined,
  requestParameters: new Map(),
  integration: { type: "AWS_PROXY", uri: uri(PRESIGN_ARN), timeoutMs: 29_000, credentials: undefined },
};

export const exampleStage: StageModel = {
  name: "studio",
  deploymentId: "dep1",
  variables: {},
  accessLog: undefined,
};

export const exampleSnapshot: ApiSnapshot = {
  apiId: "api1",
  account: "111111111111",
  region: "eu-west-1",
  deploymentId: "dep1",
  isPrivate: true,
  vpcEndpointIds: ["vpce-0a1"],
  policy: policyOf(statement("Allow"), {
    ...statement("Deny"),
    Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a1" } },
  }),
  binaryMediaTypes: [],
  resources: [resource("/", new Map()), resource("/{user_id}", new Map([["GET", exampleMethod]]))],
  authorizers: new Map([["auth1", exampleAuthorizer]]),
  validators: new Map(),
  gatewayResponses: new Map(),
};

export function resource(path: string, methods: ResourceModel["methods"]): ResourceModel {
  return { id: `resource of ${path}`, path, methods };
}

export function statement(effect: "Allow" | "Deny"): object {
  return { Effect: effect, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" };
}

export function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export interface ExampleRequest {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: string;
  readonly snapshot?: Partial<ApiSnapshot>;
  readonly stage?: Partial<StageModel>;
  readonly endpoint?: EndpointPath | undefined;
  readonly endpointPolicy?: string;
}

export function exampleRequest(change: ExampleRequest = {}): ApiRequest {
  const { path = "/alice", headers = { authorization: "Bearer t" }, query = "", body = "" } = change;
  return apiRequestOf(
    { method: "GET", url: new URL(`http://localhost/?${query}`), headers, body: Buffer.from(body) },
    { apiId: "api1", stage: "studio", path, host: undefined },
    { snapshot: { ...exampleSnapshot, ...change.snapshot }, stage: { ...exampleStage, ...change.stage } },
    {
      endpoint: "endpoint" in change ? change.endpoint : exampleEndpoint,
      endpointPolicy: change.endpointPolicy,
    },
    NOW,
  );
}
