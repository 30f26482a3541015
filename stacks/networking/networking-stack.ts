import { Aspects, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import { namesFor, type Config } from "@studio-access/config";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { PrivateVpc } from "../constructs/private-vpc";
import { publish } from "../constructs/published-outputs";
import { keepState } from "../constructs/state";
import { RequireExplicitProvider } from "../guards/require-explicit-provider";
import { CentralEndpoints } from "./central-endpoints";
import type { HubOutputs } from "./outputs";
import { Resolver } from "./resolver";
import { TransitGatewayHub } from "./transit-gateway-hub";

/** The hub, in the shared-services account: central VPC, Transit Gateway, endpoints with their zones, DNS. */
export class NetworkingStack extends TerraformStack {
  readonly outputs: HubOutputs;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    keepState(this, config);
    const { network, sharedServices } = config;
    const names = namesFor(config.environment);
    const provider = accountProvider(this, "shared-services", sharedServices, config);
    const accountId = sharedServices.id;

    const key = new EncryptionKey(this, "LogsKey", {
      provider,
      accountId,
      config,
      name: names.of("networking"),
      description: "Studio Access: logs of the hub",
      logGroupPrefix: `/${names.prefix}/`,
    });
    const vpc = new PrivateVpc(this, "Network", {
      provider,
      accountId,
      config,
      names,
      name: "hub",
      cidrBlock: network.hubCidr,
      keyArn: key.arn,
    });
    const spokeCidrs = [network.accessCidr, ...network.lobSupernets];
    // The simulator is peered with the hub and brings its own route; real corporate networks attach to the gateway.
    const attachedCorporateCidrs = network.corporateCidrs.filter((cidr) => cidr !== config.onPremise?.cidr);
    const gateway = new TransitGatewayHub(this, "Hub", {
      provider,
      names,
      vpc,
      reachableCidrs: [...spokeCidrs, ...attachedCorporateCidrs],
      allowExternalPrincipals: config.organizationId === null,
    });
    const endpoints = new CentralEndpoints(this, "Endpoints", {
      provider,
      config,
      names,
      vpc,
      clientCidrs: [...spokeCidrs, ...network.corporateCidrs],
    });
    const resolver = new Resolver(this, "Resolver", { provider, names, vpc, network });

    this.outputs = {
      vpcId: vpc.id,
      privateRouteTableId: vpc.privateRouteTableId,
      transitGatewayId: gateway.transitGatewayId,
      hubRouteTableId: gateway.hubRouteTableId,
      spokeRouteTableId: gateway.spokeRouteTableId,
      resourceShareArn: gateway.resourceShareArn,
      executeApiEndpoint: endpoints.executeApi,
      sagemakerApiEndpointId: endpoints.endpointId("sagemaker-api"),
      studioEndpointId: endpoints.endpointId("studio"),
      zoneIds: endpoints.zoneIds,
    };
    publish(this, {
      hub_vpc_id: [vpc.id, "Id of the central VPC."],
      transit_gateway_id: [gateway.transitGatewayId, "Id of the Transit Gateway."],
      resource_share_arn: [gateway.resourceShareArn, "ARN of the RAM share of the Transit Gateway."],
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
    Aspects.of(this).add(new RequireExplicitProvider());
  }
}
