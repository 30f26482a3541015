import type { Moto } from "../server/call";
import type { DnsFirewalls } from "../server/data-plane";
import type { ProfileStore } from "../services/route53profiles/profile-store";
import type { PrivateDomains } from "../services/api-gateway/private-domains";
import { childrenOf, descendant, parseXml } from "../server/xml";
import { readResolvers, readZones } from "./dns-reader";
import { readEc2, type DescribeEc2 } from "./ec2-reader";
import type { NetworkFacts } from "@studio-access/network";
import type { ControlPlaneClient } from "./control-plane-client";
import { readPrefixLists, readTransitRouteTables } from "./transit-reader";

export interface FactsSource {
  readonly moto: Pick<Moto, "query" | "rest" | "json">;
  /** Knows of Transit Gateways that are shared across accounts, unlike moto. */
  readonly controlPlane: Pick<ControlPlaneClient, "query">;
  /** moto has none. */
  readonly dnsFirewalls: DnsFirewalls;
  /** The same for access associations of private custom domain names. */
  readonly privateDomains: Pick<PrivateDomains, "namesThrough">;
  /** The same for Route 53 Profiles. */
  readonly zoneProfiles: Pick<ProfileStore, "vpcsWith">;
  readonly region: string;
  readonly accounts: readonly string[];
}

/** Operations whose replies a handler corrects. The others go to moto directly, so that they do not fill the request log. */
const CORRECTED = new Set(["DescribeRouteTables", "DescribeTransitGatewayVpcAttachments"]);

/** Reads the network of all accounts. */
export async function readFacts(source: FactsSource): Promise<NetworkFacts> {
  const parts = await Promise.all(source.accounts.map((account) => readAccount(source, account)));
  return {
    region: source.region,
    vpcs: parts.flatMap((part) => part.vpcs),
    subnets: parts.flatMap((part) => part.subnets),
    networkAcls: parts.flatMap((part) => part.networkAcls ?? []),
    routeTables: parts.flatMap((part) => part.routeTables),
    securityGroups: parts.flatMap((part) => part.securityGroups),
    endpoints: parts.flatMap((part) =>
      part.endpoints.map((endpoint) => ({
        ...endpoint,
        domainNames: source.privateDomains.namesThrough(endpoint.vpcEndpointId),
      })),
    ),
    prefixLists: parts.flatMap((part) => part.prefixLists),
    peerings: distinct(
      parts.flatMap((part) => part.peerings),
      (peering) => peering.peeringId,
    ),
    // An attachment to a shared gateway is listed in two accounts: the gateway's and the VPC's.
    attachments: distinct(
      parts.flatMap((part) => part.attachments),
      (attachment) => attachment.attachmentId,
    ),
    transitRouteTables: parts.flatMap((part) => part.transitRouteTables),
    zones: parts.flatMap((part) => part.zones),
    resolvers: parts.flatMap((part) => part.resolvers),
    dnsFirewalls: parts.flatMap((part) => part.dnsFirewalls),
  };
}

async function readAccount(source: FactsSource, account: string): Promise<Omit<NetworkFacts, "region">> {
  const { moto, region } = source;
  const describe = describer(source, account);
  const [ec2, transitRouteTables, prefixLists, zones, resolvers] = await Promise.all([
    readEc2(account, describe),
    readTransitRouteTables(describe),
    readPrefixLists(describe),
    readZones(moto, account, (zoneId) => source.zoneProfiles.vpcsWith(zoneId)),
    readResolvers(moto, account, region),
  ]);
  const dnsFirewalls = source.dnsFirewalls(account, region);
  return { ...ec2, transitRouteTables, prefixLists, zones, resolvers, dnsFirewalls };
}

function describer(source: FactsSource, account: string): DescribeEc2 {
  return async (action, set, parameters = {}) => {
    const form = { Action: action, ...parameters };
    const { moto, controlPlane, region } = source;
    const reply = await (CORRECTED.has(action)
      ? controlPlane.query({ service: "ec2", account, region }, { Version: "2016-11-15", ...form })
      : moto.query("ec2", account, region, form));
    if (reply.status >= 300) throw new Error(`EC2 answered ${action} with HTTP ${reply.status}`);
    const list = descendant(parseXml(reply.body.toString()), set);
    // An attribute has a value in place of items.
    return list ? [...childrenOf(list, "item"), ...childrenOf(list, "value")] : [];
  };
}

function distinct<Fact>(facts: readonly Fact[], idOf: (fact: Fact) => string): Fact[] {
  return [...new Map(facts.map((fact) => [idOf(fact), fact])).values()];
}
