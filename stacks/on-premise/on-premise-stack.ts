import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import { namesFor, type Config, type OnPremiseConfig } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { publish } from "../constructs/published-outputs";
import { keepState } from "../constructs/state";
import { RequireExplicitProvider } from "../guards/require-explicit-provider";
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

type WayInProps = Omit<BastionProps, "publicKey" | "operatorCidr"> & { readonly config: Config };

/** The simulator of a corporate network, in the shared-services account: an office with one machine, peered with the hub. */
export class OnPremiseStack extends TerraformStack {
  constructor(scope: Construct, id: string, { config, onPremise, hub, access }: OnPremiseStackProps) {
    super(scope, id);
    keepState(this, config);
    const { sharedServices } = config;
    const names = namesFor(config.environment);
    const provider = accountProvider(this, "shared-services", sharedServices, config);
    const accountId = sharedServices.id;

    const { arn: keyArn } = new EncryptionKey(this, "DataKey", {
      provider,
      accountId,
      config,
      name: names.of("on-premise"),
      description: "Studio Access: disks and logs of the simulator",
      logGroupPrefix: `/${names.prefix}/`,
    });
    const network = new CorporateNetwork(this, "Network", {
      provider,
      accountId,
      config,
      names,
      name: "on-premise",
      cidrBlock: onPremise.cidr,
      keyArn,
    });
    new HubPeering(this, "HubPeering", { provider, config, names, hub, access, network });
    const desktop = new Desktop(this, "Desktop", { provider, config, names, network, keyArn });

    const tunnelCommand = this.#enter(onPremise.entry, { provider, config, names, network, desktop, keyArn });
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
    Aspects.of(this).add(new RequireExplicitProvider());
  }

  /** @returns the command that leads to the client's remote desktop */
  #enter(entry: OnPremiseConfig["entry"], props: WayInProps): string {
    const { config, desktop, ...rest } = props;
    // The way that opens no port, where the config names none.
    if (entry?.kind !== "bastion") return sessionTunnelCommand(config, desktop.instanceId);
    const { publicKey, operatorCidr } = entry;
    const bastion = new Bastion(this, "Bastion", { ...rest, desktop, publicKey, operatorCidr });
    return sshTunnelCommand(bastion.publicIp, desktop.privateIp);
  }
}
