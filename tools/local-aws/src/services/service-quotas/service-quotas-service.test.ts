import { fakeCall } from "../testing/fake-moto";
import { ServiceQuotasService } from "./service-quotas-service";

async function ask(operation: string, ServiceCode: string, QuotaCode: string): Promise<unknown> {
  const body = JSON.stringify({ ServiceCode, QuotaCode });
  const reply = await new ServiceQuotasService().handle(
    fakeCall({ service: "servicequotas", operation, body }),
  );
  return JSON.parse(reply.body.toString());
}

describe("Service Quotas", () => {
  it("has the default value in every account", async () => {
    await expect(ask("GetServiceQuota", "vpc", "L-F678F1CE")).resolves.toEqual({
      Quota: {
        ServiceCode: "vpc",
        QuotaCode: "L-F678F1CE",
        QuotaArn: "arn:aws:servicequotas:eu-west-1:111111111111:vpc/L-F678F1CE",
        QuotaName: "VPCs per Region",
        Value: 5,
        Adjustable: true,
        Unit: "None",
        GlobalQuota: false,
      },
    });
  });

  it("returns AWS's default value without an account", async () => {
    await expect(ask("GetAWSDefaultServiceQuota", "ec2", "L-E0233F82")).resolves.toMatchObject({
      Quota: { QuotaArn: "arn:aws:servicequotas:eu-west-1::ec2/L-E0233F82", Value: 5000 },
    });
  });

  it.each([
    ["ec2", "L-F678F1CE"],
    ["vpc", "L-00000000"],
  ])("has no quota %s/%s", async (service, code) => {
    await expect(async () => ask("GetServiceQuota", service, code)).rejects.toMatchObject({
      code: "NoSuchResourceException",
      status: 400,
    });
  });

  it("answers NotImplemented to every other operation", async () => {
    await expect(async () => ask("RequestServiceQuotaIncrease", "vpc", "L-F678F1CE")).rejects.toMatchObject({
      status: 501,
      message: expect.stringContaining("servicequotas RequestServiceQuotaIncrease") as unknown,
    });
  });
});
