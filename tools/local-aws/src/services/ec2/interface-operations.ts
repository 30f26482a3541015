import type { AwsCall, Reply } from "../../server/call";
import { parameter } from "../../server/form";
import { withBody } from "../../server/protocol";
import {
  child,
  childrenOf,
  descendant,
  parseXml,
  removeChild,
  renderXml,
  textAt,
  type XmlElement,
} from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/**
 * The network interfaces that are created with instances and NAT gateways.
 *
 * - RunInstances can specify the network interface, as the provider does when its configuration sets whether there is a
 *   public address. moto then returns the security groups only on the interface, and an empty association where there is
 *   no public address, which the provider reads as a public address.
 * - moto does not delete such interfaces with the instance or the gateway.
 */
export class InterfaceOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["RunInstances", (call, form) => this.#run(call, form)],
    ["DescribeInstances", (call) => this.#describe(call)],
    ["DeleteNatGateway", (call, form) => this.#deleteNat(call, form)],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #run(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const first = "NetworkInterface.1";
    const isMade = form.has(`${first}.DeviceIndex`) && !form.has(`${first}.NetworkInterfaceId`);
    if (!isMade || form.has(`${first}.DeleteOnTermination`)) return await this.#context.moto.forward(call);
    const body = new URLSearchParams([...form, [`${first}.DeleteOnTermination`, "true"]]);
    return await this.#context.moto.forward(call, { body: body.toString() });
  }

  async #describe(call: AwsCall): Promise<Reply> {
    const reply = await this.#context.moto.forward(call);
    if (reply.status >= 300) return reply;
    const root = parseXml(reply.body.toString());
    for (const reservation of itemsOf(root, "reservationSet")) {
      for (const instance of itemsOf(reservation, "instancesSet")) correct(instance);
    }
    return withBody(reply, renderXml(root));
  }

  async #deleteNat(call: AwsCall, form: URLSearchParams): Promise<Reply> {
    const { moto } = this.#context;
    const ids = { "NatGatewayId.1": parameter(form, "NatGatewayId") };
    const gateways = await describeItems(moto, call, "DescribeNatGateways", ids, "natGatewaySet");
    const reply = await moto.forward(call);
    if (reply.status >= 300) return reply;
    for (const address of gateways.flatMap((gateway) => itemsOf(gateway, "natGatewayAddressSet"))) {
      const NetworkInterfaceId = textAt(address, "networkInterfaceId");
      if (NetworkInterfaceId === undefined) continue;
      await moto.query("ec2", call.account, call.region, {
        Action: "DeleteNetworkInterface",
        NetworkInterfaceId,
      });
    }
    return reply;
  }
}

function correct(instance: XmlElement): void {
  const interfaces = itemsOf(instance, "networkInterfaceSet");
  for (const made of interfaces) {
    const association = child(made, "association");
    if (association !== undefined && childrenOf(association).length === 0) removeChild(made, "association");
  }
  const primary = interfaces.find((made) => textAt(made, "attachment", "deviceIndex") === "0");
  const groups = primary && child(primary, "groupSet");
  if (groups === undefined || itemsOf(instance, "groupSet").length > 0) return;
  removeChild(instance, "groupSet");
  instance.children.push(groups);
}

function itemsOf(parent: XmlElement, set: string): XmlElement[] {
  const list = descendant(parent, set);
  return list === undefined ? [] : childrenOf(list, "item");
}
