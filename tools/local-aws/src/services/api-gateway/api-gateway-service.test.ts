import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { ApiGatewayService } from "./api-gateway-service";
import { PrivateDomains } from "./private-domains";

const POLICY = '{"Version":"2012-10-17"}';

async function answerTo(path: string, body: unknown): Promise<unknown> {
  const service = new ApiGatewayService(new FakeMoto({ forward: () => jsonAnswer(body) }), {
    domains: new PrivateDomains(),
    certificates: {},
  });
  const reply = await service.handle(fakeCall({ service: "apigateway", method: "GET", path }));
  return JSON.parse(reply.body.toString());
}

describe("API Gateway", () => {
  it("escapes the policy of an API once more, so that unquoting it gives the policy", async () => {
    const { policy } = (await answerTo("/restapis/a1", { id: "a1", policy: POLICY })) as { policy: string };
    expect(policy).not.toBe(POLICY);
    expect(JSON.parse(`"${policy}"`)).toBe(POLICY);
  });

  it("escapes the policy of each API in a list", async () => {
    const { item } = (await answerTo("/restapis", { item: [{ policy: POLICY }, {}] })) as { item: object[] };
    expect(item).toEqual([{ policy: JSON.stringify(POLICY).slice(1, -1) }, {}]);
  });

  it("does not change any other resource", async () => {
    expect(await answerTo("/restapis/a1/resources/r1", { policy: POLICY })).toEqual({ policy: POLICY });
  });
});
