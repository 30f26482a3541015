import type { Catalog } from "./catalog";
import type { Policy } from "./document";
import { iamData } from "./iam-data";
import { prepareRequest, type AuthorizationRequest } from "./request";
import { evaluateStatements, type Verdict } from "./verdict";

/**
 * What policies of one kind say of a request, taken together and on their own: the part of a decision that a change of
 * just these policies can change. Whether the request is allowed is {@link evaluateRequest}'s to say.
 *
 * @throws {PolicyError} when AWS leaves open what a policy says of it
 * @throws {RequestError} when the question makes no sense
 */
export function judgePolicies(
  policies: readonly [Policy, ...Policy[]],
  request: AuthorizationRequest,
  catalog: Catalog = iamData,
): Verdict {
  return evaluateStatements(policies[0].kind, policies, prepareRequest(request, catalog));
}
