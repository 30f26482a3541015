import { parseCall, type HttpRequest } from "./parse-call";

const accounts = {
  accountOf: (key: string | undefined) => Promise.resolve(key === "AKLOB" ? "222222222222" : "123456789012"),
};
const signed = (service: string, key = "AKLOB"): string =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=none`;

function request(
  parts: Partial<Omit<HttpRequest, "url" | "body">> & { path?: string; body?: string },
): HttpRequest {
  const { path = "/", body = "", ...rest } = parts;
  return {
    method: "POST",
    headers: {},
    ...rest,
    url: new URL(path, "http://localhost"),
    body: Buffer.from(body),
  };
}

describe("parseCall", () => {
  it("names the operation of a Query call by its Action", async () => {
    const headers = {
      authorization: signed("ec2"),
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    };
    const call = await parseCall(
      request({ headers, body: "Action=DescribeVpcs&Version=2016-11-15" }),
      accounts,
      undefined,
    );
    expect(call).toMatchObject({
      service: "ec2",
      operation: "DescribeVpcs",
      region: "eu-west-1",
      account: "222222222222",
    });
  });

  it("names the operation of a JSON call by its target", async () => {
    const headers = { authorization: signed("sagemaker"), "x-amz-target": "SageMaker.CreateDomain" };
    const call = await parseCall(request({ headers, body: "{}" }), accounts, undefined);
    expect(call?.operation).toBe("CreateDomain");
  });

  it("names the operation of a REST call by method and path, never by the query", async () => {
    const headers = { authorization: signed("lambda") };
    const path = "/2015-03-31/functions/f?Qualifier=secret";
    const call = await parseCall(request({ method: "GET", path, headers }), accounts, undefined);
    expect(call?.operation).toBe("GET /2015-03-31/functions/f");
  });

  it("accepts Cognito's public operations without a signature", async () => {
    const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" };
    const call = await parseCall(request({ headers, body: "{}" }), accounts, undefined);
    expect(call).toMatchObject({ service: "cognito-idp", operation: "InitiateAuth", accessKeyId: undefined });
  });

  it("routes the key set of a user pool to Cognito", async () => {
    const call = await parseCall(
      request({ method: "GET", path: "/eu-west-1_x/.well-known/jwks.json" }),
      accounts,
      undefined,
    );
    expect(call?.service).toBe("cognito-idp");
  });

  it("accepts AssumeRoleWithWebIdentity unsigned, in the account of the role and the region of the host", async () => {
    const body =
      "Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::333333333333:role/x&WebIdentityToken=t";
    const headers = {
      host: "sts.eu-west-1.amazonaws.com",
      "content-type": "application/x-www-form-urlencoded",
    };
    expect(await parseCall(request({ headers, body }), accounts, undefined)).toMatchObject({
      service: "sts",
      operation: "AssumeRoleWithWebIdentity",
      account: "333333333333",
      region: "eu-west-1",
      accessKeyId: undefined,
    });
  });

  it.each([
    ["a plain GET", request({ method: "GET" })],
    [
      "an unsigned call to another service",
      request({ headers: { "x-amz-target": "SageMaker.CreateDomain" } }),
    ],
    [
      "a token in a URL, which would be logged",
      request({ method: "GET", path: "/?Action=AssumeRoleWithWebIdentity&WebIdentityToken=t" }),
    ],
  ])("returns undefined for %s", async (_name, unsigned) => {
    expect(await parseCall(unsigned, accounts, undefined)).toBeUndefined();
  });

  it("keeps the endpoint that the call came through", async () => {
    const endpoint = { vpcEndpointId: "vpce-1", vpcId: "vpc-1", sourceIp: "10.0.0.4" };
    const headers = { authorization: signed("sts") };
    expect((await parseCall(request({ headers }), accounts, endpoint))?.endpoint).toBe(endpoint);
  });
});
