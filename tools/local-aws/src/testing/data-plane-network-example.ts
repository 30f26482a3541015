import { REGION, type ExampleCaller } from "./data-plane-example";

/** For tests: a hub and a spoke on a Transit Gateway, with endpoints for execute-api and STS in the hub. */
export interface ExampleHub {
  readonly hubVpcId: string;
  readonly hubSubnetId: string;
  readonly spokeVpcId: string;
  readonly spokeSubnetId: string;
  readonly spokeGroupId: string;
  readonly apiEndpointId: string;
  readonly stsEndpointId: string;
  readonly studioEndpointId: string;
  readonly stsZoneId: string;
}

interface Network {
  readonly vpcId: string;
  readonly subnetId: string;
  readonly routeTableId: string;
  readonly attachmentId: string;
}

interface Endpoint {
  readonly id: string;
  readonly dnsName: string;
}

export async function deployHub(aws: ExampleCaller): Promise<ExampleHub> {
  const transitGatewayId = await aws.query(
    "ec2",
    "CreateTransitGateway",
    { "Options.DefaultRouteTableAssociation": "disable", "Options.DefaultRouteTablePropagation": "disable" },
    ...["transitGateway", "transitGatewayId"],
  );
  const hub = await deployNetwork(aws, transitGatewayId, "networking", "10.0");
  const spoke = await deployNetwork(aws, transitGatewayId, "access", "10.1");
  await connect(aws, transitGatewayId, hub, spoke);
  const groupId = await securityGroup(aws, hub.vpcId, "endpoints");
  const open = {
    GroupId: groupId,
    "IpPermissions.1.IpProtocol": "tcp",
    "IpPermissions.1.FromPort": "443",
    "IpPermissions.1.ToPort": "443",
  };
  await aws.query("ec2", "AuthorizeSecurityGroupIngress", {
    ...open,
    "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8",
  });
  const api = await endpoint(aws, hub, groupId, `com.amazonaws.${REGION}.execute-api`);
  const sts = await endpoint(aws, hub, groupId, `com.amazonaws.${REGION}.sts`);
  const studio = await endpoint(aws, hub, groupId, `aws.sagemaker.${REGION}.studio`);
  const stsZoneId = await zone(aws, `sts.${REGION}.amazonaws.com`, "", sts, [hub, spoke]);
  await zone(aws, `execute-api.${REGION}.amazonaws.com`, "*.", api, [hub, spoke]);
  await zone(aws, `studio.${REGION}.sagemaker.aws`, "*.", studio, [hub, spoke]);
  return {
    hubVpcId: hub.vpcId,
    hubSubnetId: hub.subnetId,
    spokeVpcId: spoke.vpcId,
    spokeSubnetId: spoke.subnetId,
    spokeGroupId: await securityGroup(aws, spoke.vpcId, "function"),
    apiEndpointId: api.id,
    stsEndpointId: sts.id,
    studioEndpointId: studio.id,
    stsZoneId,
  };
}

/** An inbound resolver in the hub, which answers a company at 10.200.0.0/16: the vantage `on-premise`. */
export async function admitCompany(aws: ExampleCaller, { hubVpcId, hubSubnetId }: ExampleHub): Promise<void> {
  const groupId = await securityGroup(aws, hubVpcId, "dns");
  for (const protocol of ["tcp", "udp"])
    await aws.query("ec2", "AuthorizeSecurityGroupIngress", {
      GroupId: groupId,
      "IpPermissions.1.IpProtocol": protocol,
      "IpPermissions.1.FromPort": "53",
      "IpPermissions.1.ToPort": "53",
      "IpPermissions.1.IpRanges.1.CidrIp": "10.200.0.0/16",
    });
  await aws.json("route53resolver", "Route53Resolver.CreateResolverEndpoint", {
    CreatorRequestId: "company",
    Name: "company",
    Direction: "INBOUND",
    SecurityGroupIds: [groupId],
    IpAddresses: [{ SubnetId: hubSubnetId }, { SubnetId: hubSubnetId }],
  });
}

async function deployNetwork(
  aws: ExampleCaller,
  transitGatewayId: string,
  stack: string,
  prefix: string,
): Promise<Network> {
  const tag = "TagSpecification.1";
  const vpcId = await aws.query(
    "ec2",
    "CreateVpc",
    {
      CidrBlock: `${prefix}.0.0/16`,
      [`${tag}.ResourceType`]: "vpc",
      [`${tag}.Tag.1.Key`]: "studio-access:stack",
      [`${tag}.Tag.1.Value`]: stack,
    },
    ...["vpc", "vpcId"],
  );
  // Off by default in a VPC that is made so; private zones need it.
  await aws.query("ec2", "ModifyVpcAttribute", { VpcId: vpcId, "EnableDnsHostnames.Value": "true" });
  const subnetId = await aws.query(
    "ec2",
    "CreateSubnet",
    { VpcId: vpcId, CidrBlock: `${prefix}.1.0/24` },
    "subnet",
    "subnetId",
  );
  const routeTableId = await aws.query(
    "ec2",
    "CreateRouteTable",
    { VpcId: vpcId },
    "routeTable",
    "routeTableId",
  );
  await aws.query("ec2", "AssociateRouteTable", { RouteTableId: routeTableId, SubnetId: subnetId });
  const attachmentId = await aws.query(
    "ec2",
    "CreateTransitGatewayVpcAttachment",
    { TransitGatewayId: transitGatewayId, VpcId: vpcId, "SubnetIds.1": subnetId },
    ...["transitGatewayVpcAttachment", "transitGatewayAttachmentId"],
  );
  await aws.query("ec2", "CreateRoute", {
    RouteTableId: routeTableId,
    DestinationCidrBlock: "10.0.0.0/8",
    TransitGatewayId: transitGatewayId,
  });
  return { vpcId, subnetId, routeTableId, attachmentId };
}

/** Hub and spoke each have a Transit Gateway route table, with a propagation of the other's attachment. */
async function connect(
  aws: ExampleCaller,
  transitGatewayId: string,
  hub: Network,
  spoke: Network,
): Promise<void> {
  for (const [own, other] of [
    [hub, spoke],
    [spoke, hub],
  ] as const) {
    const TransitGatewayRouteTableId = await aws.query(
      "ec2",
      "CreateTransitGatewayRouteTable",
      { TransitGatewayId: transitGatewayId },
      ...["transitGatewayRouteTable", "transitGatewayRouteTableId"],
    );
    const table = { TransitGatewayRouteTableId };
    await aws.query("ec2", "AssociateTransitGatewayRouteTable", {
      ...table,
      TransitGatewayAttachmentId: own.attachmentId,
    });
    await aws.query("ec2", "EnableTransitGatewayRouteTablePropagation", {
      ...table,
      TransitGatewayAttachmentId: other.attachmentId,
    });
  }
}

async function securityGroup(aws: ExampleCaller, vpcId: string, name: string): Promise<string> {
  return await aws.query(
    "ec2",
    "CreateSecurityGroup",
    { VpcId: vpcId, GroupName: name, GroupDescription: name },
    "groupId",
  );
}

async function endpoint(
  aws: ExampleCaller,
  { vpcId, subnetId }: Network,
  groupId: string,
  service: string,
): Promise<Endpoint> {
  const parameters = {
    VpcId: vpcId,
    ServiceName: service,
    VpcEndpointType: "Interface",
    PrivateDnsEnabled: "false",
    "SubnetId.1": subnetId,
    "SecurityGroupId.1": groupId,
  };
  const id = await aws.query("ec2", "CreateVpcEndpoint", parameters, "vpcEndpoint", "vpcEndpointId");
  const described = ["vpcEndpointSet", "item", "dnsEntrySet", "item", "dnsName"];
  return {
    id,
    dnsName: await aws.query("ec2", "DescribeVpcEndpoints", { "VpcEndpointId.1": id }, ...described),
  };
}

const NAMESPACE = 'xmlns="https://route53.amazonaws.com/doc/2013-04-01/"';

async function zone(
  aws: ExampleCaller,
  name: string,
  wildcard: string,
  target: Endpoint,
  [first, ...others]: readonly Network[],
): Promise<string> {
  const vpc = (network: Network | undefined): string =>
    `<VPC><VPCRegion>${REGION}</VPCRegion><VPCId>${network?.vpcId ?? ""}</VPCId></VPC>`;
  const zoneId = await aws.route53(
    "hostedzone",
    `<CreateHostedZoneRequest ${NAMESPACE}><Name>${name}</Name>${vpc(first)}<CallerReference>${name}</CallerReference>` +
      `<HostedZoneConfig><Comment>example</Comment></HostedZoneConfig></CreateHostedZoneRequest>`,
  );
  for (const other of others) {
    const body = `<AssociateVPCWithHostedZoneRequest ${NAMESPACE}>${vpc(other)}</AssociateVPCWithHostedZoneRequest>`;
    await aws.route53(`hostedzone/${zoneId}/associatevpc`, body);
  }
  const alias = `<AliasTarget><HostedZoneId>Z1</HostedZoneId><DNSName>${target.dnsName}</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>`;
  await aws.route53(
    `hostedzone/${zoneId}/rrset/`,
    `<ChangeResourceRecordSetsRequest ${NAMESPACE}><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet>` +
      `<Name>${wildcard}${name}</Name><Type>A</Type>${alias}</ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`,
  );
  return zoneId;
}

/** Disassociates a VPC from a zone. */
export async function dissociate(aws: ExampleCaller, zoneId: string, vpcId: string): Promise<void> {
  const vpc = `<VPC><VPCRegion>${REGION}</VPCRegion><VPCId>${vpcId}</VPCId></VPC>`;
  await aws.route53(
    `hostedzone/${zoneId}/disassociatevpc`,
    `<DisassociateVPCFromHostedZoneRequest ${NAMESPACE}>${vpc}</DisassociateVPCFromHostedZoneRequest>`,
  );
}

/** A DNS firewall in the VPC that lets these names through, and blocks all others. */
export async function closeDns(
  aws: ExampleCaller,
  VpcId: string,
  names: readonly string[],
): Promise<{ readonly allow: (names: readonly string[]) => Promise<void> }> {
  let made = 0;
  const make = async (operation: string, input: object = {}): Promise<{ readonly Id: string }> => {
    const request = { Name: "dns", CreatorRequestId: `dns-${made++}`, ...input };
    const answer = await aws.json("route53resolver", `Route53Resolver.${operation}`, request);
    return Object.values(answer as Record<string, { readonly Id: string }>)[0] ?? { Id: "" };
  };
  const fill = async (FirewallDomainListId: string, Domains: readonly string[]): Promise<void> => {
    const input = { FirewallDomainListId, Domains, Operation: "REPLACE" };
    await aws.json("route53resolver", "Route53Resolver.UpdateFirewallDomains", input);
  };
  const group = { FirewallRuleGroupId: (await make("CreateFirewallRuleGroup")).Id };
  const [allowed, all] = [await make("CreateFirewallDomainList"), await make("CreateFirewallDomainList")];
  await fill(allowed.Id, names);
  await fill(all.Id, ["*"]);
  const allow = { FirewallDomainListId: allowed.Id, Priority: 100, Action: "ALLOW" };
  const block = { FirewallDomainListId: all.Id, Priority: 200, Action: "BLOCK", BlockResponse: "NODATA" };
  for (const rule of [allow, block]) await make("CreateFirewallRule", { ...group, ...rule });
  await make("AssociateFirewallRuleGroup", { ...group, VpcId, Priority: 101 });
  return { allow: (others) => fill(allowed.Id, others) };
}
