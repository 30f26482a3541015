import { exampleIssuer, ISSUER } from "./testing/example-issuer";
import { jwtVerify } from "jose";
import { IssuerKeys } from "./token-issuers";

describe("the keys of issuers", () => {
  it("are fetched from the configured URL", async () => {
    const issuer = await exampleIssuer();
    const served = await issuer.serve();
    const keys = new IssuerKeys({ [ISSUER]: served.url }).of(ISSUER);
    const { payload } = await jwtVerify(await issuer.token(), keys);
    await served.close();
    expect(payload.iss).toBe(ISSUER);
  });

  it("cannot be retrieved when the URL does not answer", async () => {
    const issuer = await exampleIssuer();
    const served = await issuer.serve();
    await served.close();
    const keys = new IssuerKeys({ [ISSUER]: served.url }).of(ISSUER);
    await expect(jwtVerify(await issuer.token(), keys)).rejects.toMatchObject({
      code: "InvalidIdentityToken",
      message: expect.stringContaining("Couldn't retrieve verification key") as unknown,
    });
  });

  it("must be on this machine", () => {
    expect(() => new IssuerKeys({ [ISSUER]: "https://example.com/jwks" })).toThrow(
      `the keys of ${ISSUER} are at example.com: name a URL of this machine`,
    );
  });
});
