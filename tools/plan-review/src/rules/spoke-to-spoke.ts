import type { ResourceChange } from "../model";
import { attribute, changesOf, findingOf, textOf, written } from "./changes";
import type { Finding, Rule, RuleContext } from "./rule";

const NAME = "spoke-to-spoke";
const HUB_STACK = "networking";
const TABLE = "transit_gateway_route_table_id";
const ATTACHMENT = "transit_gateway_attachment_id";

function ofType(resources: readonly ResourceChange[], type: string): readonly ResourceChange[] {
  return resources.filter((resource) => resource.type === `aws_ec2_transit_gateway_${type}`);
}

function staying(context: RuleContext): readonly ResourceChange[] {
  return changesOf(context, "no-op", "create", "update", "replace");
}

/** The route tables of spokes: those with which stacks other than the hub's associate their attachments. */
function spokeTables(context: RuleContext): ReadonlySet<unknown> {
  const associations = ofType(staying(context), "route_table_association");
  const spokes = associations.filter(({ stack }) => stack !== HUB_STACK);
  return new Set(spokes.map((one) => textOf(one.after, TABLE)).filter((id) => id !== undefined));
}

/** The hub's own attachments, which spokes are to reach. */
function hubAttachments(context: RuleContext): ReadonlySet<unknown> {
  const own = ofType(staying(context), "vpc_attachment").filter(({ stack }) => stack === HUB_STACK);
  return new Set(own.map((one) => textOf(one.after, "id")).filter((id) => id !== undefined));
}

function propagations(context: RuleContext): readonly Finding[] {
  const [tables, hub] = [spokeTables(context), hubAttachments(context)];
  return ofType(written(context), "route_table_propagation").flatMap((resource) => {
    const table = textOf(resource.after, TABLE);
    const ofHub =
      resource.stack === HUB_STACK && (hub.size === 0 || hub.has(attribute(resource, ATTACHMENT)));
    if (table === undefined || !tables.has(table) || ofHub) return [];
    return [
      findingOf(NAME, "block", resource, {
        message:
          "An attachment would be propagated into the table that spokes are in: every spoke could reach it.",
        details: [`table ${table}`],
        remedy: "Only the hub propagates into the spokes' table; spokes propagate into the hub's.",
      }),
    ];
  });
}

const DEFAULTS = [
  "default_route_table_association",
  "default_route_table_propagation",
  "auto_accept_shared_attachments",
  "transit_gateway_default_route_table_association",
  "transit_gateway_default_route_table_propagation",
];

/** The provider writes `true` for every attachment in another account, so only a change counts. */
function defaults(context: RuleContext): readonly Finding[] {
  return written(context).flatMap((resource) => {
    if (!resource.type.startsWith("aws_ec2_transit_gateway")) return [];
    const isOn = (value: unknown): boolean => value === true || value === "enable";
    const turnedOn = DEFAULTS.filter(
      (name) => isOn(resource.after?.[name]) && !isOn(resource.before?.[name]),
    );
    if (turnedOn.length === 0) return [];
    return [
      findingOf(NAME, "block", resource, {
        message: "Attachments would be joined to the Transit Gateway's tables without anybody saying so.",
        details: turnedOn.map((name) => `${name} is turned on`),
      }),
    ];
  });
}

const SHORTCUTS: ReadonlyMap<string, string> = new Map([
  [
    "aws_ec2_transit_gateway_route",
    "a static route in the Transit Gateway, which every attachment in its table follows",
  ],
  ["aws_ec2_transit_gateway_peering_attachment", "a way to another Transit Gateway"],
  ["aws_ec2_transit_gateway_connect", "a way to an appliance"],
  ["aws_vpc_peering_connection", "a way between two VPCs that the Transit Gateway does not see"],
  ["aws_vpc_peering_connection_accepter", "a way between two VPCs that the Transit Gateway does not see"],
  ["aws_internet_gateway", "a way to and from the internet"],
  ["aws_egress_only_internet_gateway", "a way to the internet"],
  ["aws_nat_gateway", "a way to the internet"],
  ["aws_vpn_gateway", "a way to another network"],
  ["aws_vpn_connection", "a way to another network"],
  ["aws_dx_gateway_association", "a way to another network"],
  ["aws_customer_gateway", "a way to another network"],
]);

/** The simulated corporate network has a peering of its own with the hub, and its own internet gateway. */
const SIMULATOR = "on-premise";

function shortcuts(context: RuleContext): readonly Finding[] {
  return changesOf(context, "create").flatMap((resource) => {
    const what = SHORTCUTS.get(resource.type);
    if (what === undefined || resource.stack === SIMULATOR || resource.after?.["blackhole"] === true)
      return [];
    return [
      findingOf(NAME, "block", resource, {
        message: `${resource.type} is new: ${what}. Spokes have one way, to the hub.`,
      }),
    ];
  });
}

/** Reports routes between spokes, and routes that bypass the hub. */
export const spokeToSpoke: Rule = {
  name: NAME,
  severity: "block",
  description:
    "Lets spokes reach each other or something past the hub: propagation into the spokes' table, static routes, default tables, peering, internet gateways.",
  check: (context) => [...propagations(context), ...defaults(context), ...shortcuts(context)],
};
