import { headerOf, type ApiRequest } from "./api-request";
import type { ContextVariables } from "./context-variables";
import type { AuthorizerModel } from "./model";

/**
 * Values of an authorizer's identity sources, which are also its cache key.
 *
 * @returns undefined when one is missing or empty: then the request is refused without invoking the authorizer
 */
export function identityOf(
  { identitySources, validation }: Pick<AuthorizerModel, "identitySources" | "validation">,
  request: ApiRequest,
  variables: ContextVariables,
): string[] | undefined {
  const values = identitySources.map((source) => valueOf(source, request, variables));
  const present = values.filter((value): value is string => value !== undefined && value !== "");
  if (present.length < values.length) return undefined;
  if (validation && !present.every((value) => new RegExp(`^(?:${validation})$`).test(value)))
    return undefined;
  return present;
}

function valueOf(source: string, request: ApiRequest, variables: ContextVariables): string | undefined {
  const [, header] = /^method\.request\.header\.(.+)$/.exec(source) ?? [];
  if (header !== undefined) return headerOf(request, header);
  const [, parameter] = /^method\.request\.querystring\.(.+)$/.exec(source) ?? [];
  if (parameter !== undefined) return request.query.get(parameter) ?? undefined;
  const [, variable] = /^stageVariables\.(.+)$/.exec(source) ?? [];
  if (variable !== undefined) return request.stage.variables[variable];
  return variables.get(source.replace(/^context\./, ""));
}
