import { Route } from "@cdktf/provider-aws/lib/route";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import type { AccountContext } from "../constructs/account-stack";
import type { HubOutputs } from "../networking/outputs";
import type { CorporateNetwork } from "./corporate-network";

export interface HubPeeringProps extends AccountContext {
  readonly hub: HubOutputs;
  readonly access: AccessOutputs;
  readonly network: CorporateNetwork;
}

/** The central zones that a user's browser needs. */
const USERS_ZONES = ["studio", "sagemaker-api"] as const;

/**
 * The peering between office and hub, and the private zones that a user needs: the API's, Studio's, and that of SageMaker's
 * API, which Studio's pages call from the browser.
 *
 * Peering is not transitive, so the office reaches the hub's endpoints and nothing behind them. The hub already admits
 * the office: its endpoints and its resolver accept all of `network.corporateCidrs`, of which this network is part.
 */
export class HubPeering extends Construct {
  constructor(scope: Construct, id: string, props: HubPeeringProps) {
    super(scope, id);
    this.#route(this.#peer(props), props);
    this.#associateZones(props);
  }

  /** @returns id of the connection, which is active by then */
  #peer({ provider, names, hub, network }: HubPeeringProps): string {
    return new VpcPeeringConnection(this, "Peering", {
      provider,
      vpcId: network.vpcId,
      peerVpcId: hub.vpcId,
      // Both ends are ours: one account, one region. No DNS option: those turn an instance's public name into its
      // private address, while the endpoints' names come from zones that answer with private addresses anyway.
      autoAccept: true,
      tags: { Name: names.of("on-premise", "hub") },
    }).id;
  }

  #route(vpcPeeringConnectionId: string, { provider, config, hub, network }: HubPeeringProps): void {
    const there = { provider, vpcPeeringConnectionId, destinationCidrBlock: config.network.hubCidr };
    new Route(this, "PrivateToHub", { ...there, routeTableId: network.private.routeTableId });
    new Route(this, "PublicToHub", { ...there, routeTableId: network.public.routeTableId });
    // The route is in the hub's table but belongs to this stack, so adding or removing the simulator does not change
    // the hub.
    new Route(this, "HubToOnPremise", {
      provider,
      vpcPeeringConnectionId,
      destinationCidrBlock: network.cidrBlock,
      routeTableId: hub.privateRouteTableId,
    });
  }

  #associateZones({ provider, hub, access, network }: HubPeeringProps): void {
    const central = USERS_ZONES.map((name) => {
      const zoneId = hub.zoneIds.get(name);
      if (zoneId === undefined) throw new RangeError(`the hub has no zone for ${name}`);
      return [name, zoneId] as const;
    });
    const { apiZoneId, domainZoneId } = access;
    const domain = domainZoneId === undefined ? [] : [["domain", domainZoneId] as const];
    for (const [name, zoneId] of [...central, ["api", apiZoneId] as const, ...domain]) {
      new Route53ZoneAssociation(this, `Zone-${name}`, { provider, zoneId, vpcId: network.vpcId });
    }
  }
}
