import type { AwsError } from "../../server/aws-error";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

/** Existing resources, by the Describe action and filter that find them. */
type Contents = Readonly<Record<string, string>>;

const GROUP =
  "<securityGroupInfo><item><groupId>sg-1</groupId><groupName>NAME</groupName></item></securityGroupInfo>";
const INTERFACE =
  "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId></item></networkInterfaceSet>";

/** @returns the error code, or moto's reply */
async function outcome(
  operation: string,
  parameters: Record<string, string>,
  contents: Contents,
): Promise<string> {
  const moto = new FakeMoto({
    query: (_service, _account, _region, asked) => {
      const filter = `${asked["Action"] ?? ""} ${asked["Filter.1.Name"] ?? ""}=${asked["Filter.1.Value.1"] ?? ""}`;
      return xmlAnswer(`<R>${contents[filter] ?? ""}</R>`);
    },
    forward: () => xmlAnswer("<R>moto</R>"),
  });
  const ec2 = new Ec2Service({
    moto,
    shared: { sharedWith: () => [] },
    attachments: new AttachmentRegistry(),
  });
  try {
    const reply = await ec2.handle(formCall(operation, parameters));
    return reply.body.toString();
  } catch (error) {
    return (error as AwsError).code;
  }
}

describe("a deletion with a dependent resource", () => {
  it.each<[string, Record<string, string>, Contents]>([
    [
      "of a VPC with a group",
      { Action: "DeleteVpc", VpcId: "vpc-1" },
      { "DescribeSecurityGroups vpc-id=vpc-1": GROUP.replace("NAME", "security-group-for-inbound-nfs-d-1") },
    ],
    [
      "of a VPC with an interface",
      { Action: "DeleteVpc", VpcId: "vpc-1" },
      { "DescribeNetworkInterfaces vpc-id=vpc-1": INTERFACE },
    ],
    [
      "of a subnet with an interface",
      { Action: "DeleteSubnet", SubnetId: "subnet-1" },
      { "DescribeNetworkInterfaces subnet-id=subnet-1": INTERFACE },
    ],
    [
      "of a group that an interface uses",
      { Action: "DeleteSecurityGroup", GroupId: "sg-2" },
      { "DescribeNetworkInterfaces group-id=sg-2": INTERFACE },
    ],
    [
      "of a group that another's inbound rule names",
      { Action: "DeleteSecurityGroup", GroupId: "sg-2" },
      { "DescribeSecurityGroups ip-permission.group-id=sg-2": GROUP },
    ],
    [
      "of a group that another's outbound rule names",
      { Action: "DeleteSecurityGroup", GroupId: "sg-2" },
      { "DescribeSecurityGroups egress.ip-permission.group-id=sg-2": GROUP },
    ],
  ])("is refused: %s", async (_name, { Action = "", ...parameters }, contents) => {
    await expect(outcome(Action, parameters, contents)).resolves.toBe("DependencyViolation");
  });
});

describe("a deletion without a dependent resource", () => {
  it.each<[string, Record<string, string>, Contents]>([
    [
      "of a VPC with its default group only",
      { Action: "DeleteVpc", VpcId: "vpc-1" },
      { "DescribeSecurityGroups vpc-id=vpc-1": GROUP.replace("NAME", "default") },
    ],
    [
      "of a group that only its own rules name",
      { Action: "DeleteSecurityGroup", GroupId: "sg-1" },
      { "DescribeSecurityGroups ip-permission.group-id=sg-1": GROUP },
    ],
    [
      "of a subnet beside one with an interface",
      { Action: "DeleteSubnet", SubnetId: "subnet-2" },
      { "DescribeNetworkInterfaces subnet-id=subnet-1": INTERFACE },
    ],
  ])("is forwarded to moto: %s", async (_name, { Action = "", ...parameters }, contents) => {
    await expect(outcome(Action, parameters, contents)).resolves.toBe("<R>moto</R>");
  });
});
