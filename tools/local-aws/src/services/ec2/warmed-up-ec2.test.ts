import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { WarmedUpEc2 } from "./warmed-up-ec2";

describe("the first calls to EC2", () => {
  it("wait for one warm-up of moto, in an account that nobody uses", async () => {
    const log: string[] = [];
    const moto = new FakeMoto({
      query: (_service, account, _region, { Action, VpcId }) => {
        log.push([account, Action, VpcId].filter(Boolean).join(" "));
        return xmlAnswer("<R><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></R>");
      },
    });
    const ec2 = new WarmedUpEc2(moto, {
      handle: ({ account, operation }) => {
        log.push(`${account} ${operation}`);
        return Promise.resolve(xmlAnswer("<R/>"));
      },
    });
    const calls = ["CreateVpc", "DescribeVpcs"].map((operation) => ec2.handle(formCall(operation, {})));
    await Promise.all(calls);
    expect(log).toEqual([
      "000000000000 DescribeKeyPairs",
      "000000000000 DescribeVpcs",
      "000000000000 CreateVpcPeeringConnection vpc-1",
      "111111111111 CreateVpc",
      "111111111111 DescribeVpcs",
    ]);
  });
});
