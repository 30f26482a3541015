import { Ec2TransitGatewayRouteTableAssociation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association";
import { Ec2TransitGatewayRouteTablePropagation } from "@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";

/** The hub, as far as a spoke needs to know it. */
interface SpokeTables {
  readonly hubRouteTableId: string;
  readonly spokeRouteTableId: string;
}

export interface SpokeRoutingProps {
  /** The shared-services account: only a gateway's owner can change its route tables. */
  readonly provider: AwsProvider;
  readonly hub: SpokeTables;
  /** An accepted attachment. */
  readonly attachmentId: string;
}

/**
 * Associates an attachment with the spokes' route table: the attachment gets the route to the hub, and the hub gets the
 * route to the attachment.
 */
export class SpokeRouting extends Construct {
  constructor(scope: Construct, id: string, props: SpokeRoutingProps) {
    super(scope, id);
    const { provider, hub, attachmentId } = props;
    new Ec2TransitGatewayRouteTableAssociation(this, "AssociationWithSpokes", {
      provider,
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: hub.spokeRouteTableId,
    });
    new Ec2TransitGatewayRouteTablePropagation(this, "PropagationToHub", {
      provider,
      transitGatewayAttachmentId: attachmentId,
      transitGatewayRouteTableId: hub.hubRouteTableId,
    });
  }
}
