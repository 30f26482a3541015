import { accountsOf } from "@studio-access/config";
import type { ProviderConfig, StackPlan } from "../model";
import { changesOf, some, stackFinding } from "./changes";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "account-mismatch";

/**
 * Prefix of the stacks with the workflows' roles in the account of a line of business; the one in shared services is
 * `ci-access`.
 */
const ROLES_OF_LOB = "ci-access-";

/**
 * Accounts that a stack may write to: shared services, and for a line of business its own account as well. The stack
 * with its workflows' roles may write to its own account alone.
 */
function accountsFor(stack: string, { config }: RuleContext): readonly string[] {
  const isRoles = stack.startsWith(ROLES_OF_LOB);
  const lob = isRoles ? stack.slice(ROLES_OF_LOB.length) : stack;
  const own = config.linesOfBusiness.filter(({ name }) => name === lob).map(({ account }) => account.id);
  return isRoles ? own : [config.sharedServices.id, ...own];
}

function roleOf(provider: ProviderConfig, { config }: RuleContext): string | undefined {
  const { assumedRole } = provider;
  const [accountId] = provider.accountIds;
  const account = accountsOf(config).find(({ id }) => id === accountId);
  if (account === undefined) return undefined;
  const { credentials } = account;
  const wanted = "assumeRole" in credentials ? credentials.assumeRole : undefined;
  return wanted === assumedRole
    ? undefined
    : `it assumes ${assumedRole ?? "no role"}, and the config says ${wanted ?? "a profile"}`;
}

function wrongWith(
  provider: ProviderConfig,
  allowed: readonly string[],
  context: RuleContext,
): readonly string[] {
  if (!provider.source.endsWith("/aws")) return [];
  const { accountIds } = provider;
  if (accountIds.length === 0)
    return ["allowed_account_ids is not set: it takes whichever account its credentials are of"];
  const strangers = accountIds.filter((id) => !allowed.includes(id));
  const region = provider.region !== undefined && provider.region !== context.config.region;
  return [
    ...strangers.map((id) => `it may write to account ${id}`),
    ...(accountIds.length > 1 ? ["it may write to more than one account"] : []),
    ...(region ? [`it works in ${provider.region ?? ""}, and the config says ${context.config.region}`] : []),
    ...[roleOf(provider, context)].filter((text) => text !== undefined),
  ];
}

function providers(plan: StackPlan, context: RuleContext): readonly Finding[] {
  const allowed = accountsFor(plan.stack, context);
  // A required provider appears as a configuration without an alias; it is ignored where no resource uses it.
  const used = new Set(plan.declared.map(({ provider }) => provider));
  const blocks = plan.providers.filter(({ key, alias }) => alias !== undefined || used.has(key));
  return blocks.flatMap((provider) => {
    const wrong = wrongWith(provider, allowed, context);
    if (wrong.length === 0) return [];
    return [
      stackFinding(NAME, "block", plan, {
        message: `The provider ${provider.key} is not set as the config says.`,
        details: wrong,
        remedy: `Accounts of ${plan.stack} are ${allowed.join(" and ") || "none"}.`,
      }),
    ];
  });
}

/** Also finds resources that are no longer in the code, for which no provider names the account. */
function resources(plan: StackPlan, context: RuleContext): readonly Finding[] {
  const allowed = accountsFor(plan.stack, context);
  const strays = changesOf({ ...context, stacks: [plan] }, "create", "update", "replace", "delete").filter(
    ({ accountId }) => accountId !== undefined && !allowed.includes(accountId),
  );
  if (strays.length === 0) return [];
  const accounts = [...new Set(strays.map(({ accountId }) => accountId))];
  return [
    stackFinding(NAME, "block", plan, {
      message: `${strays.length} resources that change are in account ${accounts.join(" and ")}, and ${plan.stack} may change ${allowed.join(" and ")} only.`,
      details: some(
        strays.map(({ address }) => address),
        6,
      ),
    }),
  ];
}

/** Reports providers and resources outside the config's accounts. */
export const accountMismatch: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Works in another account, region or role than the config says, or leaves open in which (no allowed_account_ids).",
  check: (context) =>
    context.stacks.flatMap((plan) => [...providers(plan, context), ...resources(plan, context)]),
};
