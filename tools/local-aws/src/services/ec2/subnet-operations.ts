import type { AwsCall, Reply } from "../../server/call";
import { withBody } from "../../server/protocol";
import { descendant, parseXml, putChild, renderXml, textAt } from "../../server/xml";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/**
 * CreateSubnet creates subnets that assign no public addresses. moto treats the first subnet in a zone of an account as the
 * zone's default subnet, which assigns them; on AWS only CreateDefaultSubnet creates such a subnet.
 */
export class SubnetOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["CreateSubnet", (call) => this.#create(call)],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #create(call: AwsCall): Promise<Reply> {
    const { moto } = this.#context;
    const reply = await moto.forward(call);
    if (reply.status >= 300) return reply;
    const root = parseXml(reply.body.toString());
    const subnet = descendant(root, "subnet");

    if (subnet === undefined || textAt(subnet, "mapPublicIpOnLaunch") !== "true") return reply;
    await moto.query("ec2", call.account, call.region, {
      Action: "ModifySubnetAttribute",
      SubnetId: textAt(subnet, "subnetId") ?? "",
      "MapPublicIpOnLaunch.Value": "false",
    });
    putChild(subnet, "mapPublicIpOnLaunch", "false");
    return withBody(reply, renderXml(root));
  }
}
