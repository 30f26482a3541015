import type { Moto } from "../server/call";
import { childrenOf, descendant, parseXml, textAt, type XmlElement } from "../server/xml";

/** The account and region of a resource. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * Items of moto's reply to a Describe operation; none when moto answers that the resource does not exist.
 *
 * @throws {Error} when moto fails
 */
export async function describeItems(
  moto: Pick<Moto, "query">,
  place: Place,
  action: string,
  parameters: Readonly<Record<string, string>>,
  set: string,
): Promise<XmlElement[]> {
  const reply = await moto.query("ec2", place.account, place.region, { Action: action, ...parameters });
  if (reply.status >= 500) throw new Error(`moto answered ${action} with HTTP ${reply.status}`);
  if (reply.status >= 300) return [];
  const list = descendant(parseXml(reply.body.toString()), set);
  return list ? childrenOf(list, "item") : [];
}

/** Whether the account has this VPC. */
export async function ownsVpc(moto: Pick<Moto, "query">, place: Place, vpcId: string): Promise<boolean> {
  const vpcs = await describeItems(moto, place, "DescribeVpcs", { "VpcId.1": vpcId }, "vpcSet");
  return vpcs.some((vpc) => textAt(vpc, "vpcId") === vpcId);
}
