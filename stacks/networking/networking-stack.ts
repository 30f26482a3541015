import type { Construct } from "constructs";

import { zoneSharingOf, type Config } from "@studio-access/config";
import { AccountStack, SHARED_SERVICES } from "../constructs/account-stack";
import { EncryptionKey } from "../constructs/encryption-key";
import { PrivateVpc } from "../constructs/private-vpc";
import { publish } from "../constructs/published-outputs";
import { CentralEndpoints } from "./central-endpoints";
import type { HubOutputs } from "./outputs";
import { hubNames } from "./resolvable-names";
import { Resolver } from "./resolver";
import { TransitGatewayHub } from "./transit-gateway-hub";
import { ZoneProfile } from "./zone-profile";

/** The hub, in the shared-services account: central VPC, Transit Gateway, endpoints with their zones, DNS. */
export class NetworkingStack extends AccountStack {
  readonly outputs: HubOutputs;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { config, account: config.sharedServices, alias: SHARED_SERVICES });
    const { network } = config;
    const { names } = this.account;

    const { arn: keyArn } = new EncryptionKey(this, "LogsKey", {
      ...this.account,
      name: names.of("networking"),
      description: "Studio Access: logs of the hub",
      logGroupPrefixes: [`/${names.prefix}/`],
    });
    const context = { ...this.account, keyArn };
    const vpc = new PrivateVpc(this, "Network", {
      ...context,
      name: "hub",
      cidrBlock: network.hubCidr,
      resolvableNames: hubNames(config),
    });
    const spokeCidrs = [network.accessCidr, ...network.lobSupernets];
    // The simulator is peered with the hub and brings its own route; real corporate networks attach to the gateway.
    const attachedCorporateCidrs = network.corporateCidrs.filter((cidr) => cidr !== config.onPremise?.cidr);
    const gateway = new TransitGatewayHub(this, "Hub", {
      ...context,
      vpc,
      reachableCidrs: [...spokeCidrs, ...attachedCorporateCidrs],
    });
    const endpoints = new CentralEndpoints(this, "Endpoints", {
      ...context,
      vpc,
      clientCidrs: [...spokeCidrs, ...network.corporateCidrs],
    });
    const resolver = new Resolver(this, "Resolver", { ...context, vpc });
    const { zoneArns } = endpoints;
    const { resourceShareArn } = gateway;
    const profile = zoneSharingOf(config).byProfile
      ? new ZoneProfile(this, "ZoneProfile", { ...context, zoneArns, resourceShareArn })
      : undefined;

    this.outputs = {
      vpcId: vpc.id,
      privateRouteTableId: vpc.privateRouteTableId,
      transitGatewayId: gateway.transitGatewayId,
      hubRouteTableId: gateway.hubRouteTableId,
      spokeRouteTableId: gateway.spokeRouteTableId,
      resourceShareArn,
      executeApiEndpoint: endpoints.executeApi,
      sagemakerApiEndpointId: endpoints.endpointId("sagemaker-api"),
      studioEndpointId: endpoints.endpointId("studio"),
      zoneIds: endpoints.zoneIds,
      zoneProfileId: profile?.id,
    };
    publish(this, {
      hub_vpc_id: [vpc.id, "Id of the central VPC."],
      transit_gateway_id: [gateway.transitGatewayId, "Id of the Transit Gateway."],
      resource_share_arn: [resourceShareArn, "ARN of the RAM share of the Transit Gateway."],
      execute_api_endpoint_id: [endpoints.executeApi.id, "Id of the VPC endpoint of execute-api."],
      sagemaker_api_endpoint_id: [
        this.outputs.sagemakerApiEndpointId,
        "Id of the VPC endpoint of the SageMaker API.",
      ],
      studio_endpoint_id: [this.outputs.studioEndpointId, "Id of the VPC endpoint of SageMaker Studio."],
      sts_endpoint_id: [endpoints.endpointId("sts"), "Id of the VPC endpoint of STS."],
      zone_ids: [Object.fromEntries(endpoints.zoneIds), "Private hosted zone id of each central service."],
      ...(resolver.addresses === undefined
        ? {}
        : {
            dns_resolver_addresses: [
              resolver.addresses,
              "Where corporate DNS forwards the private names to.",
            ],
          }),
    });
  }
}
