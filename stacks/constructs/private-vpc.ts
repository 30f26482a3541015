import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

import { subnetPlan } from "../config/cidr";
import type { Config } from "../config/schema";
import { FlowLogs } from "./flow-logs";
import type { Names } from "./names";

export interface PrivateVpcProps {
  /** Account the VPC lives in. Required: constructs never fall back to a default account. */
  readonly provider: AwsProvider;
  readonly accountId: string;
  readonly config: Config;
  readonly names: Names;
  /** Short name of the VPC, for tags and log groups. */
  readonly name: string;
  readonly cidrBlock: string;
  readonly keyArn: string;
}

type Tier = "private" | "attachment";

/**
 * A VPC without any way to the internet: two private subnets for what runs in it, and two small ones that hold the
 * Transit Gateway's interfaces, each tier with its own route table. The default security group lets nothing through.
 */
export class PrivateVpc extends Construct {
  readonly id: string;
  readonly cidrBlock: string;
  readonly privateSubnetIds: string[];
  readonly attachmentSubnetIds: string[];
  readonly privateRouteTableId: string;

  constructor(scope: Construct, id: string, props: PrivateVpcProps) {
    super(scope, id);
    const { provider, names } = props;
    this.cidrBlock = props.cidrBlock;

    const vpc = new Vpc(this, "Vpc", {
      provider,
      cidrBlock: props.cidrBlock,
      // Both are needed for private zones to answer in the VPC.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: names.of(props.name) },
    });
    this.id = vpc.id;
    // Without any rule: what forgets to name a security group reaches nothing.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { provider, vpcId: vpc.id });

    const plan = subnetPlan(props.cidrBlock);
    const privateTier = this.#tier("private", plan.private, props);
    const attachmentTier = this.#tier("attachment", plan.attachment, props);
    this.privateSubnetIds = privateTier.subnetIds;
    this.attachmentSubnetIds = attachmentTier.subnetIds;
    this.privateRouteTableId = privateTier.routeTableId;

    new FlowLogs(this, "FlowLogs", {
      provider,
      names,
      accountId: props.accountId,
      vpcName: props.name,
      vpcId: vpc.id,
      keyArn: props.keyArn,
      retentionDays: props.config.logRetentionDays,
    });
  }

  #tier(
    tier: Tier,
    cidrBlocks: readonly string[],
    props: PrivateVpcProps,
  ): { subnetIds: string[]; routeTableId: string } {
    const { provider, names } = props;
    const routeTable = new RouteTable(this, `Routes-${tier}`, {
      provider,
      vpcId: this.id,
      tags: { Name: names.of(props.name, tier) },
    });
    const subnetIds = props.config.availabilityZoneIds.map((zone, index) => {
      const cidrBlock = cidrBlocks[index];
      if (cidrBlock === undefined) throw new RangeError(`no ${tier} subnet is planned for zone ${zone}`);
      // Keyed by zone, not by index: dropping one zone must not replace its neighbour.
      const subnet = new Subnet(this, `Subnet-${tier}-${zone}`, {
        provider,
        vpcId: this.id,
        cidrBlock,
        // By id: names of zones point at different zones in different accounts.
        availabilityZoneId: zone,
        tags: { Name: names.of(props.name, tier, zone) },
      });
      new RouteTableAssociation(this, `RouteTableAssociation-${tier}-${zone}`, {
        provider,
        subnetId: subnet.id,
        routeTableId: routeTable.id,
      });
      return subnet.id;
    });
    return { subnetIds, routeTableId: routeTable.id };
  }
}
