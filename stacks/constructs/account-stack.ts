import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { namesFor, type AccountConfig, type Config, type Names } from "@studio-access/config";
import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { RequireExplicitProvider } from "../guards/require-explicit-provider";
import { accountProvider } from "./account-provider";
import { keepState } from "./state";

/** The account that a construct's resources belong to, and what their names and settings are made from. */
export interface AccountContext {
  /** Required: constructs never fall back to a default account. */
  readonly provider: AwsProvider;
  readonly accountId: string;
  readonly config: Config;
  readonly names: Names;
}

/** An account in which a stack has a key of its own for what it stores. */
export interface EncryptedContext extends AccountContext {
  readonly keyArn: string;
}

/** Alias of the provider of the shared-services account. */
export const SHARED_SERVICES = "shared-services";

export interface AccountStackProps {
  readonly config: Config;
  readonly account: AccountConfig;
  /** Alias of the account's provider. */
  readonly alias: string;
}

/**
 * The base of every stack: its state is where the config says, it has one account of its own, and the guard checks all
 * of its resources.
 */
export abstract class AccountStack extends TerraformStack {
  /** The stack's own account. */
  protected readonly account: AccountContext;

  constructor(scope: Construct, id: string, { config, account, alias }: AccountStackProps) {
    super(scope, id);
    keepState(this, config);
    this.account = {
      provider: accountProvider(this, alias, account, config),
      accountId: account.id,
      config,
      names: namesFor(config.environment),
    };
    Aspects.of(this).add(new RequireExplicitProvider());
  }
}
