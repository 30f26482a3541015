import { parsePolicy, type Policy } from "@studio-access/policy";

import { checkAccess, checkResourcePolicy } from "./access-decision";
import {
  API_ARN,
  exampleEndpoint,
  exampleRequest,
  policyOf,
  statement,
  type ExampleRequest,
} from "./testing/example-api";
import { GatewayFailure } from "./gateway-response";

function refusalOf(check: () => void): string {
  try {
    check();
    return "allowed";
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    return `${error.status} ${error.detail ?? "-"}`;
  }
}

const ANONYMOUS =
  "403 User: anonymous is not authorized to perform: execute-api:Invoke on resource: " +
  "arn:aws:execute-api:eu-west-1:********1111:api1/studio/GET/alice";

describe("the resource policy, before any authorizer", () => {
  it.each<[string, ExampleRequest, string]>([
    ["allows a request through the endpoint that it names", {}, "allowed"],
    [
      "refuses another endpoint explicitly",
      { endpoint: { ...exampleEndpoint, vpcEndpointId: "vpce-0b2" } },
      `${ANONYMOUS} with an explicit deny`,
    ],
    ["refuses a request without an endpoint", { endpoint: undefined }, `${ANONYMOUS} with an explicit deny`],
    ["refuses all calls of a private API that has no policy", { snapshot: { policy: undefined } }, ANONYMOUS],
    [
      "leaves a public API without a policy to its authorizer",
      { snapshot: { policy: undefined, isPrivate: false } },
      "allowed",
    ],
    [
      "allows a request that the endpoint policy allows",
      { endpointPolicy: policyOf({ ...statement("Allow"), Resource: `${API_ARN}/*` }) },
      "allowed",
    ],
    [
      "refuses a request for an API that the endpoint policy does not name",
      { endpointPolicy: policyOf({ ...statement("Allow"), Resource: API_ARN.replace("api1", "api2/*") }) },
      ANONYMOUS,
    ],
    [
      "refuses every request when the endpoint policy requires principals: a token is not a principal",
      {
        endpointPolicy: policyOf({
          ...statement("Allow"),
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } },
        }),
      },
      ANONYMOUS,
    ],
    [
      "decides by Table A where the resource policy has no matching statement",
      { snapshot: { policy: policyOf({ ...statement("Allow"), Resource: "execute-api:/other/*" }) } },
      "allowed",
    ],
  ])("%s", (_, change, expected) => {
    expect(
      refusalOf(() => {
        checkResourcePolicy(exampleRequest(change));
      }),
    ).toBe(expected);
  });

  it("has the caller's address as aws:VpcSourceIp for a request through an endpoint", () => {
    const policy = policyOf({
      ...statement("Deny"),
      Condition: { NotIpAddress: { "aws:VpcSourceIp": "10.1.0.0/16" } },
    });
    const outside = { ...exampleEndpoint, sourceIp: "10.2.1.7" };
    expect(
      refusalOf(() => {
        checkResourcePolicy(exampleRequest({ snapshot: { policy } }));
      }),
    ).toBe("allowed");
    expect(
      refusalOf(() => {
        checkResourcePolicy(exampleRequest({ snapshot: { policy }, endpoint: outside }));
      }),
    ).toContain("explicit deny");
  });
});

describe("authorizer and resource policy together", () => {
  const own = `${API_ARN}/studio/GET/alice`;
  const allowOwn = { Effect: "Allow", Action: "execute-api:Invoke", Resource: own };
  const denyOthers = { Effect: "Deny", Action: "execute-api:Invoke", NotResource: own };
  const policy = (...statements: readonly object[]): Policy =>
    parsePolicy(policyOf(...statements), { name: "authorizer", kind: "authorizer" });
  const silentApi = { policy: policyOf({ ...statement("Allow"), Resource: "execute-api:/other/*" }) };

  it.each<[string, ExampleRequest, Policy | undefined, string]>([
    ["the user's own path", {}, policy(allowOwn, denyOthers), "allowed"],
    [
      "another's path",
      { path: "/bob" },
      policy(allowOwn, denyOthers),
      "403 User is not authorized to access this resource with an explicit deny",
    ],
    // Unexpected row of Table A: an Allow in the resource policy is enough where the authorizer's policy does not match.
    [
      "another user's path, where the authorizer's policy has no Deny",
      { path: "/bob" },
      policy(allowOwn),
      "allowed",
    ],
    [
      "another user's path, where neither policy matches",
      { path: "/bob", snapshot: silentApi },
      policy(allowOwn),
      "403 User is not authorized to access this resource",
    ],
    [
      "the user's own path, where the resource policy does not match",
      { snapshot: silentApi },
      policy(allowOwn),
      "allowed",
    ],
    ["a method without an authorizer", {}, undefined, "allowed"],
    [
      "a method without an authorizer, where the resource policy does not match",
      { snapshot: silentApi },
      undefined,
      ANONYMOUS,
    ],
  ])("%s", (_, change, authorizer, expected) => {
    expect(
      refusalOf(() => {
        checkAccess(exampleRequest(change), authorizer);
      }),
    ).toBe(expected);
  });
});
