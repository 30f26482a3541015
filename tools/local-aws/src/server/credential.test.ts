import { readCredential } from "./credential";

const plain = new URL("http://localhost/");
const header = (scope: string): string =>
  `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
const presigned = (service: string): URL =>
  new URL(
    `http://localhost/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKEXAMPLE%2F20260101%2Feu-west-1%2F${service}%2Faws4_request`,
  );

describe("readCredential", () => {
  it("reads key, region and service of a signed request", () => {
    const authorization = header("AKEXAMPLE/20260101/eu-west-1/ec2/aws4_request");
    const expected = { accessKeyId: "AKEXAMPLE", region: "eu-west-1", service: "ec2" };
    expect(readCredential({ authorization }, plain)).toEqual(expected);
  });

  it.each([
    ["a bearer token", "Bearer abc"],
    ["a scope of another form", header("AKEXAMPLE/eu-west-1/ec2")],
    ["no credential", "AWS4-HMAC-SHA256 SignedHeaders=host"],
  ])("finds none in %s", (_name, authorization) => {
    expect(readCredential({ authorization }, plain)).toBeUndefined();
  });

  it("reads the credential of a presigned S3 URL", () => {
    expect(readCredential({}, presigned("s3"))).toEqual({
      accessKeyId: "AKEXAMPLE",
      region: "eu-west-1",
      service: "s3",
    });
  });

  it("ignores the credential of a presigned URL of another service", () => {
    expect(readCredential({}, presigned("lambda"))).toBeUndefined();
  });
});
