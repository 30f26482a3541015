import type { Decision, Policy, StatementReference } from "@studio-access/policy";

/** The answer to one question: may this caller do this to that. */
export interface Finding {
  /** ARN of the caller. */
  readonly who: string;
  /** The action that decided. */
  readonly action: string;
  /** Every action that was asked for. */
  readonly actions: readonly string[];
  readonly resource: string;
  readonly allowed: boolean;
  /** The statement that decided or what was missing, for people: names policies, and nothing that they say. */
  readonly why: string;
  /** The same as far as AWS tells it: ` because no identity-based policy allows the … action`. */
  readonly awsReason: string;
}

/** What AWS calls a kind of policy, in refusals. */
const AWS_NAMES: Readonly<Record<Policy["kind"], string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  scp: "service control policy",
  rcp: "resource control policy",
  resource: "resource-based policy",
  trust: "role trust policy",
  endpoint: "VPC endpoint policy",
  authorizer: "authorizer policy",
};

/**
 * @param decision - of which `action` is the action
 * @param asked - every policy that was looked at
 */
export function findingOf(
  question: Pick<Finding, "who" | "action" | "actions" | "resource">,
  decision: Decision,
  asked: readonly Policy[],
): Finding {
  return {
    ...question,
    allowed: decision.allowed,
    why: whyOf(question.action, decision, asked),
    awsReason: awsReasonOf(question.action, decision),
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
