import { child, childrenOf, element, putChild, textAt, type XmlElement } from "../../server/xml";
import type { SharedAttachment } from "./attachment-registry";

/** A shared attachment as an account sees it, from moto's reply to the owner of the gateway. */
export function sharedView(item: XmlElement, attachment: SharedAttachment, account: string): XmlElement {
  const view = structuredClone(item);
  if (child(view, "vpcOwnerId")) putChild(view, "vpcOwnerId", attachment.vpcOwner);
  if (child(view, "resourceOwnerId")) putChild(view, "resourceOwnerId", attachment.vpcOwner);
  putChild(view, "state", attachment.state);
  putTags(view, attachment.tags.get(account) ?? new Map());
  return view;
}

export function deletedView(item: XmlElement): XmlElement {
  const view = structuredClone(item);
  putChild(view, "state", "deleted");
  return view;
}

export function putTags(item: XmlElement, tags: ReadonlyMap<string, string>): void {
  const items = [...tags].map(([key, value]) =>
    element("item", element("key", key), element("value", value)),
  );
  putChild(item, "tagSet", ...items);
}

export function attachmentId(item: XmlElement): string {
  return textAt(item, "transitGatewayAttachmentId") ?? "";
}

/** Fields that DescribeTransitGateway(Vpc)Attachments can filter by. */
const FILTER_FIELDS: Readonly<Record<string, string>> = {
  "resource-id": "resourceId",
  "resource-owner-id": "resourceOwnerId",
  "resource-type": "resourceType",
  state: "state",
  "transit-gateway-attachment-id": "transitGatewayAttachmentId",
  "transit-gateway-id": "transitGatewayId",
  "vpc-id": "vpcId",
};

/** Names of filters that {@link passes} cannot apply. */
export function unknownFilters(filters: ReadonlyMap<string, readonly string[]>): string[] {
  return [...filters.keys()].filter((name) => !(name in FILTER_FIELDS) && !name.startsWith("tag:"));
}

/** Whether the item passes every filter. */
export function passes(item: XmlElement, filters: ReadonlyMap<string, readonly string[]>): boolean {
  return [...filters].every(([name, values]) => values.includes(filterValue(item, name) ?? ""));
}

function filterValue(item: XmlElement, name: string): string | undefined {
  if (!name.startsWith("tag:")) return textAt(item, FILTER_FIELDS[name] ?? name);
  const tags = childrenOf(child(item, "tagSet") ?? element("tagSet"), "item");
  const tag = tags.find((candidate) => textAt(candidate, "key") === name.slice("tag:".length));
  return tag && textAt(tag, "value");
}
