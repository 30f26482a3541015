import { parsePolicy, PolicyError, type Policy } from "@studio-access/policy";

import type { InvocationOutcome } from "../lambda-runtime/sandbox";
import type { AuthorizerContextValues } from "./events";

/** The output of an authorizer. */
export type AuthorizerOutput =
  | {
      readonly kind: "policy";
      readonly policy: Policy;
      readonly principalId: string;
      readonly context: AuthorizerContextValues;
    }
  /** The function failed with exactly the message `Unauthorized`; API Gateway answers 401. */
  | { readonly kind: "unauthorized" }
  /** Any other output; API Gateway answers 500. The reason is for the local AWS's log and holds no part of the output. */
  | { readonly kind: "broken"; readonly reason: string };

interface RawOutput {
  readonly principalId?: unknown;
  readonly policyDocument?: unknown;
  readonly context?: unknown;
}

/** Reads what the authorizer's function returned or threw. */
export function readAuthorizerOutput(outcome: InvocationOutcome): AuthorizerOutput {
  if (!outcome.ok) {
    if (outcome.error.errorMessage === "Unauthorized") return { kind: "unauthorized" };
    return broken(`the authorizer failed: ${outcome.error.errorType}`);
  }
  const answer = JSON.parse(outcome.payload) as RawOutput | null;
  if (typeof answer !== "object" || answer === null)
    return broken("the authorizer's output is not an object");
  const { principalId, policyDocument, context = {} } = answer;
  if (typeof principalId !== "string" || principalId === "")
    return broken("the authorizer's output has no principalId");
  const values = contextValues(context);
  if (!values) return broken("the authorizer's context holds more than strings, numbers and booleans");
  try {
    const policy = parsePolicy(policyDocument, { name: "the authorizer's policy", kind: "authorizer" });
    return { kind: "policy", policy, principalId, context: values };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return broken(`the authorizer's policy is invalid: ${error.message}`);
  }
}

/** API Gateway passes all values on as strings. */
function contextValues(context: unknown): AuthorizerContextValues | undefined {
  if (typeof context !== "object" || context === null) return undefined;
  const entries = Object.entries(context as Readonly<Record<string, unknown>>);
  if (entries.some(([, value]) => !["string", "number", "boolean"].includes(typeof value))) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function broken(reason: string): AuthorizerOutput {
  return { kind: "broken", reason };
}
