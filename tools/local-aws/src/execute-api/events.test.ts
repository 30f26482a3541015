import { exampleRequest, exampleSnapshot, type ExampleRequest } from "./testing/example-api";
import { logTime, proxyEvent, requestAuthorizerEvent } from "./events";
import { findRoute, type Route } from "./routing";

function routeOf(path: string): Route {
  return findRoute(exampleSnapshot, "GET", path)!;
}

function eventOf(change: ExampleRequest = {}): unknown {
  const request = exampleRequest(change);
  return proxyEvent(request, routeOf(request.path), { userName: "alice" });
}

describe("the authorizer's event", () => {
  it("has the method, the endpoint, and the request as the client wrote it", () => {
    const request = exampleRequest({ path: "/al%20ice", query: "a=1&a=2&b=%C3%BC" });
    expect(requestAuthorizerEvent(request, routeOf("/al%20ice"))).toMatchObject({
      type: "REQUEST",
      methodArn: "arn:aws:execute-api:eu-west-1:111111111111:api1/studio/GET/al%20ice",
      resource: "/{user_id}",
      path: "/al%20ice",
      httpMethod: "GET",
      headers: {
        Authorization: "Bearer t",
        "x-amzn-vpce-id": "vpce-0a1",
        Host: "api1.execute-api.eu-west-1.amazonaws.com",
      },
      multiValueHeaders: { Authorization: ["Bearer t"] },
      queryStringParameters: { a: "2", b: "ü" },
      multiValueQueryStringParameters: { a: ["1", "2"], b: ["ü"] },
      pathParameters: { user_id: "al%20ice" },
      stageVariables: {},
      requestContext: {
        accountId: "111111111111",
        apiId: "api1",
        stage: "studio",
        path: "/studio/al%20ice",
        resourcePath: "/{user_id}",
        identity: { sourceIp: "10.1.1.7", vpceId: "vpce-0a1", vpcId: "vpc-hub" },
        requestTime: "09/Apr/2026:12:34:56 +0000",
      },
    });
  });

  it("does not have the local AWS's own headers", () => {
    const request = exampleRequest({ headers: { "x-local-vantage": "access" } });
    expect(Object.keys(request.headers).map((name) => name.toLowerCase())).not.toContain("x-local-vantage");
  });
});

describe("the proxy's event", () => {
  it("has null for every part that the request lacks", () => {
    expect(eventOf()).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      pathParameters: { user_id: "alice" },
    });
  });

  it("has the authorizer's context values", () => {
    expect(eventOf()).toMatchObject({ requestContext: { authorizer: { userName: "alice" } } });
    const request = exampleRequest();
    const without = proxyEvent(request, routeOf("/alice"), undefined) as { requestContext: object };
    expect(without.requestContext).not.toHaveProperty("authorizer");
  });

  it("has a body as text, and as base64 where its media type is a binary one of the API", () => {
    const binaryMediaTypes = ["application/octet-stream"];
    const headers = { "content-type": "application/octet-stream" };
    expect(eventOf({ body: "hi" })).toMatchObject({ body: "hi", isBase64Encoded: false });
    expect(eventOf({ body: "hi", headers, snapshot: { binaryMediaTypes } })).toMatchObject({
      body: "aGk=",
      isBase64Encoded: true,
    });
  });

  it("has no endpoint for a request from the public network", () => {
    expect(JSON.stringify(eventOf({ endpoint: undefined }))).not.toContain("vpce");
  });
});

it("writes times in the format of access logs", () => {
  expect(logTime(Date.parse("2026-01-02T03:04:05.678Z"))).toBe("02/Jan/2026:03:04:05 +0000");
});
