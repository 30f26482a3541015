import { FakeMoto, xmlAnswer } from "./testing/fake-moto";
import { describeItems, ownsVpc } from "./vpc-lookup";

const HERE = { account: "111111111111", region: "eu-west-1" };

describe("describeItems", () => {
  const describe = (body: string, status?: number): Promise<unknown[]> =>
    describeItems(new FakeMoto({ query: () => xmlAnswer(body, status) }), HERE, "DescribeVpcs", {}, "vpcSet");

  it("lists the items of the set", async () => {
    expect(await describe("<R><vpcSet><item/><item/></vpcSet></R>")).toHaveLength(2);
  });

  it.each(["<R><vpcSet/></R>", "<R/>"])("finds none in %s", async (body) => {
    expect(await describe(body)).toEqual([]);
  });

  it("treats a refusal as an empty result", async () => {
    expect(await describe("<Response/>", 400)).toEqual([]);
  });

  it("throws when moto fails", async () => {
    await expect(describe("<!doctype html>", 500)).rejects.toThrow("DescribeVpcs with HTTP 500");
  });
});

describe("ownsVpc", () => {
  it("asks the account, in its region, for this VPC", async () => {
    const moto = new FakeMoto({
      query: (_service, account, region, parameters) => {
        expect([account, region, parameters["VpcId.1"]]).toEqual(["111111111111", "eu-west-1", "vpc-1"]);
        return xmlAnswer("<R><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></R>");
      },
    });
    expect(await ownsVpc(moto, HERE, "vpc-1")).toBe(true);
  });
});
