import type { AwsError } from "../../server/aws-error";
import type { AwsCall } from "../../server/call";
import { textAt } from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import { sharedGateways, type Ec2Context } from "./ec2-context";
import { unknownTransitId, type TransitType } from "./transit-ids";

/** Where ids stand in requests, and how moto lists the resources. */
const LISTS: readonly {
  readonly type: TransitType;
  readonly parameter: string;
  readonly action: string;
  readonly set: string;
  readonly idAt: string;
}[] = [
  {
    type: "gateway",
    parameter: "TransitGatewayId",
    action: "DescribeTransitGateways",
    set: "transitGatewaySet",
    idAt: "transitGatewayId",
  },
  {
    type: "routeTable",
    parameter: "TransitGatewayRouteTableId",
    action: "DescribeTransitGatewayRouteTables",
    set: "transitGatewayRouteTables",
    idAt: "transitGatewayRouteTableId",
  },
  {
    type: "attachment",
    parameter: "TransitGatewayAttachmentId",
    action: "DescribeTransitGatewayVpcAttachments",
    set: "transitGatewayVpcAttachments",
    idAt: "transitGatewayAttachmentId",
  },
];

/**
 * EC2's error for the first part of a Transit Gateway that a call names and the caller does not have. moto crashes at most
 * of these calls, so that this is asked only then.
 */
export async function missingTransitPart(
  context: Ec2Context,
  call: AwsCall,
  form: URLSearchParams,
): Promise<AwsError | undefined> {
  for (const { type, parameter, action, set, idAt } of LISTS) {
    const id = form.get(parameter);
    if (
      id === null ||
      (type === "gateway" && sharedGateways(context, call).some((shared) => shared.id === id))
    )
      continue;
    const items = await describeItems(context.moto, call, action, {}, set);
    if (!items.some((item) => textAt(item, idAt) === id)) return unknownTransitId(type, id);
  }
  return undefined;
}
