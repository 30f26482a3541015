import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

import type { AccountContext } from "./account-stack";

export interface SubnetTierProps extends AccountContext {
  /** Short name of the VPC, for tags. */
  readonly vpcName: string;
  readonly vpcId: string;
  /** One range for each availability zone of the config, in its order. */
  readonly cidrBlocks: readonly string[];
}

export interface SubnetTier {
  readonly subnetIds: string[];
  readonly routeTableId: string;
  /** What must be there before the routes hold in the subnets. */
  readonly associations: ITerraformDependable[];
}

/**
 * One subnet per availability zone, with one route table for all of them. None gives out public addresses.
 *
 * A function, since a construct would put its own id into the address of every subnet.
 */
export function subnetTier(scope: Construct, tier: string, props: SubnetTierProps): SubnetTier {
  const { provider, names, vpcName, vpcId } = props;
  const routeTable = new RouteTable(scope, `Routes-${tier}`, {
    provider,
    vpcId,
    tags: { Name: names.of(vpcName, tier) },
  });
  const places = props.config.availabilityZoneIds.map((zone, index) => {
    const cidrBlock = props.cidrBlocks[index];
    if (cidrBlock === undefined) throw new RangeError(`no ${tier} subnet is planned for zone ${zone}`);
    // Keyed by zone, not by index: dropping one zone must not replace its neighbour.
    const subnet = new Subnet(scope, `Subnet-${tier}-${zone}`, {
      provider,
      vpcId,
      cidrBlock,
      // By id: names of zones point at different zones in different accounts.
      availabilityZoneId: zone,
      tags: { Name: names.of(vpcName, tier, zone) },
    });
    const association = new RouteTableAssociation(scope, `RouteTableAssociation-${tier}-${zone}`, {
      provider,
      subnetId: subnet.id,
      routeTableId: routeTable.id,
    });
    return { subnetId: subnet.id, association };
  });
  return {
    subnetIds: places.map(({ subnetId }) => subnetId),
    routeTableId: routeTable.id,
    associations: places.map(({ association }) => association),
  };
}

/** The subnet in the first zone, for resources of which there is only one. */
export function firstSubnetId({ subnetIds: [first] }: SubnetTier): string {
  if (first === undefined) throw new RangeError("the tier has no subnet");
  return first;
}
