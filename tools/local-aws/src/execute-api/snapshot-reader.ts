import type { Moto } from "../server/call";
import type {
  ApiSnapshot,
  AuthorizerModel,
  GatewayResponseModel,
  IntegrationModel,
  MethodModel,
  ResourceModel,
  StageModel,
  ValidatorModel,
} from "./model";

/** The account and region of an API. */
export interface ApiLocation {
  readonly apiId: string;
  readonly account: string;
  readonly region: string;
}

interface ApiAnswer {
  readonly policy?: string | null;
  readonly binaryMediaTypes?: readonly string[] | null;
  readonly endpointConfiguration?: {
    readonly types?: readonly string[];
    readonly vpcEndpointIds?: readonly string[] | null;
  };
}

interface MethodAnswer {
  readonly authorizationType?: string;
  readonly authorizerId?: string | null;
  readonly requestValidatorId?: string | null;
  readonly requestParameters?: Readonly<Record<string, boolean>> | null;
  readonly methodIntegration?: {
    readonly type: string;
    readonly uri?: string;
    readonly timeoutInMillis?: number | string | null;
    readonly credentials?: string | null;
  } | null;
}

interface ResourceAnswer {
  readonly id: string;
  readonly path: string;
  readonly resourceMethods?: Readonly<Record<string, MethodAnswer>>;
}

interface AuthorizerOutput {
  readonly id: string;
  readonly type: string;
  readonly authorizerUri?: string;
  readonly authorizerCredentials?: string;
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  readonly authorizerResultTtlInSeconds?: number | string | null;
}

interface ValidatorAnswer {
  readonly id: string;
  readonly validateRequestParameters?: boolean | string | null;
}

interface GatewayResponseAnswer {
  readonly responseType: string;
  readonly statusCode?: number | string | null;
  readonly responseParameters?: Readonly<Record<string, string>> | null;
  readonly responseTemplates?: Readonly<Record<string, string>> | null;
}

interface StageAnswer {
  readonly deploymentId: string;
  readonly variables?: Readonly<Record<string, string>> | null;
  readonly accessLogSettings?: { readonly destinationArn?: string; readonly format?: string } | null;
}

interface Items<Item> {
  readonly item?: readonly Item[];
}

const DEFAULT_TTL_SECONDS = 300;
/** The default integration timeout, which is also the default maximum. */
const DEFAULT_TIMEOUT_MS = 29_000;

/** Reads an API as it is now. */
export async function readSnapshot(
  moto: Pick<Moto, "rest">,
  place: ApiLocation,
  deploymentId: string,
): Promise<ApiSnapshot> {
  const get = reader(moto, place);
  const [api, resources, authorizers, validators, responses] = await Promise.all([
    get<ApiAnswer>(""),
    get<Items<ResourceAnswer>>("/resources?embed=methods&limit=500"),
    get<Items<AuthorizerOutput>>("/authorizers"),
    get<Items<ValidatorAnswer>>("/requestvalidators"),
    get<Items<GatewayResponseAnswer>>("/gatewayresponses"),
  ]);
  return {
    ...place,
    deploymentId,
    isPrivate: api.endpointConfiguration?.types?.includes("PRIVATE") ?? false,
    vpcEndpointIds: api.endpointConfiguration?.vpcEndpointIds ?? [],
    policy: api.policy ?? undefined,
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    resources: (resources.item ?? []).map(resourceModel),
    authorizers: byKey(authorizers.item, (item) => [item.id, authorizerModel(item)]),
    validators: byKey(validators.item, (item): [string, ValidatorModel] => [
      item.id,
      { parameters: String(item.validateRequestParameters) === "true" },
    ]),
    gatewayResponses: byKey(responses.item, (item) => [item.responseType, gatewayResponseModel(item)]),
  };
}

/** Reads a stage as it is now; undefined when there is no stage of that name. */
export async function readStage(
  moto: Pick<Moto, "rest">,
  place: ApiLocation,
  name: string,
): Promise<StageModel | undefined> {
  const { account, region, apiId } = place;
  const path = `/restapis/${apiId}/stages/${encodeURIComponent(name)}`;
  const reply = await moto.rest("apigateway", account, region, "GET", path);
  if (reply.status >= 300) return undefined;
  const answer = JSON.parse(reply.body.toString()) as StageAnswer;
  const { destinationArn, format } = answer.accessLogSettings ?? {};
  return {
    name,
    deploymentId: answer.deploymentId,
    variables: answer.variables ?? {},
    accessLog: destinationArn && format ? { destinationArn, format } : undefined,
  };
}

function reader(
  moto: Pick<Moto, "rest">,
  { account, region, apiId }: ApiLocation,
): <Answer>(suffix: string) => Promise<Answer> {
  return async <Answer>(suffix: string) => {
    const path = `/restapis/${apiId}${suffix}`;
    const reply = await moto.rest("apigateway", account, region, "GET", path);
    if (reply.status >= 300) throw new Error(`moto answered GET ${path} with HTTP ${reply.status}`);
    return JSON.parse(reply.body.toString()) as Answer;
  };
}

function resourceModel({ id, path, resourceMethods = {} }: ResourceAnswer): ResourceModel {
  return {
    id,
    path,
    methods: new Map(Object.entries(resourceMethods).map(([name, method]) => [name, methodModel(method)])),
  };
}

function methodModel(answer: MethodAnswer): MethodModel {
  return {
    authorizationType: answer.authorizationType ?? "NONE",
    authorizerId: answer.authorizerId ?? undefined,
    validatorId: answer.requestValidatorId ?? undefined,
    requestParameters: new Map(
      Object.entries(answer.requestParameters ?? {}).map(([name, required]) => [
        name,
        String(required) === "true",
      ]),
    ),
    integration: answer.methodIntegration ? integrationModel(answer.methodIntegration) : undefined,
  };
}

function integrationModel(answer: NonNullable<MethodAnswer["methodIntegration"]>): IntegrationModel {
  return {
    type: answer.type,
    uri: answer.uri ?? "",
    timeoutMs: Number(answer.timeoutInMillis ?? DEFAULT_TIMEOUT_MS),
    credentials: answer.credentials ?? undefined,
  };
}

function authorizerModel(answer: AuthorizerOutput): AuthorizerModel {
  const sources = answer.identitySource?.split(",").map((source) => source.trim());
  return {
    id: answer.id,
    type: answer.type,
    uri: answer.authorizerUri ?? "",
    credentials: answer.authorizerCredentials,
    identitySources: sources?.filter(Boolean) ?? [],
    validation: answer.identityValidationExpression,
    ttlSeconds: Number(answer.authorizerResultTtlInSeconds ?? DEFAULT_TTL_SECONDS),
  };
}

function gatewayResponseModel(answer: GatewayResponseAnswer): GatewayResponseModel {
  return {
    statusCode: answer.statusCode ? Number(answer.statusCode) : undefined,
    parameters: answer.responseParameters ?? {},
    templates: answer.responseTemplates ?? {},
  };
}

function byKey<Item, Value>(
  items: readonly Item[] | undefined,
  entry: (item: Item) => [string, Value],
): Map<string, Value> {
  return new Map((items ?? []).map(entry));
}
