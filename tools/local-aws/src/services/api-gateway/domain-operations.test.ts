import type { Reply } from "../../server/call";
import { FakeMoto, fakeCall, jsonAnswer, xmlAnswer } from "../testing/fake-moto";
import { DomainOperations } from "./domain-operations";
import { PrivateDomains } from "./private-domains";

const NAME = "studio.corp.example.com";
const REGION = fakeCall({ service: "apigateway", method: "GET", path: "/" }).region;
const ACCOUNT = fakeCall({ service: "apigateway", method: "GET", path: "/" }).account;
const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/one`;

const GIVEN = {
  domainName: NAME,
  certificateArn: CERTIFICATE,
  endpointConfiguration: { types: ["PRIVATE"] },
  securityPolicy: "TLS_1_2",
  policy: JSON.stringify({ Statement: [] }),
  tags: { Project: "studio-access" },
};

function operations(domains = new PrivateDomains(), covered = NAME) {
  const moto = new FakeMoto({
    forward: () => jsonAnswer({ item: [] }),
    rest: (_service, _account, _region, _method, path) =>
      jsonAnswer({}, /^\/restapis\/api1(\/stages\/studio)?$/.test(path) ? 200 : 404),
    query: (_service, _account, _region, parameters) =>
      xmlAnswer(
        parameters["VpcEndpointId.1"] === "vpce-1"
          ? "<R><vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId></item></vpcEndpointSet></R>"
          : "<R><vpcEndpointSet/></R>",
      ),
  });
  const made = new DomainOperations(moto, { domains, certificates: { [CERTIFICATE]: covered } });
  return async (method: string, path: string, body?: object): Promise<Reply | undefined> =>
    made.answer(
      fakeCall({ service: "apigateway", method, path, ...(body && { body: JSON.stringify(body) }) }),
    );
}

const json = (reply: Reply | undefined): Record<string, unknown> =>
  JSON.parse(reply?.body.toString() ?? "null") as Record<string, unknown>;

describe("a private custom domain name", () => {
  it("is made, mapped to a stage and associated with an endpoint, and goes when its association is gone", async () => {
    const domains = new PrivateDomains();
    const ask = operations(domains);
    const made = json(await ask("POST", "/domainnames", GIVEN));
    expect(made).toMatchObject({ domainName: NAME, domainNameStatus: "AVAILABLE", policy: GIVEN.policy });
    const [id, arn] = [String(made["domainNameId"]), String(made["domainNameArn"])];
    expect(arn).toBe(`arn:aws:apigateway:${REGION}:${ACCOUNT}:/domainnames/${NAME}+${id}`);
    const path = `/domainnames/${NAME}`;
    const query = `?domainNameId=${id}`;
    await ask("POST", `${path}/basepathmappings${query}`, { restApiId: "api1", stage: "studio" });
    expect(json(await ask("GET", `${path}/basepathmappings/%28none%29${query}`))).toEqual({
      basePath: "(none)",
      restApiId: "api1",
      stage: "studio",
    });
    const association = json(
      await ask("POST", "/domainnameaccessassociations", {
        domainNameArn: arn,
        accessAssociationSource: "vpce-1",
        accessAssociationSourceType: "VPCE",
      }),
    );
    expect(domains.through("vpce-1", NAME)?.id).toBe(id);
    expect(domains.namesThrough("vpce-2")).toEqual([]);
    expect(json(await ask("GET", `/tags/${encodeURIComponent(arn)}`))).toEqual({ tags: GIVEN.tags });
    await expect(ask("DELETE", `${path}${query}`)).rejects.toThrow("delete them first");
    const associationArn = encodeURIComponent(String(association["domainNameAccessAssociationArn"]));
    await ask("DELETE", `/domainnameaccessassociations/${associationArn}`);
    await ask("DELETE", `${path}${query}`);
    expect([domains.all, domains.associations]).toEqual([[], []]);
  });

  it.each<[string, object, string]>([
    ["a certificate that is not there", { certificateArn: `${CERTIFICATE}-other` }, "does not exist"],
    ["a name that the certificate does not cover", { domainName: "a.b.example.com" }, "does not cover"],
    ["a policy that is none", { policy: "nothing" }, "Invalid policy document"],
  ])("is refused with %s", async (_what, change, message) => {
    await expect(operations()("POST", "/domainnames", { ...GIVEN, ...change })).rejects.toThrow(message);
  });

  it("takes a certificate with a wildcard for its one label", async () => {
    const ask = operations(new PrivateDomains(), "*.corp.example.com");
    expect((await ask("POST", "/domainnames", GIVEN))?.status).toBe(201);
    await expect(ask("POST", "/domainnames", { ...GIVEN, domainName: "corp.example.com" })).rejects.toThrow(
      "does not cover",
    );
  });

  it("leads to no stage and from no endpoint that is not there", async () => {
    const ask = operations();
    const made = json(await ask("POST", "/domainnames", GIVEN));
    const mappings = `/domainnames/${NAME}/basepathmappings?domainNameId=${String(made["domainNameId"])}`;
    await expect(ask("POST", mappings, { restApiId: "api2", stage: "studio" })).rejects.toThrow("REST API");
    await expect(ask("POST", mappings, { restApiId: "api1", stage: "test" })).rejects.toThrow("stage");
    await expect(
      ask("POST", "/domainnameaccessassociations", {
        domainNameArn: made["domainNameArn"],
        accessAssociationSource: "vpce-2",
      }),
    ).rejects.toThrow("no endpoint vpce-2");
  });

  it("is told from public names, which are moto's, by its id", async () => {
    expect(await operations()("GET", `/domainnames/${NAME}`)).toBeUndefined();
    await expect(operations()("GET", `/domainnames/${NAME}?domainNameId=none`)).rejects.toThrow("identifier");
  });
});
