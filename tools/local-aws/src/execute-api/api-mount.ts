import { connectionOf } from "../network/connection";
import type { Network } from "../network/network";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpMount } from "../server/data-plane";
import type { HttpRequest } from "../server/parse-call";
import { localStudioUrl } from "../studio/studio-address";
import { parseApiAddress, type ApiAddress } from "./api-address";
import type { ApiGateway } from "./api-gateway";
import type { ApiRegistry } from "./api-registry";
import { apiRequestOf, type RequestEndpoint } from "./api-request";
import type { ApiSnapshot } from "./model";

/** A header of the local AWS itself: the `Location` of a redirect to Studio, as this machine can open it. */
const LOCAL_LOCATION = "x-local-location";

export interface ApiMountOptions {
  readonly registry: Pick<ApiRegistry, "locationOf" | "deployed">;
  readonly network: Pick<Network, "sourceOf" | "reach" | "facts">;
  readonly gateway: Pick<ApiGateway, "handle">;
  readonly clock: () => number;
}

/** Finds the API of a request, and refuses requests to a private API that did not come through one of its endpoints. */
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
  const place = registry.locationOf(address.apiId);
  if (!place) return forbidden();
  const host = address.host ?? `${address.apiId}.execute-api.${place.region}.amazonaws.com`;
  const connection = await connectionOf(network, place.region, request, host, cameThrough);
  if (!connection.connected) return connection.reply;
  const deployed = await registry.deployed(address.apiId, address.stage);
  if (!deployed || !mayEnter(deployed.snapshot, host, connection.endpoint)) return forbidden();
  const requestEndpoint = await endpointWithPolicy(network, place.region, connection.endpoint);
  const reply = await gateway.handle(apiRequestOf(request, address, deployed, requestEndpoint, start));
  return address.host === undefined ? withLocalLocation(reply, request) : reply;
}

/** The endpoint that a request came through, with its policy. */
export async function endpointWithPolicy(
  network: Pick<Network, "facts">,
  region: string,
  endpoint: EndpointPath | undefined,
): Promise<RequestEndpoint> {
  const { endpoints } = await network.facts(region);
  const passed = endpoints.find(({ vpcEndpointId }) => vpcEndpointId === endpoint?.vpcEndpointId);
  return { endpoint, endpointPolicy: passed?.policy };
}

/** Names the redirect to Studio by its address on this machine as well, for a client that called this port by its own name. */
function withLocalLocation(reply: Reply, { headers: { host } }: HttpRequest): Reply {
  const { location } = reply.headers;
  if (location === undefined || host === undefined || !URL.canParse(`http://${host}`)) return reply;
  const local = localStudioUrl(location, `http://${host}`);
  return local === undefined ? reply : { ...reply, headers: { ...reply.headers, [LOCAL_LOCATION]: local } };
}

/** A private API takes no requests from the public network, and has host names only for its associated endpoints. */
function mayEnter(
  { isPrivate, vpcEndpointIds }: ApiSnapshot,
  host: string,
  endpoint: EndpointPath | undefined,
): boolean {
  const named = /^[a-z0-9]+-(vpce-[0-9a-f]+)\.execute-api\./.exec(host)?.[1];
  if (named !== undefined && !vpcEndpointIds.includes(named)) return false;
  return !isPrivate || endpoint !== undefined;
}

/** API Gateway's reply when it finds no API; gateway responses of an API do not apply here. */
export function forbidden(): Reply {
  const headers = { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" };
  return { status: 403, headers, body: Buffer.from(JSON.stringify({ message: "Forbidden" })) };
}
