import type { CentralServiceName } from "./endpoint-catalog";

/** An interface endpoint and what an alias record needs to point at it. */
export interface EndpointTarget {
  readonly id: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** The outputs of the networking stack for other stacks. Terraform references only. */
export interface HubOutputs {
  readonly vpcId: string;
  /**
   * Route table of the subnets that hold the endpoints; a network that is peered with the hub adds its own route here.
   */
  readonly privateRouteTableId: string;
  readonly transitGatewayId: string;
  /** Transit Gateway route table of the hub: learns every spoke. */
  readonly hubRouteTableId: string;
  /** Transit Gateway route table of the spokes: knows the hub and no other spoke. */
  readonly spokeRouteTableId: string;
  /** RAM share of the Transit Gateway, and of the zones' profile. */
  readonly resourceShareArn: string;
  readonly executeApiEndpoint: EndpointTarget;
  readonly sagemakerApiEndpointId: string;
  readonly studioEndpointId: string;
  /** Private zone of each central service. */
  readonly zoneIds: ReadonlyMap<CentralServiceName, string>;
  /** The Route 53 Profile that holds these zones; undefined where the config shares them by association alone. */
  readonly zoneProfileId: string | undefined;
}
