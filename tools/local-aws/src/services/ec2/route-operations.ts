import { isIPv4 } from "node:net";

import { canonical } from "@studio-access/network";

import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { parameter } from "../../server/form";
import { withBody } from "../../server/protocol";
import {
  childrenOf,
  descendant,
  element,
  parseXml,
  renderXml,
  textAt,
  type XmlElement,
} from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import { sharedGateways, type Ec2Context, type Ec2Operation } from "./ec2-context";

/** Names of a route's destination in requests and replies. */
const DESTINATIONS = [
  ["DestinationCidrBlock", "destinationCidrBlock"],
  ["DestinationIpv6CidrBlock", "destinationIpv6CidrBlock"],
  ["DestinationPrefixListId", "destinationPrefixListId"],
] as const;

/** Routes to a Transit Gateway of another account, whose target moto does not keep. */
export class RouteOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["CreateRoute", (call, form) => this.#put(call, withCanonicalDestination(form))],
    ["ReplaceRoute", (call, form) => this.#put(call, form)],
    ["DeleteRoute", (call, form) => this.#delete(call, form)],
    ["DescribeRouteTables", (call) => this.#describe(call)],
  ]);
  readonly #context: Ec2Context;
  /** Route table and destination to the gateway's id. Ids of route tables are unique across accounts. */
  readonly #targets = new Map<string, string>();

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #put(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const gatewayId = form.get("TransitGatewayId");
    const isShared =
      gatewayId !== null && sharedGateways(this.#context, call).some(({ id }) => id === gatewayId);
    if (isShared) await this.#requireAttachment(call, parameter(form, "RouteTableId"), gatewayId);
    const reply = await this.#context.moto.forward(call, { body: form.toString() });
    if (reply.status >= 300) return reply;
    if (isShared) this.#targets.set(requestKey(form), gatewayId);
    else this.#targets.delete(requestKey(form));
    return reply;
  }

  async #delete(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    if (reply.status < 300) this.#targets.delete(requestKey(form));
    return reply;
  }

  async #describe(call: AwsCall): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    if (reply.status >= 300 || this.#targets.size === 0) return reply;
    const root = parseXml(reply.body.toString());
    for (const table of itemsOf(root, "routeTableSet")) {
      for (const route of itemsOf(table, "routeSet")) {
        const gatewayId = this.#targets.get(answerKey(table, route));
        if (gatewayId !== undefined) route.children.push(element("transitGatewayId", gatewayId));
      }
    }
    return withBody(reply, renderXml(root));
  }

  /** AWS refuses a gateway as a target until the route table's VPC has an accepted attachment to it. */
  async #requireAttachment(call: AwsCall, tableId: string, gatewayId: string): Promise<void> {
    const { moto, attachments } = this.#context;
    const [table] = await describeItems(
      moto,
      call,
      "DescribeRouteTables",
      { "RouteTableId.1": tableId },
      "routeTableSet",
    );
    const vpcId = table && textAt(table, "vpcId");
    const isAttached = attachments
      .attachedBy(call.account, call.region)
      .some(
        (attachment) =>
          attachment.gatewayId === gatewayId &&
          attachment.vpcId === vpcId &&
          attachment.state === "available",
      );
    if (!isAttached) {
      throw new AwsError(
        "InvalidTransitGatewayID.NotFound",
        `The transitGateway ID '${gatewayId}' does not exist.`,
      );
    }
  }
}

/**
 * AWS takes a destination with host bits, and keeps it without.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html, `DestinationCidrBlock`
 */
function withCanonicalDestination(form: URLSearchParams): URLSearchParams {
  const destination = form.get("DestinationCidrBlock") ?? "";
  // What is no block is moto's to refuse.
  const [address = "", length = ""] = destination.split("/");
  if (!isIPv4(address) || !/^\d+$/.test(length) || Number(length) > 32) return form;
  const changed = new URLSearchParams(form);
  changed.set("DestinationCidrBlock", canonical(destination));
  return changed;
}

function requestKey(form: URLSearchParams): string {
  const destination = DESTINATIONS.map(([name]) => form.get(name) ?? "").find(Boolean) ?? "";
  return `${parameter(form, "RouteTableId")} ${destination}`;
}

function answerKey(table: XmlElement, route: XmlElement): string {
  const destination = DESTINATIONS.map(([, name]) => textAt(route, name) ?? "").find(Boolean) ?? "";
  return `${textAt(table, "routeTableId") ?? ""} ${destination}`;
}

function itemsOf(parent: XmlElement, set: string): XmlElement[] {
  const list = descendant(parent, set);
  return list ? childrenOf(list, "item") : [];
}
