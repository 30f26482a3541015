import { exampleNetwork } from "@studio-access/network/testing";
import type { Reach } from "@studio-access/network";
import type { EndpointPath, Reply } from "../server/call";
import { createApiMount } from "./api-mount";
import { exampleEndpoint, exampleSnapshot, exampleStage } from "./testing/example-api";
import type { ApiSnapshot } from "./model";

const STUDIO_URL = "https://d-abc.studio.eu-west-1.sagemaker.aws/auth?token=t";
const served: Reply = { status: 200, headers: { location: STUDIO_URL }, body: Buffer.from("served") };
const overEndpoint: Reach = { reached: true, endpoint: exampleEndpoint, hops: [] };
const overInternet: Reach = { reached: true, endpoint: undefined, hops: [] };
const lost: Reach = { reached: false, kind: "no_way", hop: "vpc-x", reason: "no way there" };

interface Sent {
  readonly path?: string;
  readonly host?: string;
  readonly endpoint?: EndpointPath;
}

async function replyTo(
  reach: Reach,
  { path = "/execute-api/api1/studio/alice", host = "localhost", endpoint }: Sent = {},
  snapshot: Partial<ApiSnapshot> = {},
): Promise<Reply> {
  const mount = createApiMount({
    registry: {
      locationOf: (apiId) => (apiId === "api1" ? exampleSnapshot : undefined),
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
  return mount.handle(
    { method: "GET", url: new URL(path, "http://localhost"), headers: { host }, body: Buffer.alloc(0) },
    endpoint,
  );
}

async function send(...request: Parameters<typeof replyTo>): Promise<string> {
  const { status, body } = await replyTo(...request);
  return `${status} ${body.toString()}`;
}

const FORBIDDEN = '403 {"message":"Forbidden"}';
const named = (endpointId: string): { path: string; host: string } => ({
  path: "/studio/alice",
  host: `api1-${endpointId}.execute-api.eu-west-1.amazonaws.com`,
});

describe("a request to an API", () => {
  it.each<[string, Promise<string>, string]>([
    ["to a private API, through an endpoint", send(overEndpoint), "200 vpce-0a1, its policy"],
    [
      "to a private API, from a function through an endpoint",
      send(lost, { endpoint: exampleEndpoint }),
      "200 vpce-0a1, its policy",
    ],
    ["to a private API, over the internet", send(overInternet), FORBIDDEN],
    ["to a public API, over the internet", send(overInternet, {}, { isPrivate: false }), "200 public"],
    [
      "to a private API, by its host name for an endpoint",
      send(overEndpoint, named("vpce-0a1")),
      "200 vpce-0a1, its policy",
    ],
    [
      "to a private API, by its host name for an endpoint that is not associated with it",
      send(overEndpoint, named("vpce-0b2")),
      FORBIDDEN,
    ],
    [
      "to an API that does not exist",
      send(overEndpoint, { path: "/execute-api/api2/studio/alice" }),
      FORBIDDEN,
    ],
    [
      "to a stage without a deployment",
      send(overEndpoint, { path: "/execute-api/api1/test/alice" }),
      FORBIDDEN,
    ],
    [
      "from a vantage that has no route to the API",
      send(lost),
      '504 {"message":"vantage on-premise → api1.execute-api.eu-west-1.amazonaws.com: no way there"}',
    ],
  ])("%s", async (_, answer, expected) => {
    expect(await answer).toBe(expected);
  });
});

describe("a redirect to Studio", () => {
  it("names Studio's address on this machine too", async () => {
    const { headers } = await replyTo(overEndpoint, { host: "127.0.0.1:4566" });
    expect(headers).toEqual({
      location: STUDIO_URL,
      "x-local-location": "http://127.0.0.1:4566/studio/d-abc/auth?token=t",
    });
  });

  it("is as in AWS where the API was called by its own name", async () => {
    const { headers } = await replyTo(overEndpoint, named("vpce-0a1"));
    expect(headers).toEqual({ location: STUDIO_URL });
  });
});
