/** A REST API at the time of one deployment. As in AWS, a later change takes effect only with another deployment. */
export interface ApiSnapshot {
  readonly apiId: string;
  readonly account: string;
  readonly region: string;
  readonly deploymentId: string;
  readonly isPrivate: boolean;
  /** Associated VPC endpoints, for each of which the API has a host name: `{api}-{vpce}.execute-api…`. */
  readonly vpcEndpointIds: readonly string[];
  /** Resource policy, JSON text. */
  readonly policy: string | undefined;
  readonly binaryMediaTypes: readonly string[];
  readonly resources: readonly ResourceModel[];
  readonly authorizers: ReadonlyMap<string, AuthorizerModel>;
  readonly validators: ReadonlyMap<string, ValidatorModel>;
  /** By response type: `UNAUTHORIZED`, `DEFAULT_5XX`, … */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseModel>;
}

export interface ResourceModel {
  readonly id: string;
  /** `/{user_id}`. */
  readonly path: string;
  /** By HTTP method, or `ANY`. */
  readonly methods: ReadonlyMap<string, MethodModel>;
}

export interface MethodModel {
  /** `NONE`, `CUSTOM`, `AWS_IAM` or `COGNITO_USER_POOLS`. */
  readonly authorizationType: string;
  readonly authorizerId: string | undefined;
  readonly validatorId: string | undefined;
  /** `method.request.path.user_id` to whether it is required. */
  readonly requestParameters: ReadonlyMap<string, boolean>;
  readonly integration: IntegrationModel | undefined;
}

export interface IntegrationModel {
  readonly type: string;
  readonly uri: string;
  readonly timeoutMs: number;
  /** Role that API Gateway assumes to invoke the function; without one the function's own policy must allow it. */
  readonly credentials: string | undefined;
}

export interface AuthorizerModel {
  readonly id: string;
  /** `REQUEST` or `TOKEN`. */
  readonly type: string;
  readonly uri: string;
  readonly credentials: string | undefined;
  /** `method.request.header.Authorization`, … */
  readonly identitySources: readonly string[];
  /** For TOKEN: a token that does not match is refused without invoking the authorizer. */
  readonly validation: string | undefined;
  readonly ttlSeconds: number;
}

export interface ValidatorModel {
  readonly parameters: boolean;
}

export interface GatewayResponseModel {
  readonly statusCode: number | undefined;
  /** `gatewayresponse.header.Cache-Control` to `'no-store'`. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
}

export interface StageModel {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
}

/** The function behind an integration's or authorizer's URI. */
export function functionArnOf(uri: string): string | undefined {
  return /\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/.exec(uri)?.[1];
}
