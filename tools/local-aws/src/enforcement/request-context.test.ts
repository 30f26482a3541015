import { requestContextOf, unknownKeyIn } from "./request-context";
import { endpoint, NOW } from "./testing/example-caller";

const origin = { region: "eu-west-1", endpoint, userAgent: "aws-sdk-js/3" };

describe("the request context", () => {
  it("has the endpoint, its VPC and the caller's private address for a request through an endpoint", () => {
    expect(requestContextOf(origin, NOW, undefined)).toEqual({
      "aws:SourceVpce": "vpce-1",
      "aws:SourceVpc": "vpc-1",
      "aws:VpcSourceIp": "10.1.1.9",
      "aws:SecureTransport": "true",
      "aws:RequestedRegion": "eu-west-1",
      "aws:CurrentTime": "2026-04-09T12:00:00.000Z",
      "aws:EpochTime": "1775736000",
      "aws:UserAgent": "aws-sdk-js/3",
    });
  });

  it("has a public source address for any other request", () => {
    const keys = Object.keys(requestContextOf({ ...origin, endpoint: undefined }, NOW, undefined));
    expect(keys).toContain("aws:SourceIp");
    expect(keys.filter((key) => key.includes("Vpc"))).toEqual([]);
  });

  it("has the resource's organization where there is one", () => {
    expect(requestContextOf(origin, NOW, { id: "o-1" })).toMatchObject({ "aws:ResourceOrgID": "o-1" });
  });
});

describe("a condition key whose value the local AWS does not know", () => {
  it.each([
    [
      "is found in any condition",
      { Null: { "aws:PrincipalOrgPaths": "true" } },
      "sts",
      "aws:PrincipalOrgPaths",
    ],
    [
      "is found in upper and lower case",
      { StringEquals: { "DynamoDB:leadingkeys": "x" } },
      "dynamodb",
      "DynamoDB:leadingkeys",
    ],
    [
      "is found with a tag's key",
      { StringEquals: { "aws:ResourceTag/a": "x" } },
      "lambda",
      "aws:ResourceTag/a",
    ],
    [
      "is not reported for another service",
      { StringEquals: { "dynamodb:LeadingKeys": "x" } },
      "sts",
      undefined,
    ],
    [
      "is not reported when its value is known",
      { StringEquals: { "aws:SourceVpce": "x" } },
      "dynamodb",
      undefined,
    ],
  ])("%s", (_, Condition, service, key) => {
    const text = JSON.stringify({ Statement: [{ Action: "dynamodb:GetItem", Condition }] }, null, 1);
    expect(unknownKeyIn(text, service)).toBe(key);
  });
});
