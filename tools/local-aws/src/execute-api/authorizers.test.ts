import type { Invocation } from "../lambda-runtime/function-host";
import { Authorizers } from "./authorizers";
import {
  exampleAuthorizer,
  exampleMethod,
  exampleRequest,
  exampleSnapshot,
  NOW,
  type ExampleRequest,
} from "./testing/example-api";
import { GatewayFailure } from "./gateway-response";
import type { AuthorizerModel } from "./model";
import { findRoute, type Route } from "./routing";

const policyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
};

/** Authorizers whose function counts its invocations. */
function setUp(options: { mayInvoke?: boolean } = {}): {
  events: unknown[];
  clock: { now: number };
  ask: (change?: ExampleRequest, authorizer?: Partial<AuthorizerModel>) => Promise<string>;
} {
  const events: unknown[] = [];
  const clock = { now: NOW };
  const authorizers = new Authorizers({
    runtime: {
      invoke: (_, event): Promise<Invocation> => {
        events.push(event);
        const payload = JSON.stringify({ principalId: `run-${events.length}`, policyDocument });
        return Promise.resolve({ outcome: { ok: true, payload }, log: "" });
      },
    },
    permissions: { allows: () => Promise.resolve(options.mayInvoke ?? true) },
    report: () => undefined,
    clock: () => clock.now,
  });
  const ask = async (
    change: ExampleRequest = {},
    authorizer: Partial<AuthorizerModel> = {},
  ): Promise<string> => {
    const request = exampleRequest(change);
    const route: Route = findRoute(exampleSnapshot, "GET", request.path) ?? {
      resource: exampleSnapshot.resources[0]!,
      method: exampleMethod,
      pathParameters: {},
    };
    try {
      return (await authorizers.authorize(request, route, { ...exampleAuthorizer, ...authorizer }, new Map()))
        .principalId;
    } catch (error) {
      if (!(error instanceof GatewayFailure)) throw error;
      return `${error.status} ${error.type}`;
    }
  };
  return { events, clock, ask };
}

describe("the cache of an authorizer", () => {
  it("keeps an output for its token, whatever the path, until it expires", async () => {
    const { clock, ask } = setUp();
    expect(await ask()).toBe("run-1");
    clock.now += 59_000;
    expect(await ask({ path: "/bob" })).toBe("run-1");
    clock.now += 1_000;
    expect(await ask()).toBe("run-2");
  });

  it("does not extend the lifetime of an output that is used", async () => {
    const { clock, ask } = setUp();
    await ask();
    clock.now += 40_000;
    await ask();
    clock.now += 40_000;
    expect(await ask()).toBe("run-2");
  });

  it("has an entry for each token and deployment", async () => {
    const { ask } = setUp();
    expect(await ask()).toBe("run-1");
    expect(await ask({ headers: { authorization: "Bearer u" } })).toBe("run-2");
    expect(await ask({ snapshot: { deploymentId: "dep2" } })).toBe("run-3");
  });

  it("keeps nothing with a lifetime of 0", async () => {
    const { ask } = setUp();
    await ask({}, { ttlSeconds: 0 });
    expect(await ask({}, { ttlSeconds: 0 })).toBe("run-2");
  });
});

describe("an authorizer is not invoked", () => {
  it.each<[string, ExampleRequest, Partial<AuthorizerModel>]>([
    ["the header is missing", { headers: {} }, {}],
    ["the header is empty", { headers: { authorization: "" } }, {}],
    [
      "one of several sources is missing",
      {},
      { identitySources: ["method.request.header.Authorization", "method.request.querystring.team"] },
    ],
    [
      "a token does not match the validation expression",
      {},
      { type: "TOKEN", validation: "^Bearer [a-z]{5,}$" },
    ],
  ])("when %s", async (_, change, authorizer) => {
    const { events, ask } = setUp();
    expect(await ask(change, authorizer)).toBe("401 UNAUTHORIZED");
    expect(events).toEqual([]);
  });

  it("when API Gateway has no permission to invoke it, and the reply is 500", async () => {
    const { events, ask } = setUp({ mayInvoke: false });
    expect(await ask()).toBe("500 AUTHORIZER_CONFIGURATION_ERROR");
    expect(events).toEqual([]);
  });
});

it("a TOKEN authorizer gets only the token", async () => {
  const { events, ask } = setUp();
  await ask({}, { type: "TOKEN" });
  expect(events).toEqual([
    {
      type: "TOKEN",
      authorizationToken: "Bearer t",
      methodArn: "arn:aws:execute-api:eu-west-1:111111111111:api1/studio/GET/alice",
    },
  ]);
});
