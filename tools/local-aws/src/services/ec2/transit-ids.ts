import { AwsError } from "../../server/aws-error";

/** Types of a Transit Gateway's parts: how ids begin, how error codes begin, and the type's name in messages. */
const TYPES = {
  gateway: { prefix: "tgw", code: "InvalidTransitGatewayID", name: "Transit Gateway" },
  attachment: {
    prefix: "tgw-attach",
    code: "InvalidTransitGatewayAttachmentID",
    name: "Transit Gateway Attachment",
  },
  routeTable: { prefix: "tgw-rtb", code: "InvalidRouteTableID", name: "Transit Gateway Route Table" },
} as const;

export type TransitType = keyof typeof TYPES;

/**
 * EC2's error for an id that is nobody's: `….Malformed` for one that no resource can have, else `….NotFound`.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function unknownTransitId(type: TransitType, id: string): AwsError {
  const { prefix, code, name } = TYPES[type];
  if (new RegExp(`^${prefix}-[0-9a-f]+$`).test(id))
    return new AwsError(`${code}.NotFound`, `${name} ${id} was deleted or does not exist.`);
  return new AwsError(`${code}.Malformed`, `Invalid id: "${id}" (expecting "${prefix}-...")`);
}
