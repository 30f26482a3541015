import type { AwsCall, Reply } from "../../server/call";
import { filtersOf, listOf } from "../../server/form";
import { withBody } from "../../server/protocol";
import {
  child,
  childrenOf,
  descendant,
  element,
  parseXml,
  removeChild,
  renderXml,
  textAt,
  type XmlElement,
} from "../../server/xml";
import { Serial } from "../../server/serial";
import { describeItems } from "../vpc-lookup";
import {
  ec2Reply,
  sharedGateways,
  type Ec2Context,
  type Ec2Operation,
  type SharedGateway,
} from "./ec2-context";
import { unknownTransitId } from "./transit-ids";

/**
 * Transit Gateways.
 *
 * - moto reports default route tables even for a gateway whose defaults are disabled; the provider then tries to remove
 *   attachments from them, and hangs.
 * - moto lists a gateway only in its owner's account.
 */
export class GatewayOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["CreateTransitGateway", (call) => this.#create(call)],
    ["DescribeTransitGateways", (call, form) => this.#describe(call, form)],
    ["ModifyTransitGateway", async (call) => correctedReply(await this.#context.moto.forward(call))],
    [
      "DisableTransitGatewayRouteTablePropagation",
      // One call at a time, because moto holds one propagation for all route tables of an attachment.
      (call, form) => this.#propagations.run(() => this.#disablePropagation(call, form)),
    ],
  ]);
  readonly #context: Ec2Context;
  readonly #propagations = new Serial();

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #create(call: AwsCall): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    if (reply.status >= 300) return reply;
    const gateway = child(parseXml(reply.body.toString()), "transitGateway");
    const options = gateway && child(gateway, "options");
    if (
      options &&
      !isOn(options, "defaultRouteTableAssociation") &&
      !isOn(options, "defaultRouteTablePropagation")
    ) {
      const table = textAt(options, "associationDefaultRouteTableId") ?? "";
      // AWS creates no default route table for such a gateway. moto still holds it in the state deleted.
      await this.#query(call, "DeleteTransitGatewayRouteTable", { TransitGatewayRouteTableId: table });
    }
    return correctedReply(reply);
  }

  async #describe(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const ids = listOf(form, "TransitGatewayIds", "TransitGatewayId");
    const filters = filtersOf(form);
    const wantedIds = [...ids, ...(filters.get("transit-gateway-id") ?? [])];
    const foreign = sharedGateways(this.#context, call).filter(
      ({ id }) => wantedIds.length === 0 || wantedIds.includes(id),
    );
    const own = correctedReply(await this.#context.moto.forward(call));
    if (own.status >= 300) return own;
    // With filters a gateway that is there may be left out.
    const missing = filters.size > 0 ? undefined : ids.find((id) => !isIn(own, id) && !isAmong(foreign, id));
    if (missing !== undefined) throw unknownTransitId("gateway", missing);
    if (foreign.length === 0) return own;
    const items = await Promise.all(
      foreign.map(({ id, owner }) =>
        describeItems(
          this.#context.moto,
          { account: owner, region: call.region },
          "DescribeTransitGateways",
          { ...withoutIds(form), "TransitGatewayIds.1": id },
          "transitGatewaySet",
        ),
      ),
    );
    for (const item of items.flat()) correct(item);
    const ownSet = descendant(parseXml(own.body.toString()), "transitGatewaySet");
    const ownItems = ownSet ? childrenOf(ownSet, "item") : [];
    return ec2Reply(call, element("transitGatewaySet", ...ownItems, ...items.flat()));
  }

  /**
   * This operation of moto reads the one propagation that moto keeps for an attachment, and fails for any other route
   * table. Enabling the propagation again stores the right one; disabling it then removes both from the table's list.
   */
  async #disablePropagation(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const TransitGatewayRouteTableId = form.get("TransitGatewayRouteTableId") ?? "";
    const TransitGatewayAttachmentId = form.get("TransitGatewayAttachmentId") ?? "";
    const propagations = await describeItems(
      this.#context.moto,
      call,
      "GetTransitGatewayRouteTablePropagations",
      { TransitGatewayRouteTableId },
      "transitGatewayRouteTablePropagations",
    );
    const isOn = propagations.some(
      (item) => textAt(item, "transitGatewayAttachmentId") === TransitGatewayAttachmentId,
    );
    if (isOn) {
      const parameters = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
      await this.#query(call, "EnableTransitGatewayRouteTablePropagation", parameters);
    }
    return await this.#context.moto.forward(call);
  }

  async #query(call: AwsCall, action: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    const reply = await this.#context.moto.query("ec2", call.account, call.region, {
      Action: action,
      ...parameters,
    });
    if (reply.status >= 300) throw new Error(`moto answered ${action} with HTTP ${reply.status}`);
  }
}

function isIn(reply: Reply, gatewayId: string): boolean {
  const list = descendant(parseXml(reply.body.toString()), "transitGatewaySet");
  const gateways = list ? childrenOf(list, "item") : [];
  return gateways.some((gateway) => textAt(gateway, "transitGatewayId") === gatewayId);
}

function isAmong(gateways: readonly SharedGateway[], gatewayId: string): boolean {
  return gateways.some(({ id }) => id === gatewayId);
}

function withoutIds(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...form].filter(([name]) => !name.startsWith("TransitGatewayId")));
}

function correctedReply(reply: Reply): Reply {
  if (reply.status >= 300) return reply;
  const root = parseXml(reply.body.toString());
  const set = child(root, "transitGatewaySet");
  const single = child(root, "transitGateway");
  for (const gateway of [...(set ? childrenOf(set, "item") : []), ...(single ? [single] : [])])
    correct(gateway);
  return withBody(reply, renderXml(root));
}

function correct(gateway: XmlElement): void {
  const options = child(gateway, "options");
  if (!options) return;
  if (!isOn(options, "defaultRouteTableAssociation")) removeChild(options, "associationDefaultRouteTableId");
  if (!isOn(options, "defaultRouteTablePropagation")) removeChild(options, "propagationDefaultRouteTableId");
}

function isOn(options: XmlElement, name: string): boolean {
  return textAt(options, name) === "enable";
}
