import { AwsError } from "../../server/aws-error";
import type { AwsCall, Reply } from "../../server/call";
import { parameter } from "../../server/form";
import { textAt, type XmlElement } from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import type { Ec2Context, Ec2Operation } from "./ec2-context";

/**
 * Deletions that AWS refuses while another resource depends on the deleted one. moto checks few of these dependencies.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html, `DependencyViolation`
 */
export class DeletionOperations {
  readonly operations: ReadonlyMap<string, Ec2Operation> = new Map<string, Ec2Operation>([
    ["DeleteVpc", (call, form) => this.#deleteVpc(call, parameter(form, "VpcId"))],
    ["DeleteSubnet", (call, form) => this.#deleteSubnet(call, parameter(form, "SubnetId"))],
    ["DeleteSecurityGroup", (call, form) => this.#deleteGroup(call, parameter(form, "GroupId"))],
  ]);
  readonly #context: Ec2Context;

  constructor(context: Ec2Context) {
    this.#context = context;
  }

  async #deleteVpc(call: AwsCall, id: string): Promise<Reply> {
    const groups = await this.#groups(call, "vpc-id", id);
    const isHeld =
      groups.some((group) => textAt(group, "groupName") !== "default") ||
      (await this.#interfaces(call, "vpc-id", id)).length > 0;
    return this.#unless(isHeld, call, `The vpc '${id}' has dependencies and cannot be deleted.`);
  }

  async #deleteSubnet(call: AwsCall, id: string): Promise<Reply> {
    const isHeld = (await this.#interfaces(call, "subnet-id", id)).length > 0;
    return this.#unless(isHeld, call, `The subnet '${id}' has dependencies and cannot be deleted.`);
  }

  async #deleteGroup(call: AwsCall, id: string): Promise<Reply> {
    const naming = await Promise.all(
      ["ip-permission.group-id", "egress.ip-permission.group-id"].map((filter) =>
        this.#groups(call, filter, id),
      ),
    );
    const isHeld =
      // A group's own rules are deleted with it.
      naming.flat().some((group) => textAt(group, "groupId") !== id) ||
      (await this.#interfaces(call, "group-id", id)).length > 0;
    return this.#unless(isHeld, call, `resource ${id} has a dependent object`);
  }

  async #unless(isHeld: boolean, call: AwsCall, message: string): Promise<Reply> {
    if (isHeld) throw new AwsError("DependencyViolation", message);
    return await this.#context.moto.forward(call);
  }

  async #groups(call: AwsCall, filter: string, value: string): Promise<XmlElement[]> {
    return await this.#items(call, "DescribeSecurityGroups", "securityGroupInfo", filter, value);
  }

  async #interfaces(call: AwsCall, filter: string, value: string): Promise<XmlElement[]> {
    return await this.#items(call, "DescribeNetworkInterfaces", "networkInterfaceSet", filter, value);
  }

  async #items(
    call: AwsCall,
    action: string,
    set: string,
    filter: string,
    value: string,
  ): Promise<XmlElement[]> {
    const parameters = { "Filter.1.Name": filter, "Filter.1.Value.1": value };
    return await describeItems(this.#context.moto, call, action, parameters, set);
  }
}
