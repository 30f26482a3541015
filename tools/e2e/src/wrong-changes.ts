import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { LambdaClient, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import {
  AssociateVPCWithHostedZoneCommand,
  DisassociateVPCFromHostedZoneCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { zipOf } from "@studio-access/bundle";
import type { LocalDeployment } from "@studio-access/local-deployment";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { inAccount } from "./aws";

/** Removes a zone's association with a VPC. @returns a function that restores it */
export async function leaveOutZone(
  deployment: LocalDeployment,
  place: { readonly account: string; readonly zoneId: string; readonly vpcId: string },
): Promise<() => Promise<void>> {
  const client = new Route53Client(inAccount(deployment, place.account));
  const input = {
    HostedZoneId: place.zoneId,
    VPC: { VPCId: place.vpcId, VPCRegion: deployment.workspace.config.region as "eu-west-1" },
  };
  await client.send(new DisassociateVPCFromHostedZoneCommand(input));
  return async () => {
    await client.send(new AssociateVPCWithHostedZoneCommand(input));
  };
}

/** An authorizer that allows every request, for the user in the path. */
const ALLOW_ALL = `export const handler = async (event) => ({
  principalId: "anybody",
  policyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
  },
  context: { userName: event.pathParameters.user_id },
});`;

/** Deploys an authorizer that allows every request. @returns a function that restores the original one */
export async function allowAll(
  deployment: LocalDeployment,
  account: string,
  functionName: string,
): Promise<() => Promise<void>> {
  const client = new LambdaClient(inAccount(deployment, account));
  const upload = async (code: Uint8Array): Promise<void> => {
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: code }));
  };
  await upload(await zipOf({ "index.mjs": Buffer.from(ALLOW_ALL) }));
  return async () =>
    upload(await readFile(join(checkoutRoot(), "packages/lambda-authorizer/dist/function.zip")));
}
