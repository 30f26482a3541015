import { childrenOf, descendant, type XmlElement } from "../../server/xml";

/** The zones in a reply of ListHostedZonesByVPC. */
export function summariesIn(root: XmlElement): XmlElement[] {
  const list = descendant(root, "HostedZoneSummaries");
  return list ? childrenOf(list, "HostedZoneSummary") : [];
}
