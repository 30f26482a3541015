import { Ec2TransitGateway } from "@cdktf/provider-aws/lib/ec2-transit-gateway";
import { Ec2TransitGatewayRouteTable } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table";
import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayRouteTablePropagation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { RamResourceShare } from "@cdktf/provider-aws/lib/ram-resource-share";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { PrivateVpc } from "../constructs/private-vpc";

export interface TransitGatewayHubProps extends AccountContext {
  readonly vpc: PrivateVpc;
  /** Ranges that the hub VPC answers through the gateway: those of the spokes, and of corporate networks attached to it. */
  readonly reachableCidrs: readonly string[];
}

/**
 * The Transit Gateway, its two route tables and its share.
 *
 * Spokes are associated with a table into which only the hub propagates: they reach the hub, never each other. Nothing
 * is associated, propagated or accepted by default.
 */
export class TransitGatewayHub extends Construct {
  readonly transitGatewayId: string;
  readonly hubRouteTableId: string;
  readonly spokeRouteTableId: string;
  readonly resourceShareArn: string;

  constructor(scope: Construct, id: string, props: TransitGatewayHubProps) {
    super(scope, id);
    const { provider, names, vpc } = props;

    const gateway = new Ec2TransitGateway(this, "TransitGateway", {
      provider,
      description: "Studio Access: hub and spokes",
      autoAcceptSharedAttachments: "disable",
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
      dnsSupport: "enable",
      vpnEcmpSupport: "disable",
      tags: { Name: names.of("hub") },
    });
    this.transitGatewayId = gateway.id;
    this.hubRouteTableId = this.#routeTable("Hub", "hub", props);
    this.spokeRouteTableId = this.#routeTable("Spokes", "spokes", props);
    const attachment = this.#attachHub(props);
    this.resourceShareArn = this.#share(gateway.arn, props);
    for (const destinationCidrBlock of props.reachableCidrs) {
      new Route(this, `RouteTo-${destinationCidrBlock}`, {
        provider,
        routeTableId: vpc.privateRouteTableId,
        destinationCidrBlock,
        transitGatewayId: gateway.id,
        // EC2 refuses a route to a gateway that the VPC is not attached to yet.
        dependsOn: [attachment],
      });
    }
  }

  #routeTable(id: string, name: string, { provider, names }: TransitGatewayHubProps): string {
    return new Ec2TransitGatewayRouteTable(this, `RouteTable-${id}`, {
      provider,
      transitGatewayId: this.transitGatewayId,
      tags: { Name: names.of(name) },
    }).id;
  }

  #attachHub({ provider, names, vpc }: TransitGatewayHubProps): Ec2TransitGatewayVpcAttachment {
    const attachment = new Ec2TransitGatewayVpcAttachment(this, "Attachment", {
      provider,
      transitGatewayId: this.transitGatewayId,
      vpcId: vpc.id,
      subnetIds: vpc.attachmentSubnetIds,
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags: { Name: names.of("hub") },
    });
    new Ec2TransitGatewayRouteTableAssociation(this, "Association", {
      provider,
      transitGatewayAttachmentId: attachment.id,
      transitGatewayRouteTableId: this.hubRouteTableId,
    });
    new Ec2TransitGatewayRouteTablePropagation(this, "PropagationToSpokes", {
      provider,
      transitGatewayAttachmentId: attachment.id,
      transitGatewayRouteTableId: this.spokeRouteTableId,
    });
    return attachment;
  }

  #share(transitGatewayArn: string, { provider, config, names }: TransitGatewayHubProps): string {
    const share = new RamResourceShare(this, "Share", {
      provider,
      name: names.of("transit-gateway"),
      // RAM's own default is true: said explicitly, so that an Organization's share stays inside it.
      allowExternalPrincipals: config.organizationId === null,
    });
    new RamResourceAssociation(this, "SharedGateway", {
      provider,
      resourceShareArn: share.arn,
      resourceArn: transitGatewayArn,
    });
    return share.arn;
  }
}
