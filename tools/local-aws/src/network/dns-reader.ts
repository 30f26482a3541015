import type { Moto } from "../server/call";
import { child, childrenOf, descendant, parseXml, textAt, type XmlElement } from "../server/xml";
import { normalName, type RecordFact, type ResolverFact, type ZoneFact } from "@studio-access/network";

const API = "/2013-04-01";
/** Route 53 is a global service; its calls are signed for this region. */
const SIGNING_REGION = "us-east-1";

/**
 * The private hosted zones that an account owns, with their VPCs and records.
 *
 * @param vpcsWith - VPCs that have a zone by a Route 53 Profile
 */
export async function readZones(
  moto: Pick<Moto, "rest">,
  account: string,
  vpcsWith: (zoneId: string) => readonly string[],
): Promise<ZoneFact[]> {
  const root = await get(moto, account, `${API}/hostedzone`);
  const list = child(root, "HostedZones");
  const zones = (list ? childrenOf(list, "HostedZone") : []).filter(
    (zone) => textAt(zone, "Config", "PrivateZone") === "true",
  );
  return await Promise.all(
    zones.map(async (zone) => {
      const zoneId = (textAt(zone, "Id") ?? "").replace("/hostedzone/", "");
      const [vpcIds, records] = await Promise.all([
        readVpcs(moto, account, zoneId),
        readRecords(moto, account, zoneId),
      ]);
      const name = normalName(textAt(zone, "Name") ?? "");
      return { zoneId, account, name, vpcIds, profileVpcIds: vpcsWith(zoneId), records };
    }),
  );
}

async function readVpcs(moto: Pick<Moto, "rest">, account: string, zoneId: string): Promise<string[]> {
  const vpcs = child(await get(moto, account, `${API}/hostedzone/${zoneId}`), "VPCs");
  return vpcs ? childrenOf(vpcs, "VPC").map((vpc) => textAt(vpc, "VPCId") ?? "") : [];
}

async function readRecords(moto: Pick<Moto, "rest">, account: string, zoneId: string): Promise<RecordFact[]> {
  const list = child(await get(moto, account, `${API}/hostedzone/${zoneId}/rrset`), "ResourceRecordSets");
  return list ? childrenOf(list, "ResourceRecordSet").map(recordFact) : [];
}

function recordFact(record: XmlElement): RecordFact {
  const alias = textAt(record, "AliasTarget", "DNSName");
  const values = descendant(record, "ResourceRecords");
  return {
    name: normalName(textAt(record, "Name") ?? ""),
    type: textAt(record, "Type") ?? "",
    alias: alias === undefined ? undefined : normalName(alias),
    values: values ? childrenOf(values, "ResourceRecord").map((value) => textAt(value, "Value") ?? "") : [],
  };
}

async function get(moto: Pick<Moto, "rest">, account: string, path: string): Promise<XmlElement> {
  const reply = await moto.rest("route53", account, SIGNING_REGION, "GET", path);
  if (reply.status >= 300) throw new Error(`moto answered GET ${path} with HTTP ${reply.status}`);
  return parseXml(reply.body.toString());
}

interface ResolverEndpoint {
  readonly Id: string;
  readonly Direction: string;
  readonly HostVPCId: string;
  readonly SecurityGroupIds?: readonly string[];
}

/** The Route 53 resolver endpoints that an account owns. */
export async function readResolvers(
  moto: Pick<Moto, "json">,
  account: string,
  region: string,
): Promise<ResolverFact[]> {
  const target = "Route53Resolver.ListResolverEndpoints";
  const answer = (await moto.json("route53resolver", account, region, target, { MaxResults: 100 })) as {
    ResolverEndpoints?: ResolverEndpoint[];
  };
  return (answer.ResolverEndpoints ?? []).map((endpoint) => ({
    resolverEndpointId: endpoint.Id,
    account,
    direction: endpoint.Direction === "INBOUND" ? "INBOUND" : "OUTBOUND",
    vpcId: endpoint.HostVPCId,
    securityGroupIds: endpoint.SecurityGroupIds ?? [],
  }));
}
