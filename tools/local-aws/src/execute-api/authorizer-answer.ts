import { parsePolicy, PolicyError, type Policy } from "@studio-access/policy";

import type { Outcome } from "../lambda-runtime/sandbox";
import type { AuthorizerContextValues } from "./events";

/** What an authorizer's run comes to. */
export type AuthorizerAnswer =
  | {
      readonly kind: "policy";
      readonly policy: Policy;
      readonly principalId: string;
      readonly context: AuthorizerContextValues;
    }
  /** It threw the very word: 401. */
  | { readonly kind: "unauthorized" }
  /** Anything else: 500, closed. The reason is for the local AWS's log; it holds no part of the answer. */
  | { readonly kind: "broken"; readonly reason: string };

interface RawAnswer {
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: unknown;
}

/** Reads what the authorizer's function returned or threw. */
export function readAuthorizerAnswer(outcome: Outcome): AuthorizerAnswer {
  if (!outcome.ok) {
    if (outcome.error.errorMessage === "Unauthorized") return { kind: "unauthorized" };
    return broken(`the authorizer failed: ${outcome.error.errorType}`);
  }
  const answer = JSON.parse(outcome.payload) as RawAnswer | null;
  if (typeof answer !== "object" || answer === null) return broken("the authorizer's answer is no object");
  const { principalId, policyDocument, context = {} } = answer;
  if (typeof principalId !== "string" || principalId === "")
    return broken("the authorizer's answer has no principalId");
  const values = contextValues(context);
  if (!values) return broken("the authorizer's context holds more than strings, numbers and booleans");
  try {
    const policy = parsePolicy(policyDocument, { name: "the authorizer's policy", kind: "authorizer" });
    return { kind: "policy", policy, principalId, context: values };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return broken(`the authorizer's policy does not hold: ${error.message}`);
  }
}

/** API Gateway hands all values on as strings. */
function contextValues(context: unknown): AuthorizerContextValues | undefined {
  if (typeof context !== "object" || context === null) return undefined;
  const entries = Object.entries(context as Readonly<Record<string, unknown>>);
  if (entries.some(([, value]) => !["string", "number", "boolean"].includes(typeof value))) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function broken(reason: string): AuthorizerAnswer {
  return { kind: "broken", reason };
}
