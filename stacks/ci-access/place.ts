import type { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";

import type { AccountConfig, CiConfig, Config } from "@studio-access/config";

/** One account, and what its roles for workflows are made from. */
export interface CiPlace {
  readonly provider: AwsProvider;
  readonly config: Config;
  readonly ci: CiConfig;
  readonly account: AccountConfig;
  /** Name of the line of business whose account it is; absent: the shared-services account. */
  readonly lob?: string;
}

/** A place, and the key that seals plans where that is in this account. */
export interface CiRoleProps extends CiPlace {
  readonly planKeyArn: string | undefined;
  /** GitHub's OpenID Connect provider, where it is made with the roles. */
  readonly github: IamOpenidConnectProvider | undefined;
}
