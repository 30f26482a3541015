/** The handshakes between the accounts of a hub and a line of business, with the real moto and the real AWS clients. */
import { setTimeout } from "node:timers/promises";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  AcceptTransitGatewayVpcAttachmentCommand,
  AssociateTransitGatewayRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteTableCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  DeleteTransitGatewayVpcAttachmentCommand,
  DescribeRouteTablesCommand,
  DescribeTransitGatewayRouteTablesCommand,
  DescribeTransitGatewayVpcAttachmentsCommand,
  DescribeVpcsCommand,
  DisableTransitGatewayRouteTablePropagationCommand,
  EC2Client,
  EnableTransitGatewayRouteTablePropagationCommand,
  GetTransitGatewayRouteTablePropagationsCommand,
} from "@aws-sdk/client-ec2";
import {
  AcceptResourceShareInvitationCommand,
  CreateResourceShareCommand,
  GetResourceShareInvitationsCommand,
  RAMClient,
} from "@aws-sdk/client-ram";
import {
  AssociateVPCWithHostedZoneCommand,
  CreateHostedZoneCommand,
  CreateVPCAssociationAuthorizationCommand,
  GetHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import {
  CreateDomainCommand,
  CreatePresignedDomainUrlCommand,
  CreateUserProfileCommand,
  DeleteDomainCommand,
  DescribeUserProfileCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import { startLocalAws, type DataPlaneParts, type LocalAws, type PresignedUrlRecord } from "../index";

// moto takes some seconds to start, and more on a busy machine.
jest.setTimeout(60_000);

const HUB = "111111111111";
const LOB = "222222222222";
const REGION = "eu-west-1";
const VPC_REGION = REGION;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** An access key of 12 digits is the account itself. */
const of = (account: string): Credentials => ({ accessKeyId: account, secretAccessKey: "none" });

let directory: string;
let aws: LocalAws;
let parts: DataPlaneParts;
const issued: PresignedUrlRecord[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "local-aws-"));
  aws = await startLocalAws({
    logDirectory: directory,
    extend: (given) => {
      parts = given;
      return { presignedUrls: { issued: (record) => issued.push(record) } };
    },
  });
});

afterAll(async () => {
  await aws.stop();
  await rm(directory, { recursive: true });
});

function settings(credentials: Credentials): object {
  return { region: REGION, endpoint: aws.endpoint, credentials };
}

const ec2 = (account: string): EC2Client => new EC2Client(settings(of(account)));
const ram = (account: string): RAMClient => new RAMClient(settings(of(account)));
const route53 = (account: string): Route53Client => new Route53Client(settings(of(account)));
const sts = (credentials: Credentials): STSClient => new STSClient(settings(credentials));

async function vpcWithSubnet(account: string, cidr: string): Promise<{ vpcId: string; subnetId: string }> {
  const { Vpc } = await ec2(account).send(new CreateVpcCommand({ CidrBlock: cidr }));
  const vpcId = Vpc!.VpcId!;
  const { Subnet } = await ec2(account).send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: cidr }));
  return { vpcId, subnetId: Subnet!.SubnetId! };
}

async function newGateway(): Promise<{ id: string; arn: string }> {
  const Options = {
    DefaultRouteTableAssociation: "disable",
    DefaultRouteTablePropagation: "disable",
  } as const;
  const { TransitGateway } = await ec2(HUB).send(new CreateTransitGatewayCommand({ Options }));
  return { id: TransitGateway!.TransitGatewayId!, arn: TransitGateway!.TransitGatewayArn! };
}

async function shareWithLob(arn: string): Promise<void> {
  await ram(HUB).send(new CreateResourceShareCommand({ name: arn, resourceArns: [arn], principals: [LOB] }));
  const { resourceShareInvitations = [] } = await ram(LOB).send(new GetResourceShareInvitationsCommand({}));
  const pending = resourceShareInvitations.filter(({ status }) => status === "PENDING");
  expect(pending).toHaveLength(1);
  const { resourceShareInvitationArn } = pending[0]!;
  await ram(LOB).send(new AcceptResourceShareInvitationCommand({ resourceShareInvitationArn }));
}

async function attach(TransitGatewayId: string, vpc: { vpcId: string; subnetId: string }): Promise<string> {
  const input = { TransitGatewayId, VpcId: vpc.vpcId, SubnetIds: [vpc.subnetId] };
  const { TransitGatewayVpcAttachment } = await ec2(LOB).send(
    new CreateTransitGatewayVpcAttachmentCommand(input),
  );
  expect(TransitGatewayVpcAttachment).toMatchObject({ State: "pendingAcceptance", VpcOwnerId: LOB });
  return TransitGatewayVpcAttachment!.TransitGatewayAttachmentId!;
}

async function stateFor(account: string, attachmentId: string): Promise<string | undefined> {
  const command = new DescribeTransitGatewayVpcAttachmentsCommand({
    TransitGatewayAttachmentIds: [attachmentId],
  });
  return (await ec2(account).send(command)).TransitGatewayVpcAttachments?.[0]?.State;
}

describe("accounts", () => {
  it("follow from the access keys, including those of assumed roles", async () => {
    const whoIs = async (credentials: Credentials): Promise<string | undefined> =>
      (await sts(credentials).send(new GetCallerIdentityCommand({}))).Account;
    expect(await whoIs(of(LOB))).toBe(LOB);
    expect(await whoIs({ accessKeyId: "test", secretAccessKey: "none" })).toBe("123456789012");
    const assume = new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${LOB}:role/access/lob-a`,
      RoleSessionName: "user-a",
      SourceIdentity: "user-a",
      Tags: [{ Key: "user", Value: "user-a" }],
    });
    const { Credentials: made, SourceIdentity } = await sts(of(HUB)).send(assume);
    expect(SourceIdentity).toBe("user-a");
    const session = parts.sessions.get(made!.AccessKeyId!);
    expect(session).toMatchObject({
      account: LOB,
      callerAccount: HUB,
      sourceIdentity: "user-a",
      tags: new Map([["user", "user-a"]]),
    });
    const credentials = {
      accessKeyId: made!.AccessKeyId!,
      secretAccessKey: made!.SecretAccessKey!,
      sessionToken: made!.SessionToken!,
    };
    expect(await whoIs(credentials)).toBe(LOB);
  });

  it("do not see each other's resources", async () => {
    const { vpcId } = await vpcWithSubnet(HUB, "10.9.0.0/24");
    const seen = ec2(LOB).send(new DescribeVpcsCommand({ VpcIds: [vpcId] }));
    await expect(seen).rejects.toMatchObject({ name: "InvalidVpcID.NotFound" });
  });
});

describe("a Transit Gateway shared by RAM", () => {
  it("takes an attachment from the other account, into its route tables, once accepted", async () => {
    const gateway = await newGateway();
    const vpc = await vpcWithSubnet(LOB, "10.1.0.0/24");
    const early = ec2(LOB).send(
      new CreateTransitGatewayVpcAttachmentCommand({
        TransitGatewayId: gateway.id,
        VpcId: vpc.vpcId,
        SubnetIds: [vpc.subnetId],
      }),
    );
    await expect(early).rejects.toMatchObject({ name: "InvalidTransitGatewayID.NotFound" });
    await shareWithLob(gateway.arn);
    const TransitGatewayAttachmentId = await attach(gateway.id, vpc);

    const createTable = new CreateTransitGatewayRouteTableCommand({ TransitGatewayId: gateway.id });
    const { TransitGatewayRouteTable } = await ec2(HUB).send(createTable);
    const inTable = {
      TransitGatewayAttachmentId,
      TransitGatewayRouteTableId: TransitGatewayRouteTable!.TransitGatewayRouteTableId!,
    };
    const associate = new AssociateTransitGatewayRouteTableCommand(inTable);
    await expect(ec2(HUB).send(associate)).rejects.toMatchObject({ name: "IncorrectState" });
    await ec2(HUB).send(new AcceptTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
    await ec2(HUB).send(associate);
    expect(await stateFor(LOB, TransitGatewayAttachmentId)).toBe("available");

    const { RouteTable } = await ec2(LOB).send(new CreateRouteTableCommand({ VpcId: vpc.vpcId }));
    const RouteTableId = RouteTable!.RouteTableId!;
    const DestinationCidrBlock = "10.0.0.0/16";
    await ec2(LOB).send(
      new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, TransitGatewayId: gateway.id }),
    );
    const { RouteTables } = await ec2(LOB).send(
      new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }),
    );
    expect(RouteTables?.[0]?.Routes).toContainEqual(
      expect.objectContaining({ DestinationCidrBlock, TransitGatewayId: gateway.id }),
    );

    await ec2(LOB).send(new DeleteTransitGatewayVpcAttachmentCommand({ TransitGatewayAttachmentId }));
    expect(await stateFor(HUB, TransitGatewayAttachmentId)).toBe("deleted");
    expect(await stateFor(LOB, TransitGatewayAttachmentId)).toBe("deleted");
  });

  it("has no default route table, and lets an attachment leave two tables at once", async () => {
    const gateway = await newGateway();
    const { vpcId, subnetId } = await vpcWithSubnet(HUB, "10.2.0.0/24");
    const input = { TransitGatewayId: gateway.id, VpcId: vpcId, SubnetIds: [subnetId] };
    const { TransitGatewayVpcAttachment } = await ec2(HUB).send(
      new CreateTransitGatewayVpcAttachmentCommand(input),
    );
    const { TransitGatewayAttachmentId } = TransitGatewayVpcAttachment!;
    const filter = { Filters: [{ Name: "transit-gateway-id", Values: [gateway.id] }] };
    const { TransitGatewayRouteTables = [] } = await ec2(HUB).send(
      new DescribeTransitGatewayRouteTablesCommand(filter),
    );
    expect(TransitGatewayRouteTables.filter(({ State }) => State !== "deleted")).toEqual([]);

    const tables: string[] = [];
    for (let count = 0; count < 2; count++) {
      const made = await ec2(HUB).send(
        new CreateTransitGatewayRouteTableCommand({ TransitGatewayId: gateway.id }),
      );
      const TransitGatewayRouteTableId = made.TransitGatewayRouteTable!.TransitGatewayRouteTableId!;
      tables.push(TransitGatewayRouteTableId);
      await ec2(HUB).send(
        new EnableTransitGatewayRouteTablePropagationCommand({
          TransitGatewayRouteTableId,
          TransitGatewayAttachmentId,
        }),
      );
    }
    const leave = (TransitGatewayRouteTableId: string): Promise<unknown> =>
      ec2(HUB).send(
        new DisableTransitGatewayRouteTablePropagationCommand({
          TransitGatewayRouteTableId,
          TransitGatewayAttachmentId,
        }),
      );
    await Promise.all(tables.map(leave));
    for (const TransitGatewayRouteTableId of tables) {
      const get = new GetTransitGatewayRouteTablePropagationsCommand({ TransitGatewayRouteTableId });
      expect((await ec2(HUB).send(get)).TransitGatewayRouteTablePropagations ?? []).toEqual([]);
    }
  });
});

describe("a private zone", () => {
  it("takes a VPC of another account that its owner has authorized", async () => {
    const hub = await vpcWithSubnet(HUB, "10.3.0.0/24");
    const lob = await vpcWithSubnet(LOB, "10.4.0.0/24");
    const create = new CreateHostedZoneCommand({
      Name: "sts.example.com",
      CallerReference: "1",
      VPC: { VPCId: hub.vpcId, VPCRegion: VPC_REGION },
    });
    const { HostedZone } = await route53(HUB).send(create);
    expect(HostedZone?.Config?.PrivateZone).toBe(true);
    const HostedZoneId = HostedZone!.Id!;
    const VPC = { VPCId: lob.vpcId, VPCRegion: VPC_REGION } as const;
    const associate = new AssociateVPCWithHostedZoneCommand({ HostedZoneId, VPC });
    await expect(route53(LOB).send(associate)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await route53(HUB).send(new CreateVPCAssociationAuthorizationCommand({ HostedZoneId, VPC }));
    await route53(LOB).send(associate);
    const zones = await route53(LOB).send(
      new ListHostedZonesByVPCCommand({ VPCId: lob.vpcId, VPCRegion: VPC_REGION }),
    );
    expect(zones.HostedZoneSummaries).toMatchObject([
      { Name: "sts.example.com.", Owner: { OwningAccount: HUB } },
    ]);
    const { VPCs } = await route53(HUB).send(new GetHostedZoneCommand({ Id: HostedZoneId }));
    expect(VPCs?.map(({ VPCId }) => VPCId)).toEqual([hub.vpcId, lob.vpcId]);
  });
});

describe("Studio", () => {
  it("passes a presigned URL to the data plane, with the endpoint that the call came through", async () => {
    const client = new SageMakerClient(settings(of(LOB)));
    const { vpcId, subnetId } = await vpcWithSubnet(LOB, "10.5.0.0/24");
    const create = new CreateDomainCommand({
      DomainName: "lob-a",
      AuthMode: "IAM",
      VpcId: vpcId,
      SubnetIds: [subnetId],
      DefaultUserSettings: { ExecutionRole: `arn:aws:iam::${LOB}:role/studio` },
    });
    const { DomainArn } = await client.send(create);
    const DomainId = DomainArn!.split("/")[1]!;
    await client.send(new CreateUserProfileCommand({ DomainId, UserProfileName: "user-a" }));
    await expect(client.send(new DeleteDomainCommand({ DomainId }))).rejects.toMatchObject({
      name: "ResourceInUse",
    });
    const describe = new DescribeUserProfileCommand({ DomainId, UserProfileName: "user-a" });
    expect((await client.send(describe)).Status).toBe("Pending");
    while ((await client.send(describe)).Status !== "InService") await setTimeout(100);
    const presign = new CreatePresignedDomainUrlCommand({
      DomainId,
      UserProfileName: "user-a",
      ExpiresInSeconds: 20,
    });
    const { AuthorizedUrl } = await client.send(presign);
    expect(issued.at(-1)).toMatchObject({ account: LOB, domainId: DomainId, userProfileName: "user-a" });
    expect(AuthorizedUrl).toContain(issued.at(-1)!.token);
    expect(await readFile(join(directory, "requests.jsonl"), "utf8")).not.toContain(issued.at(-1)!.token);
  });
});

describe("the inventory", () => {
  it("holds nothing of an account that was only read", async () => {
    await ec2("444444444444").send(new DescribeVpcsCommand({}));
    expect((await aws.inventory()).filter((line) => line.startsWith("444444444444"))).toEqual([]);
  });

  it("holds the resources of moto and of the local AWS itself", async () => {
    const { vpcId } = await vpcWithSubnet(HUB, "10.6.0.0/24");
    const lines = await aws.inventory();
    expect(lines).toContain(`${HUB} ${REGION} ec2 vpc ${vpcId}`);
    expect(lines.filter((line) => line.includes("sagemaker UserProfile"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("ram resource-share"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("transit-gateway-attachment"))).toHaveLength(1);
  });
});

describe("an operation that moto does not implement", () => {
  it("fails in the error format of the service", async () => {
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=${HUB}/20260101/${REGION}/ec2/aws4_request, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const body =
      "Action=CreateNetworkInsightsPath&Source=igw-1&Protocol=tcp&ClientToken=t&Version=2016-11-15";
    const response = await fetch(aws.endpoint, { method: "POST", headers, body });
    expect(response.status).toBe(501);
    expect(await response.text()).toMatch(/<Code>NotImplemented<\/Code>.*ec2 CreateNetworkInsightsPath/);
  });
});
