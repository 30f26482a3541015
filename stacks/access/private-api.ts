import { ApiGatewayAuthorizer } from "@cdktf/provider-aws/lib/api-gateway-authorizer";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayGatewayResponse } from "@cdktf/provider-aws/lib/api-gateway-gateway-response";
import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayRestApiPolicy } from "@cdktf/provider-aws/lib/api-gateway-rest-api-policy";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import type { NodeFunction } from "../constructs/node-function";
import { policyDocument } from "../constructs/policy-document";
import { API_STAGE_NAME, ApiStage } from "./api-stage";
import { gatewayResponses } from "./gateway-responses";

export interface PrivateApiProps extends EncryptedContext {
  /** The one VPC endpoint that the API may be called through. */
  readonly endpointId: string;
}

/** The functions behind the API. */
export interface ApiFunctions {
  readonly authorizer: NodeFunction;
  readonly presign: NodeFunction;
  /** Undefined without a page for people. */
  readonly portal: NodeFunction | undefined;
}

/** Seconds that API Gateway keeps the authorizer's answer for a token; a revoked token still works that long. */
const AUTHORIZER_CACHE_SECONDS = 60;

/**
 * The private REST API: `GET /{user_id}`, and where the config has a portal, its page at `GET /`.
 *
 * Its resource policy denies every call that does not come through the central endpoint. The authorizer's policy allows
 * a user's own path and denies all others. An Allow alone would not be enough: where the authorizer's policy says
 * nothing, the Allow of the resource policy counts.
 *
 * It is made in two steps, because the identity provider's client names the API's address, and the authorizer names that
 * client: the constructor makes the API, and {@link serve} what answers.
 */
export class PrivateApi extends Construct {
  readonly restApiId: string;
  readonly name: string;
  /** The API's host name. */
  readonly host: string;
  /** The address that people open where the API has no other name; without a slash at its end. */
  readonly address: string;
  readonly #api: ApiGatewayRestApi;
  readonly #props: PrivateApiProps;

  constructor(scope: Construct, id: string, props: PrivateApiProps) {
    super(scope, id);
    const { provider, names, config } = props;
    this.name = names.of("api");
    this.#props = props;
    this.#api = new ApiGatewayRestApi(this, "RestApi", {
      provider,
      name: this.name,
      description: "Studio Access: the private door to SageMaker Studio",
      endpointConfiguration: { types: ["PRIVATE"], vpcEndpointIds: [props.endpointId] },
    });
    this.restApiId = this.#api.id;
    this.host = `${this.#api.id}.execute-api.${config.region}.amazonaws.com`;
    this.address = `https://${this.host}/${API_STAGE_NAME}`;
  }

  /** Puts the functions behind the API, and deploys it. To be called once. */
  serve({ authorizer: authorizerFunction, presign, portal }: ApiFunctions): ApiStage {
    const { endpointId, provider } = this.#props;
    const api = this.#api;
    const policy = new ApiGatewayRestApiPolicy(this, "Policy", {
      provider,
      restApiId: api.id,
      policy: onlyThrough(endpointId, `${api.executionArn}/*`),
    });
    const authorizer = this.#authorizer(authorizerFunction);
    const { method, integration, resource } = this.#presignMethod(authorizer.id, presign);
    const page = portal === undefined ? undefined : this.#portalMethod(portal);
    const responses = this.#responses(api.id, provider);

    const deployment = new ApiGatewayDeployment(this, "Deployment", {
      provider,
      restApiId: api.id,
      // A deployment is a snapshot: everything in it must be listed here, or a change of it is never deployed.
      triggers: {
        policy: policy.policy,
        endpoints: endpointId,
        method: `${method.httpMethod} ${resource.id} ${resource.pathPart} ${method.authorization} ${method.authorizerId}`,
        integration: `${integration.id} ${integration.uri}`,
        authorizer: `${authorizer.authorizerUri} ${authorizer.identitySource} ${AUTHORIZER_CACHE_SECONDS}`,
        responses: JSON.stringify(gatewayResponses()),
        ...(page === undefined
          ? {}
          : { page: `${page.method.httpMethod} ${page.method.authorization} ${page.integration.uri}` }),
      },
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [
        policy,
        method,
        integration,
        ...(page === undefined ? [] : [page.method, page.integration]),
        ...responses,
      ],
    });
    return new ApiStage(this, "Stage", { ...this.#props, restApiId: api.id, deploymentId: deployment.id });
  }

  #authorizer({ invokeArn, functionName }: NodeFunction): ApiGatewayAuthorizer {
    const api = this.#api;
    const { provider } = this.#props;
    const authorizer = new ApiGatewayAuthorizer(this, "Authorizer", {
      provider,
      restApiId: api.id,
      name: "access-token",
      type: "REQUEST",
      authorizerUri: invokeArn,
      identitySource: "method.request.header.Authorization",
      authorizerResultTtlInSeconds: AUTHORIZER_CACHE_SECONDS,
    });
    new LambdaPermission(this, "InvokeAuthorizer", {
      provider,
      statementId: "PrivateApiAuthorizer",
      functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      // This API's authorizer alone.
      sourceArn: `${api.executionArn}/authorizers/${authorizer.id}`,
    });
    return authorizer;
  }

  #presignMethod(
    authorizerId: string,
    presign: NodeFunction,
  ): { resource: ApiGatewayResource; method: ApiGatewayMethod; integration: ApiGatewayIntegration } {
    const api = this.#api;
    const { provider } = this.#props;
    const resource = new ApiGatewayResource(this, "User", {
      provider,
      restApiId: api.id,
      parentId: api.rootResourceId,
      // Not greedy: a user name holds no slash, so no path may.
      pathPart: "{user_id}",
    });
    const place = { provider, restApiId: api.id, resourceId: resource.id, httpMethod: "GET" };
    const method = new ApiGatewayMethod(this, "Get", {
      ...place,
      authorization: "CUSTOM",
      authorizerId,
      requestParameters: { "method.request.path.user_id": true },
    });
    const integration = new ApiGatewayIntegration(this, "Integration", {
      ...place,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: presign.invokeArn,
      dependsOn: [method],
    });
    new LambdaPermission(this, "InvokePresign", {
      provider,
      statementId: "PrivateApi",
      functionName: presign.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      // One method of one API; not the console's test-invoke-stage, which skips the authorizer.
      sourceArn: `${api.executionArn}/${API_STAGE_NAME}/GET/*`,
    });
    return { resource, method, integration };
  }

  /** The page for people: without authorizer, since it holds no secret, and under the same resource policy. */
  #portalMethod(portal: NodeFunction): { method: ApiGatewayMethod; integration: ApiGatewayIntegration } {
    const { provider } = this.#props;
    const api = this.#api;
    const place = { provider, restApiId: api.id, resourceId: api.rootResourceId, httpMethod: "GET" };
    const method = new ApiGatewayMethod(this, "GetPortal", { ...place, authorization: "NONE" });
    const integration = new ApiGatewayIntegration(this, "PortalIntegration", {
      ...place,
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: portal.invokeArn,
      dependsOn: [method],
    });
    new LambdaPermission(this, "InvokePortal", {
      provider,
      statementId: "PrivateApi",
      functionName: portal.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      // The root alone.
      sourceArn: `${api.executionArn}/${API_STAGE_NAME}/GET/`,
    });
    return { method, integration };
  }

  #responses(restApiId: string, provider: AwsProvider): ApiGatewayGatewayResponse[] {
    return gatewayResponses().map(
      ({ id, ...response }) => new ApiGatewayGatewayResponse(this, id, { provider, restApiId, ...response }),
    );
  }
}

/** A policy that lets every call through one endpoint, and no call that comes in another way. */
export function onlyThrough(endpointId: string, resource: string): string {
  const invoke = { Principal: "*", Action: "execute-api:Invoke", Resource: resource } as const;
  const sourceVpce = { "aws:SourceVpce": endpointId };
  return policyDocument(
    { Sid: "ThroughEndpoint", Effect: "Allow", ...invoke, Condition: { StringEquals: sourceVpce } },
    { Sid: "NoOtherWay", Effect: "Deny", ...invoke, Condition: { StringNotEquals: sourceVpce } },
  );
}
