import type { AttachmentFact, PeeringFact, TransitRouteTableFact } from "@studio-access/network";
import type { ResourceInstance } from "@studio-access/terraform";

import { flag, ofType, text, texts } from "./attributes";

const PREFIX = "aws_ec2_transit_gateway";

/**
 * The state of an attachment does not say whether the attachment was accepted. It was if the state has an accepter for
 * it; it needs none if VPC and Transit Gateway have the same owner, or if the Transit Gateway accepts automatically.
 */
export function readAttachments(resources: readonly ResourceInstance[]): readonly AttachmentFact[] {
  const gateways = new Map(ofType(resources, PREFIX).map((gateway) => [text(gateway, "id"), gateway]));
  const accepted = new Set(
    ofType(resources, `${PREFIX}_vpc_attachment_accepter`).map((accepter) =>
      text(accepter, "transit_gateway_attachment_id"),
    ),
  );
  return ofType(resources, `${PREFIX}_vpc_attachment`).map((attachment) => {
    const id = text(attachment, "id");
    const gateway = gateways.get(text(attachment, "transit_gateway_id"));
    const needsNone =
      gateway !== undefined &&
      (text(gateway, "owner_id") === text(attachment, "vpc_owner_id") ||
        text(gateway, "auto_accept_shared_attachments") === "enable");
    return {
      attachmentId: id,
      transitGatewayId: text(attachment, "transit_gateway_id"),
      vpcId: text(attachment, "vpc_id"),
      state: needsNone || accepted.has(id) ? "available" : "pendingAcceptance",
      subnetIds: texts(attachment, "subnet_ids"),
    };
  });
}

export function readTransitRouteTables(
  resources: readonly ResourceInstance[],
): readonly TransitRouteTableFact[] {
  const attachmentsOf = (kind: string, tableId: string): readonly string[] =>
    ofType(resources, `${PREFIX}_route_table_${kind}`)
      .filter((link) => text(link, "transit_gateway_route_table_id") === tableId)
      .map((link) => text(link, "transit_gateway_attachment_id"));
  return ofType(resources, `${PREFIX}_route_table`).map((table) => {
    const id = text(table, "id");
    return {
      routeTableId: id,
      transitGatewayId: text(table, "transit_gateway_id"),
      associated: attachmentsOf("association", id),
      propagated: attachmentsOf("propagation", id),
      routes: ofType(resources, `${PREFIX}_route`)
        .filter((route) => text(route, "transit_gateway_route_table_id") === id)
        .map((route) => ({
          cidr: text(route, "destination_cidr_block"),
          attachmentId: flag(route, "blackhole") ? undefined : text(route, "transit_gateway_attachment_id"),
        })),
    };
  });
}

export function readPeerings(resources: readonly ResourceInstance[]): readonly PeeringFact[] {
  const accepted = new Set(
    ofType(resources, "aws_vpc_peering_connection_accepter").map((accepter) =>
      text(accepter, "vpc_peering_connection_id"),
    ),
  );
  return ofType(resources, "aws_vpc_peering_connection").map((peering) => ({
    peeringId: text(peering, "id"),
    active: text(peering, "accept_status") === "active" || accepted.has(text(peering, "id")),
    vpcIds: [text(peering, "vpc_id"), text(peering, "peer_vpc_id")],
  }));
}
