import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { planKeyName, type AccountConfig, type CiConfig, type Config } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import { keepState } from "../constructs/state";
import { RequireExplicitProvider } from "../guards/require-explicit-provider";
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
export class CiAccessStack extends TerraformStack {
  constructor(scope: Construct, id: string, { config, ci, account, lob }: CiAccessStackProps) {
    super(scope, id);
    keepState(this, config);
    const provider = accountProvider(this, lob ?? "shared-services", account, config);
    const place = { provider, config, ci, account, ...(lob === undefined ? {} : { lob }) };

    const isMade = !(ci.accountsWithProvider ?? []).includes(account.id);
    const github = isMade ? githubProvider(this, "Github", provider) : undefined;
    // Plans wait in shared services for their approval, those of the lines of business too.
    const planKeyArn =
      lob === undefined
        ? new EncryptionKey(this, "PlanKey", {
            provider,
            accountId: account.id,
            config,
            name: planKeyName(config),
            description: "Studio Access: reviewed plans until they are applied",
          }).arn
        : undefined;
    const plan = new PlanRole(this, "PlanRole", { ...place, planKeyArn, github });
    new RoleBoundary(this, "RoleBoundary", place);
    const apply = new ApplyRole(this, "ApplyRole", { ...place, planKeyArn, github });

    publish(this, {
      plan_role_arn: [plan.arn, "ARN of the role that workflows plan with."],
      apply_role_arn: [apply.arn, "ARN of the role that the approved deploy job applies with."],
    });
    Aspects.of(this).add(new RequireExplicitProvider());
  }
}
