import { exampleNetwork } from "@studio-access/network/testing";
import type { Reach } from "@studio-access/network";
import type { EndpointPath, Reply } from "../server/call";
import { createApiMount } from "./api-mount";
import { exampleEndpoint, exampleSnapshot, exampleStage } from "./testing/example-api";
import type { ApiSnapshot } from "./model";

const served: Reply = { status: 200, headers: {}, body: Buffer.from("served") };
const overEndpoint: Reach = { reached: true, endpoint: exampleEndpoint, hops: [] };
const overInternet: Reach = { reached: true, endpoint: undefined, hops: [] };
const lost: Reach = { reached: false, kind: "no_way", hop: "vpc-x", reason: "no way there" };

async function send(
  reach: Reach,
  request: { readonly path?: string; readonly host?: string; readonly endpoint?: EndpointPath } = {},
  snapshot: Partial<ApiSnapshot> = {},
): Promise<string> {
  const mount = createApiMount({
    registry: {
      placeOf: (apiId) => (apiId === "api1" ? exampleSnapshot : undefined),
      deployed: (_, stage) =>
        Promise.resolve(
          stage === "studio"
            ? { snapshot: { ...exampleSnapshot, ...snapshot }, stage: exampleStage }
            : undefined,
        ),
    },
    network: {
      sourceOf: () => Promise.resolve({ kind: "internet" }),
      reach: () => Promise.resolve(reach),
      facts: () =>
        Promise.resolve({
          ...exampleNetwork,
          endpoints: [{ ...exampleNetwork.endpoints[0]!, policy: "its policy" }],
        }),
    },
    gateway: {
      handle: ({ endpoint, endpointPolicy }) =>
        Promise.resolve({
          ...served,
          body: Buffer.from(endpoint ? `${endpoint.vpcEndpointId}, ${endpointPolicy ?? "-"}` : "public"),
        }),
    },
    clock: () => 0,
  });
  const { path = "/execute-api/api1/studio/alice", host = "localhost", endpoint } = request;
  const { status, body } = await mount.handle(
    { method: "GET", url: new URL(path, "http://localhost"), headers: { host }, body: Buffer.alloc(0) },
    endpoint,
  );
  return `${status} ${body.toString()}`;
}

const FORBIDDEN = '403 {"message":"Forbidden"}';
const named = (endpointId: string): { path: string; host: string } => ({
  path: "/studio/alice",
  host: `api1-${endpointId}.execute-api.eu-west-1.amazonaws.com`,
});

describe("the way in to an API", () => {
  it.each<[string, Promise<string>, string]>([
    ["a private API, through an endpoint", send(overEndpoint), "200 vpce-0a1, its policy"],
    [
      "a private API, from a function that came through an endpoint",
      send(lost, { endpoint: exampleEndpoint }),
      "200 vpce-0a1, its policy",
    ],
    ["a private API, over the internet", send(overInternet), FORBIDDEN],
    ["a public API, over the internet", send(overInternet, {}, { isPrivate: false }), "200 public"],
    [
      "a private API, by its name for an endpoint",
      send(overEndpoint, named("vpce-0a1")),
      "200 vpce-0a1, its policy",
    ],
    [
      "a private API, by its name for an endpoint that it does not list",
      send(overEndpoint, named("vpce-0b2")),
      FORBIDDEN,
    ],
    ["an API that nobody made", send(overEndpoint, { path: "/execute-api/api2/studio/alice" }), FORBIDDEN],
    [
      "a stage that nobody deployed to",
      send(overEndpoint, { path: "/execute-api/api1/test/alice" }),
      FORBIDDEN,
    ],
    [
      "a network that leads nowhere",
      send(lost),
      '504 {"message":"vantage on-premise → api1.execute-api.eu-west-1.amazonaws.com: no way there"}',
    ],
  ])("%s", async (_, answer, expected) => {
    expect(await answer).toBe(expected);
  });
});
