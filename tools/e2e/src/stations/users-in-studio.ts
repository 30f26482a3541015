import {
  CreateAppCommand,
  CreateSpaceCommand,
  DeleteDomainCommand,
  DeleteUserProfileCommand,
  ListDomainsCommand,
  ListUserProfilesCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { LineOfBusiness } from "@studio-access/config";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "../aws";

type Lob = LineOfBusiness;

export function lobNamed({ workspace }: LocalDeployment, name: string): Lob {
  const lob = workspace.config.linesOfBusiness.find((entry) => entry.name === name);
  if (lob === undefined) throw new Error(`the config has no ${name}`);
  return lob;
}

/** Opens spaces named `work-0`, `work-1`, …, with an app in each, as users do in Studio without Terraform. */
export async function openSpaces(deployment: LocalDeployment, lob: Lob, count: number): Promise<void> {
  const client = new SageMakerClient(inAccount(deployment, lob.account.id));
  const DomainId = await onlyDomain(client);
  for (let index = 0; index < count; index += 1) {
    const SpaceName = `work-${index}`;
    await client.send(
      new CreateSpaceCommand({
        DomainId,
        SpaceName,
        OwnershipSettings: { OwnerUserProfileName: lob.users[0] },
        SpaceSharingSettings: { SharingType: "Private" },
      }),
    );
    await client.send(
      new CreateAppCommand({ DomainId, SpaceName, AppType: "JupyterLab", AppName: "default" }),
    );
  }
}

/** Deletes a domain without Terraform and keeps the home directories, as somebody may do in the console. */
export async function deleteDomainByHand(deployment: LocalDeployment, { account }: Lob): Promise<void> {
  const client = new SageMakerClient(inAccount(deployment, account.id));
  const DomainId = await onlyDomain(client);
  const { UserProfiles = [] } = await client.send(new ListUserProfilesCommand({ DomainIdEquals: DomainId }));
  for (const { UserProfileName } of UserProfiles) {
    await client.send(new DeleteUserProfileCommand({ DomainId, UserProfileName }));
  }
  await client.send(new DeleteDomainCommand({ DomainId, RetentionPolicy: { HomeEfsFileSystem: "Retain" } }));
}

async function onlyDomain(client: SageMakerClient): Promise<string> {
  const { Domains = [] } = await client.send(new ListDomainsCommand({}));
  const [domain, ...others] = Domains;
  if (domain?.DomainId === undefined || others.length > 0) {
    throw new Error(`expected one domain in the account, found ${Domains.length}`);
  }
  return domain.DomainId;
}
