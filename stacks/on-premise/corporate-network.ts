import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { prefixLength, split } from "@studio-access/config";
import { FlowLogs } from "../constructs/flow-logs";
import type { VpcProps } from "../constructs/private-vpc";
import { firstSubnetId, subnetTier, type SubnetTier } from "../constructs/subnet-tier";

const EVERYWHERE = "0.0.0.0/0";

/**
 * A VPC that stands for an office: the first two quarters are private subnets that reach the internet through a NAT
 * gateway, the last two are public subnets. Nothing gets a public address unless it asks for one.
 */
export class CorporateNetwork extends Construct {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly private: SubnetTier;
  readonly public: SubnetTier;
  /** The resources that must exist before a machine in a private subnet can reach the internet at its first start. */
  readonly wayOut: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const { provider, names, name, cidrBlock } = props;
    this.cidrBlock = cidrBlock;
    const vpc = new Vpc(this, "Vpc", {
      provider,
      cidrBlock,
      // Both are needed for private zones to answer in the VPC.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: names.of(name) },
    });
    this.vpcId = vpc.id;
    // Without any rule: a resource that names no security group reaches nothing.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { provider, vpcId: vpc.id });

    const quarters = split(cidrBlock, prefixLength(cidrBlock) + 2);
    const place = { ...props, vpcName: name, vpcId: vpc.id };
    this.private = subnetTier(this, "private", { ...place, cidrBlocks: quarters.slice(0, 2) });
    this.public = subnetTier(this, "public", { ...place, cidrBlocks: quarters.slice(2) });
    this.wayOut = [...this.private.associations, this.#reachInternet(props)];

    new FlowLogs(this, "FlowLogs", { ...props, vpcName: name, vpcId: vpc.id });
  }

  /** @returns the private subnets' route to the internet */
  #reachInternet({ provider, names, name }: VpcProps): Route {
    const tags = { Name: names.of(name) };
    const gateway = new InternetGateway(this, "InternetGateway", { provider, vpcId: this.vpcId, tags });
    const toGateway = new Route(this, "PublicToInternet", {
      provider,
      routeTableId: this.public.routeTableId,
      destinationCidrBlock: EVERYWHERE,
      gatewayId: gateway.id,
    });
    const address = new Eip(this, "NatAddress", { provider, domain: "vpc", tags, dependsOn: [gateway] });
    const nat = new NatGateway(this, "Nat", {
      provider,
      allocationId: address.id,
      // One NAT gateway for both zones: a simulator may lose the internet with the zone, and a second gateway would
      // double the cost.
      subnetId: firstSubnetId(this.public),
      tags,
      dependsOn: [toGateway, ...this.public.associations],
    });
    return new Route(this, "PrivateToInternet", {
      provider,
      routeTableId: this.private.routeTableId,
      destinationCidrBlock: EVERYWHERE,
      natGatewayId: nat.id,
    });
  }
}
