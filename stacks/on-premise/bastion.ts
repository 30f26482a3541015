import { KeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import { firstSubnetId } from "../constructs/subnet-tier";
import { RDP_PORT } from "./commands";
import type { CorporateNetwork } from "./corporate-network";
import type { Desktop } from "./desktop";
import { HardenedInstance } from "./hardened-instance";

export interface BastionProps extends EncryptedContext {
  readonly network: CorporateNetwork;
  readonly desktop: Desktop;
  /** OpenSSH public key that may log in. */
  readonly publicKey: string;
  /** Range of addresses that may connect. */
  readonly operatorCidr: string;
}

/** Source: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html */
const NEWEST_AMAZON_LINUX = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

/** The one machine with a public address: SSH from the operator in, remote desktop to the client out, nothing else. */
export class Bastion extends Construct {
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: BastionProps) {
    super(scope, id);
    const { provider, names, network } = props;
    const keyPair = new KeyPair(this, "OperatorKey", {
      provider,
      keyName: names.of("on-premise", "operator"),
      publicKey: props.publicKey,
    });
    const instance = new HardenedInstance(this, "Host", {
      provider,
      name: names.of("on-premise", "bastion"),
      imageParameter: NEWEST_AMAZON_LINUX,
      instanceType: "t4g.nano",
      subnetId: firstSubnetId(network.public),
      securityGroupId: this.#securityGroup(props),
      publicAddress: true,
      volumeGiB: 8,
      keyArn: props.keyArn,
      keyName: keyPair.keyName,
    });
    this.publicIp = instance.publicIp;
  }

  #securityGroup({ provider, names, network, desktop, operatorCidr }: BastionProps): string {
    const name = names.of("on-premise", "bastion");
    const group = new SecurityGroup(this, "SecurityGroup", {
      provider,
      vpcId: network.vpcId,
      name,
      description: "Bastion: SSH from the operator, remote desktop to the client",
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "SshFromOperator", {
      provider,
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrIpv4: operatorCidr,
      description: "SSH from the operator",
    });
    const desktopPort = { provider, ipProtocol: "tcp", fromPort: RDP_PORT, toPort: RDP_PORT };
    new VpcSecurityGroupEgressRule(this, "DesktopOut", {
      ...desktopPort,
      securityGroupId: group.id,
      referencedSecurityGroupId: desktop.securityGroupId,
      description: "Remote desktop to the client",
    });
    new VpcSecurityGroupIngressRule(this, "DesktopIn", {
      ...desktopPort,
      securityGroupId: desktop.securityGroupId,
      referencedSecurityGroupId: group.id,
      description: "Remote desktop from the bastion",
    });
    return group.id;
  }
}
