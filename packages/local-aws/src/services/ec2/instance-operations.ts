import { withBody } from "../../server/protocol";
import { child, childrenOf, parseXml, removeChild, renderXml, textAt, type XmlElement } from "../../server/xml";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/**
 * Instances that are launched with a network interface spelt out, as the provider does once a public address is asked
 * for or refused. moto shows an empty association where there is no public address, which reads as if there were one,
 * and the security groups on the interface alone.
 */
export class InstanceOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation>;

  constructor({ moto }: Ec2Context) {
    this.operations = new Map<string, Ec2Operation>([
      [
        "DescribeInstances",
        async (call) => {
          const reply = await moto.forward(call);
          if (reply.status >= 300) return reply;
          const root = parseXml(reply.body.toString());
          for (const reservation of itemsOf(root, "reservationSet"))
            for (const instance of itemsOf(reservation, "instancesSet")) correct(instance);
          return withBody(reply, renderXml(root));
        },
      ],
    ]);
  }
}

function correct(instance: XmlElement): void {
  const interfaces = itemsOf(instance, "networkInterfaceSet");
  for (const networkInterface of interfaces) {
    const association = child(networkInterface, "association");
    if (association !== undefined && childrenOf(association).length === 0)
      removeChild(networkInterface, "association");
  }
  const primary = interfaces.find((candidate) => textAt(candidate, "attachment", "deviceIndex") === "0");
  const groups = primary && child(primary, "groupSet");
  if (groups === undefined || itemsOf(instance, "groupSet").length > 0) return;
  removeChild(instance, "groupSet");
  instance.children.push(groups);
}

function itemsOf(parent: XmlElement, set: string): XmlElement[] {
  const list = child(parent, set);
  return list === undefined ? [] : childrenOf(list, "item");
}
