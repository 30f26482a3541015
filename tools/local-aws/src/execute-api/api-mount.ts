import { arrivalOf } from "../network/arrival";
import type { Network } from "../network/network";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpMount } from "../server/data-plane";
import type { HttpRequest } from "../server/parse-call";
import { parseApiAddress, type ApiAddress } from "./api-address";
import type { ApiGateway } from "./api-gateway";
import type { ApiRegistry } from "./api-registry";
import { apiRequestOf } from "./api-request";
import type { ApiSnapshot } from "./model";

export interface ApiMountOptions {
  readonly registry: Pick<ApiRegistry, "placeOf" | "deployed">;
  readonly network: Pick<Network, "sourceOf" | "reach" | "facts">;
  readonly gateway: Pick<ApiGateway, "handle">;
  readonly clock: () => number;
}

/** The way in to REST APIs: finds the API, and lets no request to a private one pass that came by another way. */
export function createApiMount(options: ApiMountOptions): HttpMount {
  return {
    matches: (request) => parseApiAddress(request) !== undefined,
    handle: async (request, endpoint) => {
      const address = parseApiAddress(request);
      return address ? await handle(options, request, address, endpoint) : forbidden();
    },
  };
}

async function handle(
  { registry, network, gateway, clock }: ApiMountOptions,
  request: HttpRequest,
  address: ApiAddress,
  cameThrough: EndpointPath | undefined,
): Promise<Reply> {
  const start = clock();
  const place = registry.placeOf(address.apiId);
  if (!place) return forbidden();
  const host = address.host ?? `${address.apiId}.execute-api.${place.region}.amazonaws.com`;
  const arrival = await arrivalOf(network, place.region, request, host, cameThrough);
  if (!arrival.arrived) return arrival.reply;
  const deployed = await registry.deployed(address.apiId, address.stage);
  if (!deployed || !mayEnter(deployed.snapshot, host, arrival.endpoint)) return forbidden();
  const { endpoints } = await network.facts(place.region);
  const passed = endpoints.find(({ vpcEndpointId }) => vpcEndpointId === arrival.endpoint?.vpcEndpointId);
  const entrance = { endpoint: arrival.endpoint, endpointPolicy: passed?.policy };
  return await gateway.handle(apiRequestOf(request, address, deployed, entrance, start));
}

/** A private API answers nobody on the public network, and has names only for the endpoints that it lists. */
function mayEnter(
  { isPrivate, vpcEndpointIds }: ApiSnapshot,
  host: string,
  endpoint: EndpointPath | undefined,
): boolean {
  const named = /^[a-z0-9]+-(vpce-[0-9a-f]+)\.execute-api\./.exec(host)?.[1];
  if (named !== undefined && !vpcEndpointIds.includes(named)) return false;
  return !isPrivate || endpoint !== undefined;
}

/** What API Gateway's front says before it knows of any API's own answers. */
function forbidden(): Reply {
  const headers = { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" };
  return { status: 403, headers, body: Buffer.from(JSON.stringify({ message: "Forbidden" })) };
}
