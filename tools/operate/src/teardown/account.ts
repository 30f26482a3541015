import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EFSClient } from "@aws-sdk/client-efs";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AccountConfig } from "@studio-access/config";

import { inAccount } from "../environment/account-client";
import { HomeFileSystems } from "./home-file-systems";
import { NfsGroups } from "./nfs-groups";
import { Studio } from "./studio";
import { StudioLogs } from "./studio-logs";

/** A line of business's account: clients for what SageMaker and the users made there. */
export interface LobAccount {
  readonly studio: Studio;
  readonly fileSystems: HomeFileSystems;
  readonly groups: NfsGroups;
  readonly logs: StudioLogs;
}

/**
 * Opens a line of business's account, with the credentials that Terraform uses.
 *
 * @throws {Error} when they belong to another account, in which everything would seem to be removed
 */
export async function openAccount(entry: AccountConfig, region: string): Promise<LobAccount> {
  const settings = inAccount(entry, region);
  const { Account } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  if (Account !== entry.id) {
    throw new Error(
      `The credentials for account ${entry.id} belong to account ${Account ?? "(unknown)"}. Correct its profile or role.`,
    );
  }
  return {
    studio: new Studio(new SageMakerClient(settings)),
    fileSystems: new HomeFileSystems(new EFSClient(settings)),
    groups: new NfsGroups(new EC2Client(settings)),
    logs: new StudioLogs(new CloudWatchLogsClient(settings)),
  };
}
