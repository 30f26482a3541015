import { child, textAt, type XmlElement } from "../server/xml";
import type { DescribeEc2 } from "./ec2-reader";
import type { PrefixListFact, TransitRouteFact, TransitRouteTableFact } from "@studio-access/network";

/** The Transit Gateway route tables that an account owns, with their associations, propagations and static routes. */
export async function readTransitRouteTables(describe: DescribeEc2): Promise<TransitRouteTableFact[]> {
  const tables = await describe("DescribeTransitGatewayRouteTables", "transitGatewayRouteTables");
  const live = tables.filter((table) => textAt(table, "state") !== "deleted");
  return await Promise.all(live.map((table) => readTable(describe, table)));
}

async function readTable(describe: DescribeEc2, table: XmlElement): Promise<TransitRouteTableFact> {
  const routeTableId = textAt(table, "transitGatewayRouteTableId") ?? "";
  const which = { TransitGatewayRouteTableId: routeTableId };
  const [associated, propagated, routes] = await Promise.all([
    describe("GetTransitGatewayRouteTableAssociations", "associations", which),
    describe("GetTransitGatewayRouteTablePropagations", "transitGatewayRouteTablePropagations", which),
    describe("SearchTransitGatewayRoutes", "routeSet", {
      ...which,
      "Filter.1.Name": "type",
      "Filter.1.Value.1": "static",
    }),
  ]);
  return {
    routeTableId,
    transitGatewayId: textAt(table, "transitGatewayId") ?? "",
    associated: associated.map(attachmentOf).filter(Boolean),
    propagated: propagated.map(attachmentOf).filter(Boolean),
    routes: routes.map(staticRoute),
  };
}

function attachmentOf(item: XmlElement): string {
  return textAt(item, "transitGatewayAttachmentId") ?? "";
}

function staticRoute(item: XmlElement): TransitRouteFact {
  const list = child(item, "transitGatewayAttachments");
  const attachment = list && (child(list, "item") ?? list);
  const blackhole = textAt(item, "state") === "blackhole";
  return {
    cidr: textAt(item, "destinationCidrBlock") ?? "",
    attachmentId: blackhole || !attachment ? undefined : textAt(attachment, "transitGatewayAttachmentId"),
  };
}

/** The prefix lists of an account. AWS-managed lists are matched by name, since they hold too many addresses to list. */
export async function readPrefixLists(describe: DescribeEc2): Promise<PrefixListFact[]> {
  const lists = await describe("DescribeManagedPrefixLists", "prefixListSet");
  return await Promise.all(
    lists.map(async (list) => {
      const prefixListId = textAt(list, "prefixListId") ?? "";
      const ofAws = textAt(list, "ownerId") === "AWS";
      const entries = ofAws
        ? []
        : await describe("GetManagedPrefixListEntries", "entrySet", { PrefixListId: prefixListId });
      return {
        prefixListId,
        name: textAt(list, "prefixListName") ?? "",
        cidrs: entries.map((entry) => textAt(entry, "cidr") ?? "").filter(Boolean),
      };
    }),
  );
}
