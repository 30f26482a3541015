import { fakeCall, xmlAnswer } from "../testing/fake-moto";
import { Route53WithoutChangeInfo } from "./route53-without-change-info";

const CHANGED =
  "<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>INSYNC</Status></ChangeInfo>" +
  "<Other>kept</Other></ChangeResourceRecordSetsResponse>";

async function answered(method: string, body: string, status = 200): Promise<string> {
  const route53 = new Route53WithoutChangeInfo({ handle: () => Promise.resolve(xmlAnswer(body, status)) });
  const reply = await route53.handle(fakeCall({ service: "route53", method }));
  return reply.body.toString();
}

describe("Route 53 without ChangeInfo", () => {
  it("removes the ChangeInfo, and keeps the rest of the reply", async () => {
    const body = await answered("POST", CHANGED);
    expect(body).not.toContain("ChangeInfo");
    expect(body).toContain("<Other>kept</Other>");
  });

  it("does not change the replies of reads and of refused calls", async () => {
    await expect(answered("GET", CHANGED)).resolves.toBe(CHANGED);
    await expect(answered("POST", CHANGED, 400)).resolves.toBe(CHANGED);
  });

  it("leaves an answer without content as it is, such as that to new tags", async () => {
    await expect(answered("POST", "")).resolves.toBe("");
  });
});
