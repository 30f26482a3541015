import type { ChangeKind, ResourceChange, StackPlan } from "../model";
import { changesOf, findingOf, stackFinding } from "./changes";
import type { Finding, Rule } from "./rule";
import { namesStay } from "./zone-ways";

/** What stops working while a resource of each type is missing. */
const CUTS: ReadonlyMap<string, string> = new Map([
  ["aws_vpc", "everything in it"],
  ["aws_subnet", "what is placed in it"],
  ["aws_ec2_transit_gateway", "every way between the hub and the spokes"],
  ["aws_ec2_transit_gateway_route_table", "the routes of every attachment in it"],
  ["aws_ec2_transit_gateway_vpc_attachment", "the VPC's way to the hub"],
  ["aws_ec2_transit_gateway_vpc_attachment_accepter", "the VPC's way to the hub"],
  ["aws_ec2_transit_gateway_route_table_association", "the attachment's routes"],
  ["aws_ec2_transit_gateway_route_table_propagation", "the way back to the attachment"],
  ["aws_ram_resource_share", "what every account has of the hub: Transit Gateway, and zones by a profile"],
  [
    "aws_ram_resource_association",
    "what it shares, for every account: Transit Gateway, or zones by a profile",
  ],
  [
    "aws_ram_principal_association",
    "what the account has of the hub: Transit Gateway, and zones by a profile",
  ],
  ["aws_route53_zone", "the names in it, for every VPC"],
  ["aws_route53_zone_association", "the zone's names for the VPC"],
  ["aws_route53profiles_profile", "the names in all its zones, for every VPC that has it"],
  ["aws_route53profiles_resource_association", "the zone's names, for every VPC that has the profile"],
  ["aws_route53profiles_association", "the profile's names for the VPC"],
  ["aws_route53_record", "the name"],
  ["aws_route53_resolver_endpoint", "name resolution from the corporate network"],
  ["aws_vpc_endpoint", "the service's private way in, and the id that policies name"],
  ["aws_vpc_peering_connection", "the way between the two networks"],
  ["aws_route", "the way to its destination"],
  ["aws_api_gateway_rest_api", "the API, and its id in everybody's bookmarks"],
  [
    "aws_api_gateway_domain_name",
    "the name at which people open the API, and their sign-in, which returns to it",
  ],
  ["aws_api_gateway_domain_name_access_association", "the name's way through the central endpoint"],
  ["aws_api_gateway_base_path_mapping", "what the name leads to"],
]);

const NAME = "network-cut";

// The deletion of a VPC deletes a dozen resources of some types; each type is reported once.
const MOST_OF_A_TYPE = 2;

function message(type: string, cut: string, kinds: readonly ChangeKind[]): string {
  const what = kinds.length === 1 ? `${type} would be` : `${kinds.length} of ${type} would be`;
  if (kinds.includes("delete")) return `${what} deleted, which cuts ${cut}.`;
  return `${what} deleted and made anew, which cuts ${cut} until the new one is in place.`;
}

function because({ replacePaths }: ResourceChange): readonly string[] {
  const paths = replacePaths.map((path) => path.join("."));
  return paths.length === 0 ? [] : [`replaced because of ${paths.join(", ")}`];
}

/** The endpoints whose ids stand in the roles of every line of business. */
const IN_EVERY_ROLE = /\/Endpoint-(sagemaker-api|studio)$/;

function single(resource: ResourceChange, cut: string): Finding {
  const details = because(resource);
  const inEveryRole =
    resource.type === "aws_vpc_endpoint" && IN_EVERY_ROLE.test(resource.constructPath ?? "");
  return findingOf(NAME, "block", resource, {
    message: message(resource.type, cut, [resource.kind]),
    ...(details.length === 0 ? {} : { details }),
    ...(inEveryRole
      ? {
          remedy:
            "Every line of business's roles name its id: until all of them are deployed again nobody gets a URL, and open Studio sessions end. Do it outside of working hours, and deploy all of them right after.",
        }
      : {}),
  });
}

function ofType(
  plan: StackPlan,
  type: string,
  cut: string,
  gone: readonly ResourceChange[],
): readonly Finding[] {
  const own = gone.filter((resource) => resource.type === type);
  if (own.length <= MOST_OF_A_TYPE) return own.map((resource) => single(resource, cut));
  const said = {
    message: message(
      type,
      cut,
      own.map(({ kind }) => kind),
    ),
    details: own.map(({ address }) => address),
  };
  return [stackFinding(NAME, "block", plan, said)];
}

/** Reports the deletion of resources that carry traffic or resolve names. */
export const networkCut: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Deletes or replaces what carries traffic or names: VPC, Transit Gateway, attachment, zone, endpoint, route, API and its name.",
  check: (context) =>
    context.stacks.flatMap((plan) => {
      const gone = changesOf({ ...context, stacks: [plan] }, "delete", "replace").filter(
        (resource) => !namesStay(resource, plan),
      );
      return [...CUTS].flatMap(([type, cut]) => ofType(plan, type, cut, gone));
    }),
};
