import { parseRequestedAction, type RequestedAction } from "./action";
import { ACCOUNT_ID } from "./arn";
import type { Catalog } from "./catalog";
import type { ConditionValues } from "./condition";
import { RequestError } from "./errors";
import { resolvePrincipal, type ResolvedPrincipal, type Principal } from "./principal";
import { isPrincipalKey, principalKeys, type KeyValues } from "./principal-keys";
import { parseRequestedResource, type RequestedResource } from "./resource";

/**
 * The request context: values by condition key, such as `aws:SourceVpce`, `aws:CurrentTime` or `sts:ExternalId`.
 * A key that is left out counts as absent. Keys that follow from the principal
 * (`aws:PrincipalArn`, `aws:PrincipalTag/…`, …) are filled in and may not be given.
 */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** An authorization request: a principal, an action, a resource and the request context. */
export interface AuthorizationRequest {
  readonly principal: Principal;
  /** `service:Action`, any case. */
  readonly action: string;
  /** The resource's ARN, or `*` for an action that AWS authorizes on no resource. */
  readonly resource: string;
  readonly context?: RequestContext;
}

/** A request, checked and parsed once for all policies. */
export interface PreparedRequest {
  readonly caller: ResolvedPrincipal;
  readonly action: RequestedAction;
  readonly resource: RequestedResource;
  /** From the resource's ARN or from `aws:ResourceAccount`; undefined when neither holds it. */
  readonly resourceAccount: string | undefined;
  readonly values: ConditionValues;
}

function addContext(values: KeyValues, context: RequestContext, catalog: Catalog): void {
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(context)) {
    const lower = key.toLowerCase();
    const definition = catalog.conditionKey(key);
    if (definition === undefined)
      throw new RequestError("unknown_condition_key", `AWS has no condition key "${key}"`);
    if (isPrincipalKey(lower))
      throw new RequestError("malformed_context", `"${key}" follows from the principal`);
    if (seen.has(lower)) throw new RequestError("malformed_context", `"${key}" is given twice`);
    if (typeof value !== "string" && !definition.multivalued) {
      throw new RequestError("malformed_context", `"${key}" has a single value, not a list`);
    }
    seen.add(lower);
    values.set(lower, typeof value === "string" ? [value] : value);
  }
}

/** Fills in the keys that follow from the request itself. Source: "Availability" in AWS's list of global keys. */
function addDerived(values: KeyValues, arnAccount: string | undefined): void {
  const stated = values.get("aws:resourceaccount")?.[0];
  if (arnAccount !== undefined && stated !== undefined && stated !== arnAccount) {
    throw new RequestError(
      "malformed_context",
      `aws:ResourceAccount is ${stated}, but the resource is in ${arnAccount}`,
    );
  }
  if (arnAccount !== undefined) values.set("aws:resourceaccount", [arnAccount]);
  if (!values.has("aws:viaawsservice")) values.set("aws:viaawsservice", ["false"]);
}

function readAction(text: string, catalog: Catalog): RequestedAction {
  const action = parseRequestedAction(text, catalog);
  if (action === undefined) throw new RequestError("unknown_action", `AWS has no action "${text}"`);
  return action;
}

/** AWS authorizes some actions on `*` only and others on a resource only. Another resource would match other policies. */
function readResource(text: string, { service, definition }: RequestedAction): RequestedResource {
  const resource = parseRequestedResource(text);
  if (resource === undefined)
    throw new RequestError("malformed_resource", `"${text}" is neither * nor an ARN`);
  const { name, resources } = definition;
  const anyResource = text === "*" || text.endsWith(":*");
  if (resources === "none" && !anyResource) {
    throw new RequestError(
      "malformed_resource",
      `AWS authorizes ${service}:${name} on * alone, not on "${text}"`,
    );
  }
  if (resources === "required" && text === "*") {
    throw new RequestError("malformed_resource", `AWS authorizes ${service}:${name} on a resource, not on *`);
  }
  return resource;
}

/** @throws {RequestError} when the request is malformed */
export function prepareRequest(request: AuthorizationRequest, catalog: Catalog): PreparedRequest {
  const caller = resolvePrincipal(request.principal);
  const action = readAction(request.action, catalog);
  const resource = readResource(request.resource, action);
  const arnAccount = resource.pieces[4];
  const known = arnAccount !== undefined && ACCOUNT_ID.test(arnAccount) ? arnAccount : undefined;
  const values = principalKeys(caller);
  addContext(values, request.context ?? {}, catalog);
  addDerived(values, known);
  return {
    caller,
    action,
    resource,
    resourceAccount: values.get("aws:resourceaccount")?.[0],
    values: {
      all: (key) => values.get(key),
      single: (key) => values.get(key)?.[0],
    },
  };
}
