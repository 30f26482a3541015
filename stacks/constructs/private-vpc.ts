import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

import { subnetPlan } from "@studio-access/config";
import type { EncryptedContext } from "./account-stack";
import { DnsFirewall } from "./dns-firewall";
import { DnsQueryLog } from "./dns-query-log";
import { FlowLogs } from "./flow-logs";
import { subnetTier } from "./subnet-tier";

/** What a VPC needs, with or without a way to the internet. */
export interface VpcProps extends EncryptedContext {
  /** Short name of the VPC, for tags and log groups. */
  readonly name: string;
  readonly cidrBlock: string;
}

export interface PrivateVpcProps extends VpcProps {
  /** The only names that resolve in the VPC; `*.` begins one for every name below. */
  readonly resolvableNames: readonly string[];
}

/**
 * A VPC without any way to the internet, not even by DNS: two private subnets for what runs in it, and two small ones that hold the
 * Transit Gateway's interfaces, each tier with its own route table. The default security group lets nothing through.
 */
export class PrivateVpc extends Construct {
  readonly id: string;
  readonly cidrBlock: string;
  readonly privateSubnetIds: string[];
  readonly attachmentSubnetIds: string[];
  /** What must be there before the attachment's subnets can be used. */
  readonly attachmentSubnets: ITerraformDependable[];
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
    // Without any rule: a resource that names no security group reaches nothing.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { provider, vpcId: vpc.id });

    const plan = subnetPlan(props.cidrBlock);
    const place = { ...props, vpcName: props.name, vpcId: vpc.id };
    const privateTier = subnetTier(this, "private", { ...place, cidrBlocks: plan.private });
    const attachmentTier = subnetTier(this, "attachment", { ...place, cidrBlocks: plan.attachment });
    this.privateSubnetIds = privateTier.subnetIds;
    this.attachmentSubnetIds = attachmentTier.subnetIds;
    this.attachmentSubnets = attachmentTier.associations;
    this.privateRouteTableId = privateTier.routeTableId;

    new FlowLogs(this, "FlowLogs", place);
    new DnsFirewall(this, "DnsFirewall", place);
    new DnsQueryLog(this, "DnsQueryLog", place);
  }
}
