import type { Construct } from "constructs";

import { planKeyName, type AccountConfig, type CiConfig, type Config } from "@studio-access/config";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import { ApplyRole } from "./apply-role";
import { githubProvider } from "./github-provider";
import { PlanRole } from "./plan-role";
import { RoleBoundary } from "./role-boundary";

export interface CiAccessStackProps {
  readonly config: Config;
  readonly ci: CiConfig;
  readonly account: AccountConfig;
  /** Name of the line of business whose account it is; absent: the shared-services account. */
  readonly lob?: string;
}

/**
 * What GitHub workflows may do in one account: a role that plans, one that applies, and the boundary of all roles that
 * the latter makes.
 *
 * An administrator deploys it. A workflow cannot: the apply role is denied all that is made here
 * (docs/decisions/0008-roles-for-workflows.md).
 */
export class CiAccessStack extends AccountStack {
  constructor(scope: Construct, id: string, { config, ci, account, lob }: CiAccessStackProps) {
    super(scope, id, { config, account, alias: lob ?? SHARED_SERVICES });
    const { provider } = this.account;
    const context = { ...this.account, ci, ...(lob === undefined ? {} : { lob }) };

    const isMade = !(ci.accountsWithProvider ?? []).includes(account.id);
    const github = isMade ? githubProvider(this, "Github", provider) : undefined;
    // Plans wait in shared services for their approval, those of the lines of business too.
    const planKeyArn =
      lob === undefined
        ? new EncryptionKey(this, "PlanKey", {
            ...this.account,
            name: planKeyName(config),
            description: "Studio Access: reviewed plans until they are applied",
          }).arn
        : undefined;
    const plan = new PlanRole(this, "PlanRole", { ...context, planKeyArn, github });
    new RoleBoundary(this, "RoleBoundary", context);
    const apply = new ApplyRole(this, "ApplyRole", { ...context, planKeyArn, github });

    publish(this, {
      plan_role_arn: [plan.arn, "ARN of the role that workflows plan with."],
      apply_role_arn: [apply.arn, "ARN of the role that the approved deploy job applies with."],
    });
  }
}
