import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { GetResourceSharesCommand, RAMClient } from "@aws-sdk/client-ram";
import { ListHostedZonesByVPCCommand, Route53Client } from "@aws-sdk/client-route-53";
import { ListDomainsCommand, ListUserProfilesCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { LocalDeployment } from "@studio-access/local-deployment";

import { inAccount } from "./aws";

/** Rows of one table, as plain strings. */
export async function rows(
  deployment: LocalDeployment,
  account: string,
  table: string,
): Promise<Record<string, string>[]> {
  const client = new DynamoDBClient(inAccount(deployment, account));
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  return Items.map((item) => Object.fromEntries(Object.entries(item).map(([name, { S = "" }]) => [name, S])));
}

/** Names of the private hosted zones that are associated with a VPC. */
export async function zonesOf(
  deployment: LocalDeployment,
  account: string,
  vpcId: string,
): Promise<string[]> {
  const client = new Route53Client(inAccount(deployment, account));
  const { region } = deployment.workspace.config;
  const { HostedZoneSummaries = [] } = await client.send(
    new ListHostedZonesByVPCCommand({ VPCId: vpcId, VPCRegion: region as "eu-west-1" }),
  );
  return HostedZoneSummaries.map(({ Name = "" }) => Name).sort();
}

/** Studio domains of an account with their user profiles. */
export async function domains(
  deployment: LocalDeployment,
  account: string,
): Promise<Record<string, string[]>> {
  const client = new SageMakerClient(inAccount(deployment, account));
  const { Domains = [] } = await client.send(new ListDomainsCommand({}));
  const found = Domains.map(async ({ DomainId, DomainName = "" }): Promise<[string, string[]]> => {
    const { UserProfiles = [] } = await client.send(
      new ListUserProfilesCommand({ DomainIdEquals: DomainId }),
    );
    return [DomainName, UserProfiles.map(({ UserProfileName = "" }) => UserProfileName)];
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Names of the resource shares that an account has received. */
export async function sharesReceived(deployment: LocalDeployment, account: string): Promise<string[]> {
  const client = new RAMClient(inAccount(deployment, account));
  const { resourceShares = [] } = await client.send(
    new GetResourceSharesCommand({ resourceOwner: "OTHER-ACCOUNTS" }),
  );
  return resourceShares.map(({ name = "" }) => name);
}
