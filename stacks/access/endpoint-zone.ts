import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { EndpointTarget } from "../networking/outputs";

export interface EndpointZoneProps extends AccountContext {
  readonly name: string;
  readonly comment: string;
  /** VPC whose resolver answers the corporate network. */
  readonly hubVpcId: string;
  readonly endpoint: EndpointTarget;
}

/**
 * A private zone for one name alone, which leads to an endpoint.
 *
 * A zone for all of execute-api would hide every public API of the region from each VPC that it is associated with: in
 * a matching private zone a missing record is final.
 */
export class EndpointZone extends Construct {
  readonly zoneId: string;

  constructor(scope: Construct, id: string, props: EndpointZoneProps) {
    super(scope, id);
    const { provider, name, comment, endpoint } = props;
    const zone = new Route53Zone(this, "Zone", {
      provider,
      name,
      comment,
      vpc: [{ vpcId: props.hubVpcId }],
      // Other stacks associate their VPCs; to Terraform these would look like drift here.
      lifecycle: { ignoreChanges: ["vpc"] },
    });
    this.zoneId = zone.zoneId;
    new Route53Record(this, "Record", {
      provider,
      zoneId: zone.zoneId,
      name,
      type: "A",
      alias: { name: endpoint.dnsName, zoneId: endpoint.hostedZoneId, evaluateTargetHealth: false },
    });
  }
}
