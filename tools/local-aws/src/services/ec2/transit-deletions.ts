import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { listOf, parameter } from "../../server/form";
import { childrenOf, descendant, parseXml, textAt, type XmlElement } from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import { attachmentId } from "./attachment-view";
import type { Ec2Context, Ec2Operation } from "./ec2-context";
import { unknownTransitId } from "./transit-ids";

/**
 * Deletions of Transit Gateways and their route tables, which AWS refuses while something is attached or associated. moto
 * deletes both at once, and does not tell of a table that is not there.
 */
export class TransitDeletions {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["DeleteTransitGateway", (call, form) => this.#deleteGateway(call, parameter(form, "TransitGatewayId"))],
    [
      "DeleteTransitGatewayRouteTable",
      (call, form) => this.#deleteTable(call, parameter(form, "TransitGatewayRouteTableId")),
    ],
    ["DescribeTransitGatewayRouteTables", (call, form) => this.#describeTables(call, form)],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  /** Words as in https://github.com/hashicorp/terraform-provider-aws/issues/8490, for another kind of attachment. */
  async #deleteGateway(call: AwsCall, id: string): Promise<Reply> {
    const attached = (await this.#liveAttachments(call))
      .filter((item) => textAt(item, "transitGatewayId") === id)
      .map(attachmentId);
    if (attached.length > 0)
      throw new AwsError("IncorrectState", `${id} has non-deleted VPC Attachments: ${attached.join(", ")}.`);
    return await this.#context.moto.forward(call);
  }

  /** AWS ends an association with its attachment; moto keeps it. The words of the refusal are our reading. */
  async #deleteTable(call: AwsCall, id: string): Promise<Reply> {
    const associated = (
      await this.#items(call, "GetTransitGatewayRouteTableAssociations", "associations", id)
    ).map(attachmentId);
    const live = associated.length === 0 ? [] : (await this.#liveAttachments(call)).map(attachmentId);
    if (associated.some((attachment) => live.includes(attachment)))
      throw new AwsError(
        "IncorrectState",
        `Transit Gateway Route Table ${id} has associations and cannot be deleted.`,
      );
    return await this.#context.moto.forward(call);
  }

  async #describeTables(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    const ids = listOf(form, "TransitGatewayRouteTableIds", "TransitGatewayRouteTableId");
    // With filters a table that is there may be left out.
    if (reply.status >= 300 || ids.length === 0 || form.has("Filter.1.Name")) return reply;
    const list = descendant(parseXml(reply.body.toString()), "transitGatewayRouteTables");
    const found = (list ? childrenOf(list, "item") : []).map((item) =>
      textAt(item, "transitGatewayRouteTableId"),
    );
    const missing = ids.find((id) => !found.includes(id));
    if (missing !== undefined) throw unknownTransitId("routeTable", missing);
    return reply;
  }

  /** Attachments to gateways of the caller. A rejected one holds nothing. */
  async #liveAttachments(call: AwsCall): Promise<XmlElement[]> {
    const { moto, attachments } = this.#context;
    const action = "DescribeTransitGatewayVpcAttachments";
    const items = await describeItems(moto, call, action, {}, "transitGatewayVpcAttachments");
    return items.filter(
      (item) =>
        textAt(item, "state") !== "deleted" && attachments.get(attachmentId(item))?.state !== "rejected",
    );
  }

  async #items(call: AwsCall, action: string, set: string, table: string): Promise<XmlElement[]> {
    const parameters = { TransitGatewayRouteTableId: table };
    return await describeItems(this.#context.moto, call, action, parameters, set);
  }
}
