import type { Decision, Policy, StatementReference } from "@studio-access/policy";

/** The result of one authorization request, in a form for logs and error messages. */
export interface AuthorizationResult {
  /** ARN of the caller, or the subject and provider of a token. */
  readonly who: string;
  /** The action whose evaluation decided. */
  readonly action: string;
  /** Every action that was evaluated. */
  readonly actions: readonly string[];
  readonly resource: string;
  readonly allowed: boolean;
  /** The statement that decided, or the kind of policy that has no Allow. Names policies, but quotes none of their text. */
  readonly why: string;
  /** The part of the reason that AWS reveals: ` because no identity-based policy allows the … action`. */
  readonly awsReason: string;
}

/** AWS's names of the kinds of policy in access-denied messages. */
const AWS_NAMES: Readonly<Record<Policy["kind"], string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  scp: "service control policy",
  rcp: "resource control policy",
  resource: "resource-based policy",
  trust: "role trust policy",
  endpoint: "VPC endpoint policy",
  gateway_endpoint: "VPC endpoint policy",
  authorizer: "authorizer policy",
};

/**
 * @param decision - the policy decision on `request.action`
 * @param asked - every policy that was evaluated
 */
export function authorizationResultOf(
  request: Pick<AuthorizationResult, "who" | "action" | "actions" | "resource">,
  decision: Decision,
  asked: readonly Policy[],
): AuthorizationResult {
  return {
    ...request,
    allowed: decision.allowed,
    why: whyOf(request.action, decision, asked),
    awsReason: awsReasonOf(request.action, decision),
  };
}

function whyOf(action: string, { allowed, decidedBy, missing }: Decision, asked: readonly Policy[]): string {
  if (decidedBy) return `${allowed ? "Allow" : "explicit Deny"} in ${statementName(decidedBy)}`;
  if (missing === undefined) return "no statement is needed";
  const names = asked.filter(({ kind }) => kind === missing).map(({ name }) => name);
  if (names.length === 0) return `no Allow of ${action}: there is no ${missing} policy`;
  return `no Allow of ${action} in ${missing} ${names.length === 1 ? "policy" : "policies"} ${names.join(", ")}`;
}

function statementName({ kind, policy, index, sid }: StatementReference): string {
  return `${kind} policy ${policy}, statement ${index}${sid === undefined ? "" : ` (${sid})`}`;
}

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function awsReasonOf(action: string, { reason, decidedBy, missing }: Decision): string {
  const kind = decidedBy?.kind ?? missing;
  if (reason === "allowed" || kind === undefined) return "";
  const name = AWS_NAMES[kind];
  if (reason === "implicit_deny") return ` because no ${name} allows the ${action} action`;
  return ` with an explicit deny in ${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
