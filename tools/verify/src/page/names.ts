import { serviceId } from "../expect/services";
import { networkIds } from "../matrices/vantages";
import type { Model } from "../model/model";
import type { Drawing } from "./page-data";

/** A readable name for each id in reasons and hops. */
export function namesOf({ facts }: Model, { boxes }: Drawing): Readonly<Record<string, string>> {
  const vpcs = new Map(networkIds(facts).map(([name, vpcId]) => [vpcId, name]));
  const of = (vpcId: string): string => vpcs.get(vpcId) ?? vpcId;
  return Object.fromEntries([
    ...facts.vpcs.map(({ vpcId }) => [vpcId, `VPC of ${of(vpcId)}`] as const),
    ...facts.subnets.map(
      ({ subnetId, vpcId, cidr }) => [subnetId, `subnet ${cidr} of ${of(vpcId)}`] as const,
    ),
    ...facts.routeTables.map(
      ({ routeTableId, vpcId, main }) =>
        [routeTableId, `${main ? "main route table" : "route table"} of ${of(vpcId)}`] as const,
    ),
    ...facts.securityGroups.map(
      ({ groupId, groupName }) => [groupId, `security group ${groupName}`] as const,
    ),
    ...facts.endpoints.map(
      ({ vpcEndpointId, vpcId, serviceName }) =>
        [vpcEndpointId, `${serviceId(serviceName)} endpoint in ${of(vpcId)}`] as const,
    ),
    ...facts.attachments.map(
      ({ attachmentId, vpcId }) => [attachmentId, `attachment of ${of(vpcId)}`] as const,
    ),
    ...facts.peerings.map(
      ({ peeringId, vpcIds }) => [peeringId, `peering of ${vpcIds.map(of).join(" and ")}`] as const,
    ),
    ...boxes.flatMap(({ id, kind, title, rows }) =>
      kind === "gateway"
        ? [[id, title] as const, ...rows.map((row) => [row.id, `${title} ${row.label}`] as const)]
        : [],
    ),
  ]);
}
