import { FakeMoto, fakeCall, jsonAnswer } from "../testing/fake-moto";
import { CognitoService } from "./cognito-service";
import { PoolDirectory } from "./pool-directory";
import { TokenIssuer } from "./token-issuer";

async function created(request: object): Promise<unknown> {
  const moto = new FakeMoto({ forward: () => jsonAnswer({}) });
  const body = JSON.stringify({ UserPoolId: "eu-west-1_pool", ...request });
  const call = fakeCall({ service: "cognito-idp", operation: "CreateUserPoolDomain", body });
  const pools = { tokens: new TokenIssuer(), directory: new PoolDirectory() };
  return (await new CognitoService(moto, pools).handle(call)).status;
}

describe("the domain of a user pool", () => {
  it.each([
    ["aws", "studio-awsprod-1"],
    ["amazon", "myamazon"],
    ["cognito", "cognito-1"],
  ])("cannot have %s in its prefix", async (word, Domain) => {
    await expect(created({ Domain })).rejects.toMatchObject({
      code: "InvalidParameterException",
      message: `Domain cannot contain reserved word: ${word}`,
      status: 400,
    });
  });

  it("may have any other prefix, and any word in a domain of one's own", async () => {
    await expect(created({ Domain: "studio-local-1" })).resolves.toBe(200);
    const own = { Domain: "login.aws.example.com", CustomDomainConfig: { CertificateArn: "arn" } };
    await expect(created(own)).resolves.toBe(200);
  });
});
