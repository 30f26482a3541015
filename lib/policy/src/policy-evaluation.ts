import type { Catalog } from "./catalog";
import type { Policy } from "./document";
import { iamData } from "./iam-data";
import { prepareRequest, type AuthorizationRequest } from "./request";
import { evaluateStatements, type Verdict } from "./verdict";

/**
 * Evaluates policies of one kind for a request, without any other policy: the part of a decision that a change of these
 * policies can change. {@link evaluateRequest} decides whether the request is allowed.
 *
 * @throws {PolicyError} when a policy leaves the verdict open
 * @throws {RequestError} when the request is malformed
 */
export function evaluatePolicies(
  policies: readonly [Policy, ...Policy[]],
  request: AuthorizationRequest,
  catalog: Catalog = iamData,
): Verdict {
  return evaluateStatements(policies[0].kind, policies, prepareRequest(request, catalog));
}
