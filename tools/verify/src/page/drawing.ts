import type { NetworkFacts } from "@studio-access/network";

import { INTERNET, networkIds, corporateId } from "../matrices/vantages";
import { serviceId } from "../expect/services";
import type { Model } from "../model/model";
import { text } from "../model/attributes";
import type { Groups } from "./groups";
import type { Box, Drawing, Line } from "./page-data";

const HUB = "networking";
const OFFICE = "on-premise";

/** The network as it is deployed: a box per VPC and Transit Gateway, a line per attachment and peering. */
export function drawingOf(model: Model, corporateCidrs: readonly string[], groups: Groups): Drawing {
  const { facts } = model;
  const networks = networkIds(facts);
  const corporate = facts.resolvers.some(({ direction }) => direction === "INBOUND") ? corporateCidrs : [];
  const vpcs = networks.map(([name, vpcId]) => vpcBox(model, groups, { name, vpcId }));
  return {
    boxes: [
      ...corporate.map((cidr) => outside(corporateId(cidr), "Corporate network", cidr)),
      outside(INTERNET, "Internet", "public network"),
      ...vpcs,
      ...gatewayBoxes(model),
    ],
    lines: [
      ...attachmentLines(facts),
      ...peeringLines(facts),
      ...corporate.flatMap((cidr) => hubLine(networks, corporateId(cidr))),
      ...internetLines(facts),
    ],
    standsFor: standIns(model, networks),
  };
}

function outside(id: string, title: string, subtitle: string): Box {
  return { id, kind: "outside", title, subtitle, account: "", group: 0, rows: [] };
}

function vpcBox(
  { facts, places }: Model,
  groups: Groups,
  { name, vpcId }: { readonly name: string; readonly vpcId: string },
): Box {
  const vpc = facts.vpcs.find((each) => each.vpcId === vpcId);
  const endpoints = facts.endpoints
    .filter((endpoint) => endpoint.vpcId === vpcId)
    .map((endpoint) => ({
      id: endpoint.vpcEndpointId,
      label: serviceId(endpoint.serviceName),
      kind: "endpoint" as const,
    }));
  const programs = places
    .filter((place) => place.vpcId === vpcId)
    .map((place) => ({ id: place.name, label: withoutPrefix(place.name), kind: "program" as const }));
  const resolvers = facts.resolvers
    .filter((resolver) => resolver.vpcId === vpcId)
    .map(({ resolverEndpointId, direction }) => ({
      id: resolverEndpointId,
      label: `DNS ${direction.toLowerCase()}`,
      kind: "resolver" as const,
    }));
  return {
    id: vpcId,
    kind: vpc?.stack === HUB ? "hub" : vpc?.stack === OFFICE ? "outside" : "spoke",
    title: vpc?.stack === HUB ? `${name} (hub)` : name,
    subtitle: (vpc?.cidrs ?? []).join(", "),
    account: vpc?.account ?? "",
    group: groups.of(name),
    rows: [...programs, ...endpoints, ...resolvers],
  };
}

/** All names begin with the environment's prefix, so the drawing leaves the prefix out. */
function withoutPrefix(name: string): string {
  return name.replace(/studio-access-[a-z0-9]+-/, "");
}

function gatewayBoxes({ facts, resources }: Model): readonly Box[] {
  const ids = [...new Set(facts.transitRouteTables.map(({ transitGatewayId }) => transitGatewayId))];
  const tableName = (id: string): string => {
    const resource = resources.find(
      (each) => each.type === "aws_ec2_transit_gateway_route_table" && text(each, "id") === id,
    );
    return constructOf(resource?.address ?? id);
  };
  return ids.map((id) => ({
    id,
    kind: "gateway",
    title: "Transit Gateway",
    subtitle: "joins hub and spokes",
    account: "",
    group: 0,
    rows: facts.transitRouteTables
      .filter(({ transitGatewayId }) => transitGatewayId === id)
      .map(({ routeTableId }) => ({ id: routeTableId, label: tableName(routeTableId), kind: "table" })),
  }));
}

/** Name of the construct in a resource's address: `aws_x.Hub_RouteTable-Spokes_29548E77` gives "route table spokes". */
function constructOf(address: string): string {
  const name = address.replace(/^.*\./, "").replace(/_[0-9A-F]{8}$/, "");
  return (name.split("_").at(-1) ?? name)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("-", " ")
    .toLowerCase();
}

function attachmentLines({ attachments, transitRouteTables }: NetworkFacts): readonly Line[] {
  return attachments.map(({ attachmentId, vpcId, transitGatewayId, state }) => {
    const associated = transitRouteTables.some((table) => table.associated.includes(attachmentId));
    const inUse = state === "available" && associated;
    const label = state === "available" ? (associated ? "" : "in no route table") : state;
    return { from: vpcId, to: transitGatewayId, label, dashed: !inUse };
  });
}

function peeringLines({ peerings }: NetworkFacts): readonly Line[] {
  return peerings.flatMap(({ vpcIds: [from, to], active }) =>
    from === undefined || to === undefined
      ? []
      : [{ from, to, label: active ? "peering" : "peering, not active", dashed: !active }],
  );
}

/** The connection between the corporate network and the hub is not in the state, so the config's CIDR blocks draw it. */
function hubLine(networks: readonly (readonly [string, string])[], corporate: string): readonly Line[] {
  const hub = networks.find(([name]) => name === HUB);
  return hub === undefined ? [] : [{ from: corporate, to: hub[1], label: "private line", dashed: true }];
}

/** One line for each VPC with a route to an internet or NAT gateway. */
function internetLines({ routeTables }: NetworkFacts): readonly Line[] {
  const open = routeTables
    .filter(({ routes }) => routes.some(({ target }) => /^(?:igw|nat)-/.test(target)))
    .map(({ vpcId }) => vpcId);
  return [...new Set(open)].map((vpcId) => ({
    from: INTERNET,
    to: vpcId,
    label: "NAT, internet",
    dashed: false,
  }));
}

function standIns(
  { facts }: Model,
  networks: readonly (readonly [string, string])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...networks,
    ...facts.routeTables.map(({ routeTableId, vpcId }) => [routeTableId, vpcId] as const),
    ...facts.subnets.map(({ subnetId, vpcId }) => [subnetId, vpcId] as const),
    ...facts.securityGroups.map(({ groupId, vpcId }) => [groupId, vpcId] as const),
    ...facts.attachments.map(({ attachmentId, vpcId }) => [attachmentId, vpcId] as const),
  ]);
}
