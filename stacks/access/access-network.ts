import { DataAwsPrefixList } from "@cdktf/provider-aws/lib/data-aws-prefix-list";
import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";

import { PRESIGN_ROLE, type Config } from "@studio-access/config";
import type { AccountContext } from "../constructs/account-stack";
import { policyDocument } from "../constructs/policy-document";
import type { PrivateVpc } from "../constructs/private-vpc";
import { SpokeRouting } from "../constructs/spoke-routing";
import type { CentralServiceName } from "../networking/endpoint-catalog";
import type { HubOutputs } from "../networking/outputs";
import { centralNames } from "../networking/resolvable-names";
import type { DirectoryTables } from "./directory-tables";

export interface AccessNetworkProps extends AccountContext {
  readonly hub: HubOutputs;
  readonly vpc: PrivateVpc;
  readonly tables: DirectoryTables;
}

/** Services that the presign function calls in the hub. */
const CALLED: readonly CentralServiceName[] = ["sts", "sagemaker-api"];

/** The names that the presign function asks for. Nothing else runs in the access VPC, so the company's own are not among them. */
export function accessNames({ region }: Pick<Config, "region">): readonly string[] {
  return [...centralNames(region, CALLED), `dynamodb.${region}.amazonaws.com`];
}

/**
 * The connections of the access VPC: the route to the hub, the private zones of its endpoints, and DynamoDB's gateway
 * endpoint.
 */
export class AccessNetwork extends Construct {
  readonly dynamodbPrefixListId: string;

  constructor(scope: Construct, id: string, props: AccessNetworkProps) {
    super(scope, id);
    this.#attach(props);
    this.#associateZones(props);
    this.dynamodbPrefixListId = this.#reachDynamodb(props);
  }

  #attach({ provider, config, names, hub, vpc }: AccessNetworkProps): void {
    const attachment = new Ec2TransitGatewayVpcAttachment(this, "Attachment", {
      provider,
      transitGatewayId: hub.transitGatewayId,
      vpcId: vpc.id,
      subnetIds: vpc.attachmentSubnetIds,
      transitGatewayDefaultRouteTableAssociation: false,
      transitGatewayDefaultRouteTablePropagation: false,
      tags: { Name: names.of("access") },
    });
    new SpokeRouting(this, "Routing", { provider, hub, attachmentId: attachment.id });
    new Route(this, "RouteToHub", {
      provider,
      routeTableId: vpc.privateRouteTableId,
      destinationCidrBlock: config.network.hubCidr,
      transitGatewayId: hub.transitGatewayId,
      dependsOn: [attachment],
    });
  }

  #associateZones({ provider, hub, vpc }: AccessNetworkProps): void {
    for (const name of CALLED) {
      const zoneId = hub.zoneIds.get(name);
      if (zoneId === undefined) throw new RangeError(`the hub has no zone for ${name}`);
      new Route53ZoneAssociation(this, `Zone-${name}`, { provider, zoneId, vpcId: vpc.id });
    }
  }

  #reachDynamodb({ provider, config, names, vpc, tables }: AccessNetworkProps): string {
    const serviceName = `com.amazonaws.${config.region}.dynamodb`;
    new VpcEndpoint(this, "Dynamodb", {
      provider,
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName,
      routeTableIds: [vpc.privateRouteTableId],
      policy: policyDocument(
        ...tables.reads("PresignReadsDirectory").map(({ Sid, Effect, ...read }) => ({
          Sid,
          Effect,
          Principal: "*" as const,
          ...read,
          Condition: {
            ArnEquals: { "aws:PrincipalArn": names.roleArn(config.sharedServices.id, PRESIGN_ROLE) },
          },
        })),
      ),
      tags: { Name: names.of("access", "dynamodb") },
    });
    return new DataAwsPrefixList(this, "DynamodbPrefixes", { provider, name: serviceName }).id;
  }
}
