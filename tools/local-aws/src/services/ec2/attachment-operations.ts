import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { filtersOf, listOf, parameter, tagParameters, tagsOf } from "../../server/form";
import { withBody } from "../../server/protocol";
import { child, element, parseXml, putChild, renderXml, textAt, type XmlElement } from "../../server/xml";
import { describeItems, ownsVpc } from "../vpc-lookup";
import type { AttachmentState, SharedAttachment } from "./attachment-registry";
import { attachmentId, deletedView, passes, putTags, sharedView, unknownFilters } from "./attachment-view";
import { ec2Reply, sharedGateways, type Ec2Context, type Ec2Operation } from "./ec2-context";
import { unknownTransitId } from "./transit-ids";

const SET = "transitGatewayVpcAttachments";
const ITEM = "transitGatewayVpcAttachment";

/**
 * Attachments of VPCs to Transit Gateways, across accounts: the owner of the VPC attaches to a gateway that is shared
 * with it, and the owner of the gateway accepts. moto looks at one account at a time, has no acceptance, and keeps neither tags
 * nor deleted attachments.
 */
export class AttachmentOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["CreateTransitGatewayVpcAttachment", (call, form) => this.#create(call, form)],
    ["DescribeTransitGatewayVpcAttachments", (call, form) => this.#describe(call, form, SET)],
    [
      "DescribeTransitGatewayAttachments",
      (call, form) => this.#describe(call, form, "transitGatewayAttachments"),
    ],
    ["ModifyTransitGatewayVpcAttachment", (call, form) => this.#modify(call, form)],
    ["DeleteTransitGatewayVpcAttachment", (call, form) => this.#delete(call, form)],
    ["AcceptTransitGatewayVpcAttachment", (call, form) => this.#decide(call, form, "available")],
    ["RejectTransitGatewayVpcAttachment", (call, form) => this.#decide(call, form, "rejected")],
    ["AssociateTransitGatewayRouteTable", (call, form) => this.#useInRouteTable(call, form)],
    ["EnableTransitGatewayRouteTablePropagation", (call, form) => this.#useInRouteTable(call, form)],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #create(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const vpcId = parameter(form, "VpcId");
    if (!(await ownsVpc(this.#context.moto, call, vpcId))) {
      throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${vpcId}' does not exist`);
    }
    const gatewayId = parameter(form, "TransitGatewayId");
    const foreign = sharedGateways(this.#context, call).find(({ id }) => id === gatewayId);
    const reply = await this.#context.moto.forward(call, foreign ? { account: foreign.owner } : {});
    if (reply.status >= 300) return reply;
    const root = parseXml(reply.body.toString());
    const item = child(root, ITEM) ?? element(ITEM);
    const tags = tagsOf(form, "TagSpecifications.1.Tag");
    if (!foreign) {
      await this.#tag(call, attachmentId(item), tags);
      putTags(item, tags);
      return withBody(reply, renderXml(root));
    }
    const attachment: SharedAttachment = {
      id: attachmentId(item),
      region: call.region,
      gatewayOwner: foreign.owner,
      vpcOwner: call.account,
      gatewayId,
      vpcId,
      state: await this.#firstState(call, foreign.owner, gatewayId),
      tags: new Map([[call.account, tags]]),
    };
    this.#context.attachments.add(attachment);
    putChild(root, ITEM, ...sharedView(item, attachment, call.account).children);
    return withBody(reply, renderXml(root));
  }

  async #describe(call: AwsCall, form: URLSearchParams, set: string): Promise<Reply> {
    const filters = filtersOf(form);
    const [unknown] = unknownFilters(filters);
    if (unknown !== undefined)
      throw new AwsError("InvalidParameterValue", `The local AWS cannot filter by ${unknown}.`);
    const ids = listOf(form, "TransitGatewayAttachmentIds", "TransitGatewayAttachmentId");
    const items = await this.#visibleItems(call, set);
    const missing = ids.find((id) => !items.some((item) => attachmentId(item) === id));
    if (missing !== undefined) throw noSuchAttachment(missing);
    const chosen = items.filter(
      (item) => (ids.length === 0 || ids.includes(attachmentId(item))) && passes(item, filters),
    );
    return ec2Reply(call, element(set, ...chosen));
  }

  async #modify(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const attachment = this.#visibleShared(call, parameter(form, "TransitGatewayAttachmentId"));
    if (!attachment) return await this.#context.moto.forward(call);
    const reply = await this.#context.moto.forward(call, { account: attachment.gatewayOwner });
    return inView(reply, attachment, call.account);
  }

  /** Both accounts can delete the attachment, and both still see it in the state `deleted`. */
  async #delete(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const id = parameter(form, "TransitGatewayAttachmentId");
    if (this.#context.attachments.isBuried(id)) throw noSuchAttachment(id);
    const attachment = this.#visibleShared(call, id);
    const owner = attachment?.gatewayOwner ?? call.account;
    const item = await this.#item(owner, call.region, id, SET);
    if (!item) throw noSuchAttachment(id);
    const reply = await this.#context.moto.forward(call, { account: owner });
    if (reply.status >= 300) return reply;
    const sides = attachment ? [attachment.gatewayOwner, attachment.vpcOwner] : [owner];
    const views = sides.map((account): [string, XmlElement] => {
      return [account, deletedView(attachment ? sharedView(item, attachment, account) : item)];
    });
    this.#context.attachments.bury(id, call.region, new Map(views));
    return attachment ? inView(reply, attachment, call.account) : reply;
  }

  /** Only the owner of the gateway accepts or rejects, and only once: AWS refuses to accept an available attachment. */
  async #decide(call: AwsCall, form: URLSearchParams, decision: AttachmentState): Promise<Reply> {
    const id = parameter(form, "TransitGatewayAttachmentId");
    const attachment = this.#visibleShared(call, id);
    const item = await this.#item(call.account, call.region, id, SET);
    if (!item || (attachment && attachment.gatewayOwner !== call.account)) throw noSuchAttachment(id);
    if (attachment?.state !== "pendingAcceptance") throw incorrectState(id);
    attachment.state = decision;
    return ec2Reply(call, element(ITEM, ...sharedView(item, attachment, call.account).children));
  }

  /** A pending attachment cannot be associated with a route table. */
  async #useInRouteTable(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const id = parameter(form, "TransitGatewayAttachmentId");
    const attachment = this.#context.attachments.get(id);
    if (attachment && attachment.gatewayOwner !== call.account) throw noSuchAttachment(id);
    if (attachment && attachment.state !== "available") throw incorrectState(id);
    return await this.#context.moto.forward(call);
  }

  async #visibleItems(call: AwsCall, set: string): Promise<XmlElement[]> {
    const { attachments, moto } = this.#context;
    const action = call.operation;
    const own = (await describeItems(moto, call, action, {}, set)).map((item) => {
      const attachment = attachments.get(attachmentId(item));
      return attachment ? sharedView(item, attachment, call.account) : item;
    });
    const toOthers = await Promise.all(
      attachments.attachedBy(call.account, call.region).map(async (attachment) => {
        const item = await this.#item(attachment.gatewayOwner, call.region, attachment.id, set);
        return item ? [sharedView(item, attachment, call.account)] : [];
      }),
    );
    const buried = set === SET ? attachments.buried(call.account, call.region) : [];
    return [...own, ...toOthers.flat(), ...buried];
  }

  async #item(account: string, region: string, id: string, set: string): Promise<XmlElement | undefined> {
    const action = set === SET ? "DescribeTransitGatewayVpcAttachments" : "DescribeTransitGatewayAttachments";
    const items = await describeItems(
      this.#context.moto,
      { account, region },
      action,
      { "TransitGatewayAttachmentIds.1": id },
      set,
    );
    return items.find((item) => attachmentId(item) === id);
  }

  async #firstState(call: AwsCall, owner: string, gatewayId: string): Promise<AttachmentState> {
    const place = { account: owner, region: call.region };
    const parameters = { "TransitGatewayIds.1": gatewayId };
    const [gateway] = await describeItems(
      this.#context.moto,
      place,
      "DescribeTransitGateways",
      parameters,
      "transitGatewaySet",
    );
    const accepts = gateway && textAt(gateway, "options", "autoAcceptSharedAttachments");
    return accepts === "enable" ? "available" : "pendingAcceptance";
  }

  /** moto drops the tags of a new attachment, because it reads them from another resource type. */
  async #tag(call: AwsCall, id: string, tags: ReadonlyMap<string, string>): Promise<void> {
    if (tags.size === 0) return;
    const parameters = { Action: "CreateTags", "ResourceId.1": id, ...tagParameters(tags) };
    const reply = await this.#context.moto.query("ec2", call.account, call.region, parameters);
    if (reply.status >= 300) throw new Error(`moto answered CreateTags with HTTP ${reply.status}`);
  }

  /** The shared attachment of that id, which exists only for its two accounts. */
  #visibleShared(call: AwsCall, id: string): SharedAttachment | undefined {
    const { attachments } = this.#context;
    if (attachments.get(id) && !attachments.visible(id, call.account)) throw noSuchAttachment(id);
    return attachments.get(id);
  }
}

function inView(reply: Reply, attachment: SharedAttachment, account: string): Reply {
  if (reply.status >= 300) return reply;
  const root = parseXml(reply.body.toString());
  const item = child(root, ITEM);
  if (item) putChild(root, ITEM, ...sharedView(item, attachment, account).children);
  return withBody(reply, renderXml(root));
}

function noSuchAttachment(id: string): AwsError {
  return unknownTransitId("attachment", id);
}

function incorrectState(id: string): AwsError {
  return new AwsError(
    "IncorrectState",
    `Transit Gateway Attachment ${id} is in an invalid state for this operation.`,
  );
}
