import { namedAccounts, type Config } from "@studio-access/config";

import type { Account } from "./account";
import { changeStatements } from "./apply-permissions";
import { readStatements } from "./plan-permissions";
import { stateStatements } from "./state-permissions";
import type { Statement } from "./statement";

/** An IAM policy, as AWS spells it. */
interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** What whoever deploys by hand must be allowed in one account. */
export interface DeployerPolicies {
  /** `shared-services`, or the name of the line of business. */
  readonly account: string;
  readonly accountId: string;
  /** By the policy's name. They are two, since together they exceed the size limit of a managed policy. */
  readonly policies: Readonly<Record<"look" | "change", PolicyDocument>>;
}

/**
 * The policies of every account, the shared-services account first: the statements of the roles that workflows plan and
 * apply with, without what those are denied besides. The stacks `state` and `ci-access…` need an administrator.
 */
export function deployerPolicies(config: Config): readonly DeployerPolicies[] {
  return namedAccounts(config).map(({ path, name, entry: { id } }) => {
    const isShared = path === "sharedServices";
    const account: Account = { config, accountId: id, ...(isShared ? {} : { lob: name }) };
    return {
      account: isShared ? "shared-services" : name,
      accountId: id,
      policies: {
        look: document(readStatements(account)),
        change: document([...changeStatements(account), ...stateStatements("write", account)]),
      },
    };
  });
}

function document(statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
