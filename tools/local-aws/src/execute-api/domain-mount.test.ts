import { exampleNetwork } from "@studio-access/network/testing";
import type { Reach } from "@studio-access/network";

import { PrivateDomains } from "../services/api-gateway/private-domains";
import { createDomainMount } from "./domain-mount";
import { exampleEndpoint, exampleSnapshot, exampleStage } from "./testing/example-api";

const NAME = "studio.corp.example.com";
const place = { account: exampleSnapshot.account, region: exampleSnapshot.region };
const { vpcEndpointId } = exampleEndpoint;

function policy(endpoint = vpcEndpointId): string {
  const Resource = `arn:aws:execute-api:${place.region}:${place.account}:/domainnames/${NAME}+*`;
  const calls = { Principal: "*", Action: "execute-api:Invoke", Resource };
  const source = { "aws:SourceVpce": endpoint };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", ...calls, Condition: { StringEquals: source } },
      { Effect: "Deny", ...calls, Condition: { StringNotEquals: source } },
    ],
  });
}

interface Given {
  readonly through?: string;
  readonly policy?: string | undefined;
  readonly endpointPolicy?: string;
  readonly reach?: Reach;
  readonly path?: string;
}

async function ask(given: Given = {}): Promise<string> {
  const domains = new PrivateDomains();
  const rules = "policy" in given ? given.policy : policy();
  const made = { name: NAME, certificateArn: "", securityPolicy: "TLS_1_2", policy: rules, tags: new Map() };
  const domain = domains.add(place, made, 0);
  domain.mappings.set("(none)", { restApiId: "api1", stage: "studio" });
  domains.associate(place, domain, { vpcEndpointId: given.through ?? vpcEndpointId, tags: new Map() });
  const mount = createDomainMount({
    domains,
    registry: {
      locationOf: () => exampleSnapshot,
      deployed: (apiId, stage) =>
        Promise.resolve(
          apiId === "api1" && stage === "studio"
            ? { snapshot: exampleSnapshot, stage: exampleStage }
            : undefined,
        ),
    },
    network: {
      sourceOf: () => Promise.resolve({ kind: "internet" }),
      reach: () => Promise.resolve(given.reach ?? { reached: true, endpoint: exampleEndpoint, hops: [] }),
      facts: () =>
        Promise.resolve({
          ...exampleNetwork,
          endpoints: [{ ...exampleNetwork.endpoints[0]!, vpcEndpointId, policy: given.endpointPolicy ?? "" }],
        }),
    },
    gateway: {
      handle: ({ path, domainName, domain: by }) =>
        Promise.resolve({
          status: 200,
          headers: {},
          body: Buffer.from(`${path} ${domainName} ${by?.name ?? "-"}`),
        }),
    },
    clock: () => 0,
  });
  const request = {
    method: "GET",
    url: new URL(given.path ?? "/alice", "http://localhost"),
    headers: { host: `${NAME}:443` },
    body: Buffer.alloc(0),
  };
  expect(mount.matches(request)).toBe(true);
  expect(mount.matches({ ...request, headers: { host: "other.corp.example.com" } })).toBe(false);
  const { status, body } = await mount.handle(request);
  return `${status} ${body.toString()}`;
}

const FORBIDDEN = '403 {"message":"Forbidden"}';
const closed = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "*" },
});

describe("a request to a private custom domain name", () => {
  it.each<[string, Given, string]>([
    [
      "reaches the stage that it is mapped to, without the stage in its path",
      {},
      `200 /alice ${NAME} ${NAME}`,
    ],
    ["reaches the root", { path: "/" }, `200 / ${NAME} ${NAME}`],
    ["is refused through an endpoint that is not associated with it", { through: "vpce-0b2" }, FORBIDDEN],
    ["is refused over the internet", { reach: { reached: true, endpoint: undefined, hops: [] } }, FORBIDDEN],
    ["is refused by the name's own policy", { policy: policy("vpce-0b2") }, FORBIDDEN],
    ["is refused where the name has no policy", { policy: undefined }, FORBIDDEN],
    ["is refused by the endpoint's policy", { endpointPolicy: closed }, FORBIDDEN],
  ])("%s", async (_what, given, expected) => {
    expect(await ask(given)).toBe(expected);
  });
});
