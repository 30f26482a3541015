import { parseApiAddress } from "./api-address";

function parse(path: string, headers: Readonly<Record<string, string>> = {}): unknown {
  return parseApiAddress({ url: new URL(path, "http://localhost"), headers });
}

describe("parseApiAddress", () => {
  it.each([
    ["/execute-api/api1/studio/alice", { stage: "studio", path: "/alice" }],
    ["/execute-api/api1/studio", { stage: "studio", path: "/" }],
    ["/execute-api/api1/studio/", { stage: "studio", path: "/" }],
    ["/execute-api/api1/studio/a%2Fb", { stage: "studio", path: "/a%2Fb" }],
  ])("reads %s", (path, expected) => {
    expect(parse(path)).toEqual({ apiId: "api1", host: undefined, ...expected });
  });

  it.each([
    ["api1.execute-api.eu-west-1.amazonaws.com", {}],
    ["API1.execute-api.eu-west-1.amazonaws.com:4566", {}],
    ["api1-vpce-0a1.execute-api.eu-west-1.amazonaws.com", {}],
    ["vpce-0a1-x.execute-api.eu-west-1.vpce.amazonaws.com", { "x-apigw-api-id": "api1" }],
    ["vpce-0a1-x.com.amazonaws.eu-west-1.execute-api", { "x-apigw-api-id": "api1" }],
  ])("reads the host %s", (host, headers) => {
    expect(parse("/studio/alice", { host, ...headers })).toMatchObject({
      apiId: "api1",
      stage: "studio",
      path: "/alice",
    });
  });

  it.each([
    ["/studio/alice", "localhost:4566"],
    ["/", "sts.eu-west-1.amazonaws.com"],
    ["/execute-api/../etc", "localhost"],
  ])("returns undefined for %s at %s", (path, host) => {
    expect(parse(path, { host, "x-apigw-api-id": "api1" })).toBeUndefined();
  });
});
