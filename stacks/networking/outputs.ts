import type { CentralServiceName } from "./endpoint-catalog";

/** An interface endpoint and what an alias record needs to point at it. */
export interface EndpointTarget {
  readonly id: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** What the networking stack promises to its readers. Terraform references only. */
export interface HubOutputs {
  readonly vpcId: string;
  /** Route table of the subnets that hold the endpoints; who is peered with the hub adds the way back. */
  readonly privateRouteTableId: string;
  readonly transitGatewayId: string;
  /** Transit Gateway route table of the hub: learns every spoke. */
  readonly hubRouteTableId: string;
  /** Transit Gateway route table of the spokes: knows the hub and no other spoke. */
  readonly spokeRouteTableId: string;
  /** RAM share of the Transit Gateway. */
  readonly resourceShareArn: string;
  readonly executeApiEndpoint: EndpointTarget;
  readonly sagemakerApiEndpointId: string;
  readonly studioEndpointId: string;
  /** Private zone of each central service. */
  readonly zoneIds: ReadonlyMap<CentralServiceName, string>;
}
