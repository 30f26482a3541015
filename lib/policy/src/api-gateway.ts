import type { Catalog } from "./catalog";
import { allowedBy, deniedBy, missingAllow, type Decision } from "./decision";
import { parsePolicy, type Policy } from "./document";
import { RequestError } from "./errors";
import { iamData } from "./iam-data";
import { isObject } from "./json";
import type { PolicyKind } from "./kinds";
import type { Principal } from "./principal";
import { prepareRequest, type PreparedRequest, type RequestContext } from "./request";
import { evaluateStatements, type Verdict } from "./verdict";

/** One REST API, as its ARN names it. */
export interface RestApi {
  /** Default: `aws`. */
  readonly partition?: string;
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly apiId: string;
}

/** A call of one method of a REST API. */
export interface InvokeRequest {
  /** `arn:aws:execute-api:region:account:api/stage/METHOD/path`, as in an authorizer's event. */
  readonly methodArn: string;
  /** `aws:SourceVpce`, `aws:VpcSourceIp`, … */
  readonly context: RequestContext;
  /** Default: a caller without AWS credentials, as behind a Lambda authorizer. */
  readonly principal?: Principal;
  readonly catalog?: Catalog;
}

const SHORT_FORM = "execute-api:/";

function expandElement(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => expandElement(item, prefix));
  return typeof value === "string" && value.startsWith(SHORT_FORM)
    ? prefix + value.slice(SHORT_FORM.length)
    : value;
}

function expandStatement(statement: unknown, prefix: string): unknown {
  if (!isObject(statement)) return statement;
  const entries = Object.entries(statement).map(([element, value]) => {
    const isResource = element === "Resource" || element === "NotResource";
    return [element, isResource ? expandElement(value, prefix) : value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Writes out the short resources of a REST API's policy, as API Gateway does when it saves the policy:
 * `execute-api:/*` becomes `arn:aws:execute-api:region:account:api/*`.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 *
 * @param document the parsed policy; any other value is returned unchanged, so that parsePolicy refuses it
 */
export function expandApiResources(document: unknown, api: RestApi): unknown {
  if (!isObject(document)) return document;
  const prefix = `arn:${api.partition ?? "aws"}:execute-api:${api.region}:${api.accountId}:${api.apiId}/`;
  const statements = document["Statement"];
  const expanded = Array.isArray(statements)
    ? statements.map((statement: unknown) => expandStatement(statement, prefix))
    : expandStatement(statements, prefix);
  return { ...document, Statement: expanded };
}

/** Returns text that is not JSON unchanged, so that parsePolicy refuses it with the policy's name. */
function parseLenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Compiles the resource policy of a REST API, short resources included. */
export function parseApiPolicy(
  source: unknown,
  api: RestApi,
  options: { readonly name: string; readonly catalog?: Catalog },
): Policy {
  const document = typeof source === "string" ? parseLenient(source) : source;
  return parsePolicy(expandApiResources(document, api), { ...options, kind: "resource" });
}

function prepare({
  methodArn,
  context,
  principal = { type: "anonymous" },
  catalog = iamData,
}: InvokeRequest): PreparedRequest {
  return prepareRequest({ principal, action: "execute-api:Invoke", resource: methodArn, context }, catalog);
}

function evaluateOne(kind: PolicyKind, policy: Policy, request: InvokeRequest): Verdict {
  if (policy.kind !== kind)
    throw new RequestError("wrong_policy_kind", `"${policy.name}" is a ${policy.kind} policy, not ${kind}`);
  return evaluateStatements(kind, [policy], prepare(request));
}

/**
 * Evaluates a private API's resource policy for a call. API Gateway does this first: on `deny`, and without a policy
 * (undefined), it answers 403 and does not run the authorizer.
 */
export function evaluateApiPolicy(policy: Policy | undefined, request: InvokeRequest): Verdict | undefined {
  return policy === undefined ? undefined : evaluateOne("resource", policy, request);
}

/** Evaluates the policy that a Lambda authorizer returned for a call. */
export function evaluateAuthorizerPolicy(policy: Policy, request: InvokeRequest): Verdict {
  return evaluateOne("authorizer", policy, request);
}

/** The verdicts of both policies for a call. */
export interface ApiVerdicts {
  /** From {@link evaluateApiPolicy}; undefined: the private API has no resource policy. */
  readonly resourcePolicy: Verdict | undefined;
  /** From {@link evaluateAuthorizerPolicy}; undefined: the method has no authorizer. */
  readonly authorizer: Verdict | undefined;
}

/**
 * API Gateway's decision for a private API and an authorizer of the same account (Table A): a Deny of either policy denies
 * the call, else one Allow is enough. So a call that the resource policy allows is **allowed** even when the authorizer's
 * policy is silent: an authorizer that only allows its user's own path does not keep the user from other paths.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function combineAuthorizer({ resourcePolicy, authorizer }: ApiVerdicts): Decision {
  const verdicts = [resourcePolicy, authorizer].filter((verdict) => verdict !== undefined);
  // "A private API without a resource policy rejects all calls", even those that its authorizer allows.
  if (resourcePolicy === undefined) return missingAllow("resource", verdicts);
  const deny = verdicts.find(({ outcome }) => outcome === "deny");
  if (deny !== undefined) return deniedBy(deny, verdicts);
  const allow = verdicts.find(({ outcome }) => outcome === "allow");
  return allow === undefined ? missingAllow("resource", verdicts) : allowedBy(allow, verdicts);
}

/** A call of a private API, and both policies that apply to it. */
export interface InvokeInput {
  readonly request: InvokeRequest;
  readonly resourcePolicy: Policy | undefined;
  /** The policy that the authorizer returned; undefined: the method has no authorizer. */
  readonly authorizerPolicy: Policy | undefined;
}

/** The whole authorization flow: a Deny of the resource policy first, then the authorizer's policy, then Table A. */
export function evaluateInvoke({ request, resourcePolicy, authorizerPolicy }: InvokeInput): Decision {
  const first = evaluateApiPolicy(resourcePolicy, request);
  const refused = first === undefined || first.outcome === "deny" || authorizerPolicy === undefined;
  const authorizer = refused ? undefined : evaluateAuthorizerPolicy(authorizerPolicy, request);
  return combineAuthorizer({ resourcePolicy: first, authorizer });
}
