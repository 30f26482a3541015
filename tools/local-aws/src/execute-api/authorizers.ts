import { FunctionMissing, type LambdaRuntime } from "../lambda-runtime/lambda-runtime";
import { parseFunctionName } from "../lambda-runtime/function-configuration";
import type { ApiRequest } from "./api-request";
import { readAuthorizerOutput, type AuthorizerOutput } from "./authorizer-output";
import { AuthorizerCache } from "./authorizer-cache";
import { requestAuthorizerEvent, tokenAuthorizerEvent } from "./events";
import { GatewayFailure } from "./gateway-response";
import { identityOf } from "./identity-sources";
import type { InvokePermissions } from "./invoke-permission";
import { functionArnOf, type AuthorizerModel } from "./model";
import type { Route } from "./routing";

export interface AuthorizersOptions {
  readonly runtime: Pick<LambdaRuntime, "invoke">;
  readonly permissions: InvokePermissions;
  readonly report: (line: string) => void;
  readonly clock: () => number;
}

/** An output with a policy, which is then evaluated. */
export type Authorized = Extract<AuthorizerOutput, { kind: "policy" }>;

/** Invokes Lambda authorizers, or takes their cached output. */
export class Authorizers {
  readonly #options: AuthorizersOptions;
  readonly #cache: AuthorizerCache<Authorized>;

  constructor(options: AuthorizersOptions) {
    this.#options = options;
    this.#cache = new AuthorizerCache(options.clock);
  }

  /**
   * @param variables - the request's context variables; gets the authorizer's
   * @throws {GatewayFailure} UNAUTHORIZED, AUTHORIZER_CONFIGURATION_ERROR
   */
  async authorize(
    request: ApiRequest,
    route: Route,
    authorizer: AuthorizerModel,
    variables: Map<string, string>,
  ): Promise<Authorized> {
    const identity = identityOf(authorizer, request, variables);
    if (identity === undefined) throw unauthorized(variables);
    const key = JSON.stringify([
      request.snapshot.apiId,
      request.stage.name,
      request.snapshot.deploymentId,
      authorizer.id,
      identity,
    ]);
    const answer = this.#cache.get(key) ?? (await this.#ask(request, route, authorizer, identity));
    switch (answer.kind) {
      case "policy":
        if (authorizer.identitySources.length > 0) this.#remember(key, answer, authorizer);
        variables.set("authorizer.status", "200");
        variables.set("authorizer.principalId", answer.principalId);
        for (const [name, value] of Object.entries(answer.context))
          variables.set(`authorizer.${name}`, value);
        return answer;
      case "unauthorized":
        throw unauthorized(variables);
      case "broken":
        this.#options.report(`API ${request.snapshot.apiId}: ${answer.reason}`);
        variables.set("authorizer.status", "500");
        throw new GatewayFailure("AUTHORIZER_CONFIGURATION_ERROR", null);
    }
  }

  /** Caches a new output; using a cached output does not extend its lifetime. */
  #remember(key: string, answer: Authorized, { ttlSeconds }: AuthorizerModel): void {
    if (this.#cache.get(key) === undefined) this.#cache.put(key, answer, ttlSeconds);
  }

  async #ask(
    request: ApiRequest,
    route: Route,
    authorizer: AuthorizerModel,
    identity: readonly string[],
  ): Promise<AuthorizerOutput> {
    const functionArn = functionArnOf(authorizer.uri);
    if (functionArn === undefined)
      return { kind: "broken", reason: "the authorizer's URI names no function" };
    const { account, region, apiId } = request.snapshot;
    const caller = {
      account,
      region,
      sourceArn: `arn:aws:execute-api:${region}:${account}:${apiId}/authorizers/${authorizer.id}`,
      credentials: authorizer.credentials,
    };
    if (!(await this.#options.permissions.allows(functionArn, caller))) {
      return { kind: "broken", reason: "API Gateway has no permission to invoke the authorizer" };
    }
    const event =
      authorizer.type === "TOKEN"
        ? tokenAuthorizerEvent(request, identity[0] ?? "")
        : requestAuthorizerEvent(request, route);
    try {
      const { outcome } = await this.#options.runtime.invoke(parseFunctionName(functionArn, caller), event);
      return readAuthorizerOutput(outcome);
    } catch (error) {
      if (!(error instanceof FunctionMissing)) throw error;
      return { kind: "broken", reason: error.message };
    }
  }
}

function unauthorized(variables: Map<string, string>): GatewayFailure {
  variables.set("authorizer.status", "401");
  return new GatewayFailure("UNAUTHORIZED", "Unauthorized");
}
