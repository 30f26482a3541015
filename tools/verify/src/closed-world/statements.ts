import type { AttributeContext } from "./rules";
import { JUDGED_BY_MATRICES, Statements } from "./policies/expected-statements";
import { resourcePolicy } from "./policies/resource-policies";
import { rolePolicy } from "./policies/role-policies";
import { trustPolicy } from "./policies/trust-policies";

/** The statements of an attribute that holds a policy. */
export function statements(context: AttributeContext): Statements | typeof JUDGED_BY_MATRICES {
  const { type } = context.resource;
  if (type === "aws_iam_role") return new Statements(trustPolicy(context));
  const expected = type === "aws_iam_role_policy" ? rolePolicy(context) : resourcePolicy(context);
  return expected === undefined ? JUDGED_BY_MATRICES : new Statements(expected);
}
