import { circumstancesOf, unknownKeyIn } from "./circumstances";
import { endpoint, NOW } from "./testing/example-caller";

const way = { region: "eu-west-1", endpoint, userAgent: "aws-sdk-js/3" };

describe("the circumstances of a request", () => {
  it("are the endpoint, its VPC and the caller's address in it, for a request through one", () => {
    expect(circumstancesOf(way, NOW, undefined)).toEqual({
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

  it("are a public address for any other request", () => {
    const keys = Object.keys(circumstancesOf({ ...way, endpoint: undefined }, NOW, undefined));
    expect(keys).toContain("aws:SourceIp");
    expect(keys.filter((key) => key.includes("Vpc"))).toEqual([]);
  });

  it("hold the organization of what is asked for, where there is one", () => {
    expect(circumstancesOf(way, NOW, { id: "o-1" })).toMatchObject({ "aws:ResourceOrgID": "o-1" });
  });
});

describe("a condition key that is not known here", () => {
  it.each([
    [
      "is found wherever it stands",
      { Null: { "aws:PrincipalOrgPaths": "true" } },
      "sts",
      "aws:PrincipalOrgPaths",
    ],
    [
      "is found in any case",
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
    ["matters for the service alone", { StringEquals: { "dynamodb:LeadingKeys": "x" } }, "sts", undefined],
    ["is none of those that are known", { StringEquals: { "aws:SourceVpce": "x" } }, "dynamodb", undefined],
  ])("%s", (_, Condition, service, key) => {
    const text = JSON.stringify({ Statement: [{ Action: "dynamodb:GetItem", Condition }] }, null, 1);
    expect(unknownKeyIn(text, service)).toBe(key);
  });
});
