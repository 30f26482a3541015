import type { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import type { Config, OnPremiseConfig } from "@studio-access/config";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import type { HubOutputs } from "../networking/outputs";
import { Bastion, type BastionProps } from "./bastion";
import { LOCAL_PORT, sessionTunnelCommand, shellCommand, sshTunnelCommand } from "./commands";
import { CorporateNetwork } from "./corporate-network";
import { Desktop } from "./desktop";
import { HubPeering } from "./hub-peering";

export interface OnPremiseStackProps {
  readonly config: Config;
  readonly onPremise: OnPremiseConfig;
  readonly hub: HubOutputs;
  readonly access: AccessOutputs;
}

type WayInProps = Omit<BastionProps, "publicKey" | "operatorCidr">;

/** The simulator of a corporate network, in the shared-services account: an office with one machine, peered with the hub. */
export class OnPremiseStack extends AccountStack {
  constructor(scope: Construct, id: string, { config, onPremise, hub, access }: OnPremiseStackProps) {
    super(scope, id, { config, account: config.sharedServices, alias: SHARED_SERVICES });
    const { names } = this.account;

    const { arn: keyArn } = new EncryptionKey(this, "DataKey", {
      ...this.account,
      name: names.of("on-premise"),
      description: "Studio Access: disks and logs of the simulator",
      logGroupPrefixes: [`/${names.prefix}/`],
    });
    const context = { ...this.account, keyArn };
    const network = new CorporateNetwork(this, "Network", {
      ...context,
      name: "on-premise",
      cidrBlock: onPremise.cidr,
    });
    new HubPeering(this, "HubPeering", { ...context, hub, access, network });
    const desktop = new Desktop(this, "Desktop", { ...context, network });

    const tunnelCommand = this.#enter(onPremise.entry, { ...context, network, desktop });
    publish(this, {
      vpc_id: [network.vpcId, "Id of the simulator's VPC."],
      client_instance_id: [desktop.instanceId, "Id of the Windows client."],
      tunnel_command: [
        tunnelCommand,
        `Leads localhost:${LOCAL_PORT} to the client's remote desktop, as long as it runs.`,
      ],
      shell_command: [
        shellCommand(config, desktop.instanceId),
        "Opens a shell on the client; there, `net user Administrator *` sets the password for remote desktop.",
      ],
    });
  }

  /** @returns the command that leads to the client's remote desktop */
  #enter(entry: OnPremiseConfig["entry"], props: WayInProps): string {
    const { config, desktop } = props;
    // Session Manager, which opens no port, where the config has no `entry`.
    if (entry?.kind !== "bastion") return sessionTunnelCommand(config, desktop.instanceId);
    const { publicKey, operatorCidr } = entry;
    const bastion = new Bastion(this, "Bastion", { ...props, publicKey, operatorCidr });
    return sshTunnelCommand(bastion.publicIp, desktop.privateIp);
  }
}
