import { ACCESS_ROLE, accountsOf, hasGroups, namesFor, PROFILE_MAKER_ROLE } from "@studio-access/config";
import type { NewGrant } from "../policy-change";
import type { PolicySet } from "../policies/policy-sets";
import { isLob, textOf } from "./changes";
import type { RuleContext } from "./rule";

const ASSUME = new Set(["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]);

/**
 * ARNs of the roles that lines of business have or make, each in its own account: of those that the presign function assumes by the config, so
 * that the stack of the presign function can be planned alone, of all others by the plans.
 */
function lobRoles(context: RuleContext): ReadonlySet<string> {
  const { environment, linesOfBusiness } = context.config;
  const names = namesFor(environment);
  const assumed = linesOfBusiness.flatMap((lob) =>
    [ACCESS_ROLE, ...(hasGroups(lob) ? [PROFILE_MAKER_ROLE] : [])].map((role) =>
      names.roleArn(lob.account.id, lob.name, role),
    ),
  );
  const roles = context.stacks
    .filter(({ stack }) => isLob(context, stack))
    .flatMap(({ resources }) =>
      resources.filter(({ type, kind }) => type === "aws_iam_role" && kind !== "delete"),
    )
    .flatMap(({ stack, accountId, after }) => {
      const own = linesOfBusiness.find(({ name }) => name === stack)?.account.id;
      const name = textOf(after, "name");
      const path = textOf(after, "path") ?? "/";
      return own !== undefined && own === accountId && name !== undefined
        ? [`arn:aws:iam::${own}:role${path}${name}`]
        : [];
    });
  return new Set([...assumed, ...roles]);
}

function accountOf({ example: { principal } }: NewGrant): string | undefined {
  if (principal?.type === "role_session") return principal.roleArn.split(":")[4];
  return principal?.type === "user" ? principal.arn.split(":")[4] : undefined;
}

/**
 * Whether an endpoint admits these calls by whose resource they ask for: callers with a cookie of Studio's or a token of an
 * identity provider's are no principals of AWS.
 */
function isAdmittedByResource({ actions }: NewGrant, { about }: PolicySet): boolean {
  const path = about.constructPath ?? "";
  const byToken = actions.every((action) => action === "sts:AssumeRoleWithWebIdentity");
  return path.endsWith("/Endpoint-studio") || (path.endsWith("/Endpoint-sts") && byToken);
}

/**
 * Whether a new permission belongs to a configured account. Without an Organization each line of business needs two: an
 * endpoint admits the account's principals (or its roles), and the presign function may assume the account's access
 * role, and with groups the role that makes profiles.
 */
export function isExpectedGrowth(grant: NewGrant, set: PolicySet, context: RuleContext): boolean {
  const { kind } = set;
  const configured = accountsOf(context.config).map(({ id }) => id);
  if (kind === "endpoint" || kind === "gateway_endpoint") {
    const { resourceAccount } = grant.example;
    if (resourceAccount !== undefined && isAdmittedByResource(grant, set))
      return configured.includes(resourceAccount);
    const account = accountOf(grant);
    const isOurs = account !== undefined && configured.includes(account);
    return isOurs && (resourceAccount === undefined || configured.includes(resourceAccount));
  }
  const { resource } = grant.example;
  const assumes = grant.actions.every((action) => ASSUME.has(action));
  return kind === "identity" && assumes && resource !== undefined && lobRoles(context).has(resource);
}
