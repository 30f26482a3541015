import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { PrivateVpc } from "../constructs/private-vpc";
import {
  CENTRAL_SERVICES,
  centralServices,
  type CentralService,
  type CentralServiceName,
  recordName,
} from "./endpoint-catalog";
import { endpointPolicy, executeApiEndpointPolicy } from "./endpoint-policies";
import type { EndpointTarget } from "./outputs";

export interface CentralEndpointsProps extends AccountContext {
  readonly vpc: PrivateVpc;
  /** Networks that may open TLS connections to the endpoints. */
  readonly clientCidrs: readonly string[];
}

/** One interface endpoint, zone and alias record per central service; and the endpoint of execute-api. */
export class CentralEndpoints extends Construct {
  readonly executeApi: EndpointTarget;
  readonly #targets = new Map<CentralServiceName, EndpointTarget>();
  readonly #zones = new Map<CentralServiceName, Route53Zone>();

  constructor(scope: Construct, id: string, props: CentralEndpointsProps) {
    super(scope, id);
    const { config } = props;
    const securityGroupId = this.#securityGroup(props);

    for (const name of centralServices(config)) {
      const service = CENTRAL_SERVICES[name];
      const target = this.#endpoint(name, {
        ...props,
        securityGroupId,
        serviceName: service.serviceName(config.region),
        policy: endpointPolicy(name, config),
      });
      this.#targets.set(name, target);
      this.#zones.set(name, this.#zone(name, service, target, props));
    }
    this.executeApi = this.#endpoint("execute-api", {
      ...props,
      securityGroupId,
      serviceName: `com.amazonaws.${config.region}.execute-api`,
      policy: executeApiEndpointPolicy(config),
    });
  }

  get zoneIds(): ReadonlyMap<CentralServiceName, string> {
    return new Map([...this.#zones].map(([name, { zoneId }]) => [name, zoneId]));
  }

  get zoneArns(): ReadonlyMap<CentralServiceName, string> {
    return new Map([...this.#zones].map(([name, { arn }]) => [name, arn]));
  }

  endpointId(name: CentralServiceName): string {
    const target = this.#targets.get(name);
    if (target === undefined) throw new RangeError(`the hub has no endpoint for ${name}`);
    return target.id;
  }

  #securityGroup({ provider, names, vpc, clientCidrs }: CentralEndpointsProps): string {
    const group = new SecurityGroup(this, "SecurityGroup", {
      provider,
      vpcId: vpc.id,
      name: names.of("endpoints"),
      description: "TLS to the central endpoints",
      tags: { Name: names.of("endpoints") },
    });
    for (const cidrIpv4 of clientCidrs) {
      new VpcSecurityGroupIngressRule(this, `TlsFrom-${cidrIpv4}`, {
        provider,
        securityGroupId: group.id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4,
        description: "TLS from a spoke or a corporate network",
      });
    }
    return group.id;
  }

  #endpoint(
    name: string,
    props: CentralEndpointsProps & {
      readonly serviceName: string;
      readonly policy: string;
      readonly securityGroupId: string;
    },
  ): EndpointTarget {
    const endpoint = new VpcEndpoint(this, `Endpoint-${name}`, {
      provider: props.provider,
      vpcId: props.vpc.id,
      vpcEndpointType: "Interface",
      serviceName: props.serviceName,
      subnetIds: props.vpc.privateSubnetIds,
      securityGroupIds: [props.securityGroupId],
      // AWS's own private DNS answers in this VPC alone; the zones below can be associated with every spoke.
      privateDnsEnabled: false,
      policy: props.policy,
      tags: { Name: props.names.of(name) },
    });
    const entry = endpoint.dnsEntry.get(0);
    return { id: endpoint.id, dnsName: entry.dnsName, hostedZoneId: entry.hostedZoneId };
  }

  #zone(
    name: string,
    service: CentralService,
    target: EndpointTarget,
    props: CentralEndpointsProps,
  ): Route53Zone {
    const { provider, config, vpc } = props;
    const zoneName = service.zoneName(config.region);
    const zone = new Route53Zone(this, `Zone-${name}`, {
      provider,
      name: zoneName,
      comment: `Studio Access: central endpoint of ${name}`,
      vpc: [{ vpcId: vpc.id }],
      // The spokes' stacks associate their own VPCs; to Terraform these would look like drift here.
      lifecycle: { ignoreChanges: ["vpc"] },
    });
    new Route53Record(this, `Record-${name}`, {
      provider,
      zoneId: zone.zoneId,
      name: recordName(service, config.region),
      type: "A",
      alias: { name: target.dnsName, zoneId: target.hostedZoneId, evaluateTargetHealth: false },
    });
    return zone;
  }
}
