import { Route53ResolverEndpoint } from "@cdktf/provider-aws/lib/route53-resolver-endpoint";
import { Route53ResolverRule } from "@cdktf/provider-aws/lib/route53-resolver-rule";
import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

import type { AccountContext } from "../constructs/account-stack";
import type { PrivateVpc } from "../constructs/private-vpc";

export interface ResolverProps extends AccountContext {
  readonly vpc: PrivateVpc;
}

/**
 * DNS between the hub and the corporate network: an inbound endpoint that answers corporate resolvers with the private
 * zones, and, where the config names corporate domains, an outbound endpoint with a forward rule for each.
 */
export class Resolver extends Construct {
  /** Addresses of the inbound endpoint, a list; undefined when the config turns it off. */
  readonly addresses: string | undefined;

  constructor(scope: Construct, id: string, props: ResolverProps) {
    super(scope, id);
    const { resolver, corporateCidrs } = props.config.network;
    if (resolver.inbound) {
      const securityGroup = this.#securityGroup("inbound", "DNS from corporate resolvers", props);
      this.#dnsRules("From", corporateCidrs, (ruleId, rule) => {
        new VpcSecurityGroupIngressRule(this, ruleId, {
          provider: props.provider,
          securityGroupId: securityGroup,
          ...rule,
        });
      });
      const inbound = this.#endpoint("inbound", "INBOUND", securityGroup, props);
      this.addresses = `\${[for address in ${inbound.fqn}.ip_address : address.ip]}`;
    }
    if (resolver.outboundRules.length > 0) this.#forward(props);
  }

  #forward(props: ResolverProps): void {
    const { provider, config, names, vpc } = props;
    const { outboundRules } = config.network.resolver;
    const securityGroup = this.#securityGroup("outbound", "DNS to corporate resolvers", props);
    const targets = new Set(outboundRules.flatMap(({ targetIps }) => targetIps));
    this.#dnsRules(
      "To",
      [...targets].map((ip) => `${ip}/32`),
      (ruleId, rule) => {
        new VpcSecurityGroupEgressRule(this, ruleId, { provider, securityGroupId: securityGroup, ...rule });
      },
    );
    const endpoint = this.#endpoint("outbound", "OUTBOUND", securityGroup, props);
    for (const { domain, targetIps } of outboundRules) {
      const rule = new Route53ResolverRule(this, `Forward-${domain}`, {
        provider,
        // Names are for people, and need not differ; Route 53 takes 64 characters.
        name: names.of(domain.replaceAll(".", "-")).slice(0, 64),
        domainName: domain,
        ruleType: "FORWARD",
        resolverEndpointId: endpoint.id,
        targetIp: targetIps.map((ip) => ({ ip })),
      });
      new Route53ResolverRuleAssociation(this, `ForwardInHub-${domain}`, {
        provider,
        resolverRuleId: rule.id,
        vpcId: vpc.id,
      });
    }
  }

  #endpoint(
    name: string,
    direction: "INBOUND" | "OUTBOUND",
    securityGroup: string,
    props: ResolverProps,
  ): Route53ResolverEndpoint {
    return new Route53ResolverEndpoint(this, `Endpoint-${name}`, {
      provider: props.provider,
      name: props.names.of("resolver", name),
      direction,
      securityGroupIds: [securityGroup],
      ipAddress: props.vpc.privateSubnetIds.map((subnetId) => ({ subnetId })),
    });
  }

  #securityGroup(name: string, description: string, { provider, names, vpc }: ResolverProps): string {
    return new SecurityGroup(this, `SecurityGroup-${name}`, {
      provider,
      vpcId: vpc.id,
      name: names.of("resolver", name),
      description,
      tags: { Name: names.of("resolver", name) },
    }).id;
  }

  #dnsRules(
    direction: "From" | "To",
    cidrs: readonly string[],
    add: (
      id: string,
      rule: { ipProtocol: string; fromPort: number; toPort: number; cidrIpv4: string; description: string },
    ) => void,
  ): void {
    for (const cidrIpv4 of cidrs) {
      for (const ipProtocol of ["tcp", "udp"]) {
        add(`Dns${direction}-${cidrIpv4}-${ipProtocol}`, {
          ipProtocol,
          fromPort: 53,
          toPort: 53,
          cidrIpv4,
          description: `DNS ${direction.toLowerCase()} the corporate network`,
        });
      }
    }
  }
}
