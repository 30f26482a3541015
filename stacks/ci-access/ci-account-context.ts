import type { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";

import type { CiConfig } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";

/** One account, and the settings that its roles for workflows are made from. */
export interface CiAccountContext extends AccountContext {
  readonly ci: CiConfig;
  /** Name of the line of business whose account it is; absent: the shared-services account. */
  readonly lob?: string;
}

/** The same, and the key that encrypts plans where it is in this account. */
export interface CiRoleProps extends CiAccountContext {
  readonly planKeyArn: string | undefined;
  /** GitHub's OpenID Connect provider, where it is made with the roles. */
  readonly github: IamOpenidConnectProvider | undefined;
}
