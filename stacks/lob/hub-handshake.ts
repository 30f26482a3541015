import { DataAwsEc2TransitGateway } from "@cdktf/provider-aws/lib/data-aws-ec2-transit-gateway";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Ec2TransitGatewayVpcAttachmentAccepter } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment-accepter";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RamPrincipalAssociation } from "@cdktf/provider-aws/lib/ram-principal-association";
import { RamResourceShareAccepter } from "@cdktf/provider-aws/lib/ram-resource-share-accepter";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Route53ProfilesAssociation } from "@cdktf/provider-aws/lib/route53profiles-association";
import { Route53VpcAssociationAuthorization } from "@cdktf/provider-aws/lib/route53-vpc-association-authorization";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { zoneSharingOf, type LineOfBusiness } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import type { PrivateVpc } from "../constructs/private-vpc";
import { SpokeRouting } from "../constructs/spoke-routing";
import type { HubOutputs } from "../networking/outputs";

export interface HubHandshakeProps extends AccountContext {
  /** The hub's account, for its half of every handshake. */
  readonly sharedProvider: AwsProvider;
  readonly lob: LineOfBusiness;
  readonly hub: HubOutputs;
  readonly vpc: PrivateVpc;
}

/**
 * Everything that the LOB and the hub must agree on, both halves: the share of the Transit Gateway, the attachment and
 * its place in the gateway's tables, and the association with every central zone, or with the profile that holds them. So adding a LOB changes no other stack.
 */
export class HubHandshake extends Construct {
  constructor(scope: Construct, id: string, props: HubHandshakeProps) {
    super(scope, id);
    const shared = this.#seeShare(this.#receiveShare(props), props);
    this.#attach(shared, props);
    if (zoneSharingOf(props.config).byAssociation) this.#associateZones(props);
    if (props.hub.zoneProfileId !== undefined) this.#associateProfile(props.hub.zoneProfileId, shared, props);
  }

  /** @returns what must be there before the LOB can use the gateway */
  #receiveShare({ provider, sharedProvider, config, lob, hub }: HubHandshakeProps): ITerraformDependable {
    const association = new RamPrincipalAssociation(this, "SharePrincipal", {
      provider: sharedProvider,
      resourceShareArn: hub.resourceShareArn,
      principal: lob.account.id,
    });
    // Inside an Organization RAM sends no invitation, and an accepter would fail without one.
    if (config.organizationId !== null) return association;
    return new RamResourceShareAccepter(this, "ShareAccepter", {
      provider,
      shareArn: association.resourceShareArn,
    });
  }

  /** @returns what is there once the account sees what is shared with it */
  #seeShare(share: ITerraformDependable, { provider, hub, vpc }: HubHandshakeProps): ITerraformDependable {
    // Terraform does not wait until a share with an account has arrived, and an attachment fails on a gateway that the
    // account cannot see yet. The gateway's id comes from the hub all the same: one that is read here would be unknown in every
    // plan that changes the subnets, and would replace the attachment.
    return new DataAwsEc2TransitGateway(this, "SharedGateway", {
      provider,
      id: hub.transitGatewayId,
      dependsOn: [share, ...vpc.attachmentSubnets],
    });
  }

  #attach(shared: ITerraformDependable, props: HubHandshakeProps): void {
    const { provider, sharedProvider, config, lob, names, hub, vpc } = props;
    const attachment = new Ec2TransitGatewayVpcAttachment(this, "Attachment", {
      provider,
      transitGatewayId: hub.transitGatewayId,
      vpcId: vpc.id,
      subnetIds: vpc.attachmentSubnetIds,
      // The gateway's owner chooses the route table, so the accepter does it.
      tags: { Name: names.of(lob.name) },
      dependsOn: [shared],
    });
    const accepted = new Ec2TransitGatewayVpcAttachmentAccepter(this, "AttachmentAccepter", {
      provider: sharedProvider,
      transitGatewayAttachmentId: attachment.id,
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags: { Name: names.of(lob.name) },
    });
    new SpokeRouting(this, "Routing", { provider: sharedProvider, hub, attachmentId: accepted.id });
    new Route(this, "RouteToHub", {
      provider,
      routeTableId: vpc.privateRouteTableId,
      destinationCidrBlock: config.network.hubCidr,
      transitGatewayId: hub.transitGatewayId,
      dependsOn: [accepted],
    });
  }

  #associateZones({ provider, sharedProvider, hub, vpc }: HubHandshakeProps): void {
    for (const [name, zoneId] of hub.zoneIds) {
      const authorization = new Route53VpcAssociationAuthorization(this, `ZoneAuthorization-${name}`, {
        provider: sharedProvider,
        zoneId,
        vpcId: vpc.id,
      });
      new Route53ZoneAssociation(this, `Zone-${name}`, {
        provider,
        zoneId: authorization.zoneId,
        vpcId: authorization.vpcId,
      });
    }
  }

  #associateProfile(
    profileId: string,
    shared: ITerraformDependable,
    { provider, names, lob, vpc }: HubHandshakeProps,
  ): void {
    new Route53ProfilesAssociation(this, "ZoneProfile", {
      provider,
      name: names.of(lob.name),
      profileId,
      resourceId: vpc.id,
      dependsOn: [shared],
    });
  }
}
