import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";
import { firstSubnetId } from "../constructs/subnet-tier";
import type { CorporateNetwork } from "./corporate-network";
import { FIREFOX_INSTALLATION } from "./firefox-installation";
import { HardenedInstance } from "./hardened-instance";
import { SessionManagerProfile } from "./session-manager-profile";

export interface DesktopProps extends EncryptedContext {
  readonly network: CorporateNetwork;
}

/** Source: https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/windows-ami-versions.html */
const NEWEST_WINDOWS = "/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base";

/**
 * A user's machine: Windows with Firefox, in a private subnet. It opens connections and takes none in; Session Manager
 * needs no port, since the agent on it calls out.
 */
export class Desktop extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: DesktopProps) {
    super(scope, id);
    const { provider, names, network } = props;
    this.securityGroupId = this.#securityGroup(props);
    const profile = new SessionManagerProfile(this, "SessionManager", {
      ...props,
      name: ["on-premise", "client"],
    });
    const instance = new HardenedInstance(this, "Client", {
      provider,
      name: names.of("on-premise", "client"),
      imageParameter: NEWEST_WINDOWS,
      instanceType: "t3.medium",
      subnetId: firstSubnetId(network.private),
      securityGroupId: this.securityGroupId,
      publicAddress: false,
      volumeGiB: 50,
      keyArn: props.keyArn,
      instanceProfileName: profile.profileName,
      userData: FIREFOX_INSTALLATION,
      // The script runs once, at the first start: by then the internet must be there.
      dependsOn: [profile.policy, ...network.wayOut],
    });
    this.instanceId = instance.instanceId;
    this.privateIp = instance.privateIp;
  }

  #securityGroup({ provider, names, network }: DesktopProps): string {
    const name = names.of("on-premise", "client");
    const group = new SecurityGroup(this, "SecurityGroup", {
      provider,
      vpcId: network.vpcId,
      name,
      description: "Windows client: browses, takes no connection in",
      tags: { Name: name },
    });
    // Plain HTTP too: Windows fetches the root certificates that it trusts, and what was revoked, that way.
    for (const [id, port] of Object.entries({ WebOut: 80, TlsOut: 443 })) {
      new VpcSecurityGroupEgressRule(this, id, {
        provider,
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "0.0.0.0/0",
        description: "Browsing, Session Manager, central endpoints",
      });
    }
    return group.id;
  }
}
