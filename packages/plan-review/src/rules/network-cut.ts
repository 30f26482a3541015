import { changesOf, findingOf } from "./changes";
import type { Rule } from "./rule";

/** What stops working while a resource of each type is away. */
const CUTS: ReadonlyMap<string, string> = new Map([
  ["aws_vpc", "everything in it"],
  ["aws_subnet", "what is placed in it"],
  ["aws_ec2_transit_gateway", "every way between the hub and the spokes"],
  ["aws_ec2_transit_gateway_route_table", "the routes of every attachment in it"],
  ["aws_ec2_transit_gateway_vpc_attachment", "the VPC's way to the hub"],
  ["aws_ec2_transit_gateway_vpc_attachment_accepter", "the VPC's way to the hub"],
  ["aws_ec2_transit_gateway_route_table_association", "the attachment's routes"],
  ["aws_ec2_transit_gateway_route_table_propagation", "the way back to the attachment"],
  ["aws_ram_resource_share", "the share of the Transit Gateway with every account"],
  ["aws_ram_resource_association", "the share of the Transit Gateway with every account"],
  ["aws_ram_principal_association", "the account's share of the Transit Gateway"],
  ["aws_route53_zone", "the names in it, for every VPC"],
  ["aws_route53_zone_association", "the zone's names for the VPC"],
  ["aws_route53_record", "the name"],
  ["aws_route53_resolver_endpoint", "name resolution from the corporate network"],
  ["aws_vpc_endpoint", "the service's private way in, and the id that policies name"],
  ["aws_vpc_peering_connection", "the way between the two networks"],
  ["aws_route", "the way to its destination"],
  ["aws_api_gateway_rest_api", "the API, and its id in everybody's bookmarks"],
]);

/** Deletion of what carries traffic or names. */
export const networkCut: Rule = {
  name: "network-cut",
  severity: "block",
  description:
    "Deletes or replaces what carries traffic or names: VPC, Transit Gateway, attachment, zone, endpoint, route, API.",
  check: (context) =>
    changesOf(context, "delete", "replace").flatMap((resource) => {
      const cut = CUTS.get(resource.type);
      if (cut === undefined) return [];
      const replaced = resource.kind === "replace";
      const message = `${resource.type} would be ${replaced ? "deleted and made anew" : "deleted"}, which cuts ${cut}${replaced ? " until the new one is in place" : ""}.`;
      const paths = resource.replacePaths.map((path) => path.join("."));
      const details = paths.length === 0 ? {} : { details: [`replaced because of ${paths.join(", ")}`] };
      return [findingOf("network-cut", "block", resource, { message, ...details })];
    }),
};
