import type { PolicyKind } from "./kinds";

/** Why a policy cannot be evaluated. */
export type PolicyFault =
  | "malformed_json"
  | "malformed_document"
  | "unknown_version"
  | "unknown_element"
  | "malformed_statement"
  | "not_principal"
  | "malformed_principal"
  | "unsupported_principal"
  | "ambiguous_principal"
  | "malformed_action"
  | "unknown_service"
  | "unknown_action"
  | "malformed_resource"
  | "ambiguous_resource"
  | "malformed_variable"
  | "multivalued_variable"
  | "malformed_condition"
  | "unknown_operator"
  | "unknown_condition_key"
  | "set_operator_required";

/** Why an authorization request cannot be decided. */
export type RequestFault =
  | "malformed_principal"
  | "unknown_action"
  | "malformed_resource"
  | "unknown_resource_account"
  | "unknown_condition_key"
  | "malformed_context"
  | "wrong_policy_kind"
  | "policy_not_applicable"
  | "malformed_session";

/** One statement of one policy. */
export interface StatementReference {
  readonly policy: string;
  readonly kind: PolicyKind;
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid?: string;
}

/** The policy and the statement that hold a fault. */
export interface PolicyLocation {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly statement?: { readonly index: number; readonly sid?: string };
}

function describe(place: PolicyLocation): string {
  const policy = `${place.kind} policy "${place.policy}"`;
  if (place.statement === undefined) return policy;
  const { index, sid } = place.statement;
  return `${policy}, statement ${index}${sid === undefined ? "" : ` (Sid "${sid}")`}`;
}

/** The policy holds something that the evaluator does not know, so that any decision would be a guess. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";

  /** @param what the element and its fault, without the location */
  constructor(
    readonly code: PolicyFault,
    readonly what: string,
    readonly place?: PolicyLocation,
  ) {
    super(place === undefined ? what : `${describe(place)}: ${what}`);
  }

  /** The same error with its location. An error that has a location keeps it. */
  at(place: PolicyLocation): PolicyError {
    return this.place === undefined ? new PolicyError(this.code, this.what, place) : this;
  }
}

/** The authorization request itself is malformed, so that there is no decision. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    readonly code: RequestFault,
    message: string,
  ) {
    super(message);
  }
}

/** Runs `work`, and adds the location to a PolicyError that it throws. */
export function locate<T>(place: PolicyLocation, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof PolicyError ? error.at(place) : error;
  }
}
