import { Aspects, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

import type { Config } from "../config/schema";
import { accountProvider } from "../constructs/account-provider";
import { EncryptionKey } from "../constructs/encryption-key";
import { namesFor } from "../constructs/names";
import { PrivateVpc } from "../constructs/private-vpc";
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
    const gateway = new TransitGatewayHub(this, "Hub", {
      provider,
      names,
      vpc,
      spokeCidrs,
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
      transitGatewayId: gateway.transitGatewayId,
      hubRouteTableId: gateway.hubRouteTableId,
      spokeRouteTableId: gateway.spokeRouteTableId,
      resourceShareArn: gateway.resourceShareArn,
      executeApiEndpoint: endpoints.executeApi,
      sagemakerApiEndpointId: endpoints.endpointId("sagemaker-api"),
      studioEndpointId: endpoints.endpointId("studio"),
      zoneIds: endpoints.zoneIds,
    };
    this.#publish(resolver);
    Aspects.of(this).add(new RequireExplicitProvider());
  }

  #publish({ inbound }: Resolver): void {
    const { outputs } = this;
    const publish = (id: string, value: unknown, description: string): void => {
      new TerraformOutput(this, id, { value, description, staticId: true });
    };
    publish("hub_vpc_id", outputs.vpcId, "Id of the central VPC.");
    publish("transit_gateway_id", outputs.transitGatewayId, "Id of the Transit Gateway.");
    publish("resource_share_arn", outputs.resourceShareArn, "ARN of the RAM share of the Transit Gateway.");
    publish("execute_api_endpoint_id", outputs.executeApiEndpoint.id, "Id of the VPC endpoint of execute-api.");
    publish("sagemaker_api_endpoint_id", outputs.sagemakerApiEndpointId, "Id of the VPC endpoint of the SageMaker API.");
    publish("studio_endpoint_id", outputs.studioEndpointId, "Id of the VPC endpoint of SageMaker Studio.");
    publish("zone_ids", Object.fromEntries(outputs.zoneIds), "Private hosted zone id of each central service.");
    if (inbound !== undefined) {
      publish(
        "dns_resolver_addresses",
        `\${[for address in ${inbound.fqn}.ip_address : address.ip]}`,
        "Addresses that corporate DNS forwards the private names to.",
      );
    }
  }
}
