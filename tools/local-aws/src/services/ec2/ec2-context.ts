import type { AwsCall, Moto, Reply } from "../../server/call";
import { NAMESPACES, xmlReply } from "../../server/protocol";
import { element, type XmlNode } from "../../server/xml";
import type { SharedResources } from "../ram/share-registry";
import type { AttachmentRegistry } from "./attachment-registry";

/** The dependencies of EC2's operations. */
export interface Ec2Context {
  readonly moto: Pick<Moto, "forward" | "query">;
  readonly shared: SharedResources;
  readonly attachments: AttachmentRegistry;
}

export type Ec2Operation = (call: AwsCall, form: URLSearchParams) => Promise<Reply>;

/** `<OperationResponse>` with these children. */
export function ec2Reply(call: AwsCall, ...children: readonly XmlNode[]): Reply {
  const root = element(`${call.operation}Response`, element("requestId", call.requestId), ...children);
  return xmlReply(root, { namespace: NAMESPACES.ec2 });
}

/** A Transit Gateway that another account shares with this one. */
export interface SharedGateway {
  readonly id: string;
  /** Account. */
  readonly owner: string;
}

/** Gateways of the call's region that others share with its account. */
export function sharedGateways({ shared }: Ec2Context, call: AwsCall): SharedGateway[] {
  return shared.sharedWith(call.account).flatMap((arn) => {
    const [, , , region, owner = "", resource = ""] = arn.split(":");
    const [kind, id = ""] = resource.split("/");
    return kind === "transit-gateway" && region === call.region ? [{ id, owner }] : [];
  });
}
