import type { Reply } from "../../server/call";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

function create(parameters: Record<string, string>, operation = "CreateVpcEndpoint"): Promise<Reply> {
  const moto = new FakeMoto({ forward: () => xmlAnswer("<R/>") });
  const ec2 = new Ec2Service({
    moto,
    shared: { sharedWith: () => [] },
    attachments: new AttachmentRegistry(),
  });
  return ec2.handle(formCall(operation, { VpcId: "vpc-1", ...parameters }));
}

describe("a VPC endpoint", () => {
  it.each([
    "com.amazonaws.eu-west-1.sts",
    "com.amazonaws.eu-west-1.sagemaker.api",
    "aws.sagemaker.eu-west-1.studio",
    "aws.api.eu-west-1.kendra-ranking",
    "com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b2c3d4e5f60718",
    "com.amazonaws.s3-global.accesspoint",
  ])("is made for %s", async (ServiceName) => {
    await expect(create({ ServiceName })).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    "com.amazonaws.eu-central-1.sts",
    "aws.sagemaker.eu-west-1.sagemaker",
    "com.amazonaws.sts",
    "sts.eu-west-1.amazonaws.com",
  ])("is not made for %s, which the region does not offer", async (ServiceName) => {
    await expect(create({ ServiceName })).rejects.toMatchObject({
      code: "InvalidServiceName",
      message: `The Vpc Endpoint Service '${ServiceName}' does not exist`,
      status: 400,
    });
  });

  it("may be for a service of another region that the call names, or for none", async () => {
    const elsewhere = { ServiceName: "com.amazonaws.eu-central-1.sts", ServiceRegion: "eu-central-1" };
    await expect(create(elsewhere)).resolves.toMatchObject({ status: 200 });
    await expect(create({})).resolves.toMatchObject({ status: 200 });
  });

  it.each([
    ["is no JSON", "allow everything", "The specified policy document is not a valid JSON policy document."],
    ["has no statements", "{}", "The specified policy document is not a valid JSON policy document."],
    [
      "has no principal",
      policy({ Principal: undefined }),
      "The specified policy document has a statement without a principal.",
    ],
    [
      "is too long",
      policy({ Sid: "x".repeat(20_480) }),
      "The specified policy document has more than 20480 characters.",
    ],
  ])("is refused, and not changed, with a policy that %s", async (_what, PolicyDocument, message) => {
    for (const operation of ["CreateVpcEndpoint", "ModifyVpcEndpoint"])
      await expect(create({ PolicyDocument }, operation)).rejects.toMatchObject({
        code: "InvalidPolicyDocument",
        message,
        status: 400,
      });
  });

  it("may have a policy of its own, or none", async () => {
    for (const PolicyDocument of [policy({}), ""])
      await expect(create({ PolicyDocument })).resolves.toMatchObject({ status: 200 });
  });
});

function policy(change: object): string {
  const statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...change };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
