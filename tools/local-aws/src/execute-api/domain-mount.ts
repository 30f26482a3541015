import { connectionOf } from "../network/connection";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpMount } from "../server/data-plane";
import type { HttpRequest } from "../server/parse-call";
import type { PrivateDomain, PrivateDomains } from "../services/api-gateway/private-domains";
import { mayEnterDomain } from "./domain-access";
import { endpointWithPolicy, forbidden, type ApiMountOptions } from "./api-mount";
import { apiRequestOf } from "./api-request";

export interface DomainMountOptions extends ApiMountOptions {
  readonly domains: Pick<PrivateDomains, "all" | "through">;
}

/**
 * Private custom domain names. A request has to come through an endpoint that is associated with the name; then the policies
 * of the endpoint and of the name are asked, and after these everything that is asked of a request by the API's own name.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
 */
export function createDomainMount(options: DomainMountOptions): HttpMount {
  const named = (request: Pick<HttpRequest, "headers">): PrivateDomain | undefined =>
    options.domains.all.find(({ name }) => name === hostOf(request));
  return {
    matches: (request) => named(request) !== undefined,
    handle: async (request, endpoint) => {
      const domain = named(request);
      return domain === undefined ? forbidden() : await handle(options, request, domain, endpoint);
    },
  };
}

async function handle(
  { domains, registry, network, gateway, clock }: DomainMountOptions,
  request: HttpRequest,
  { region, name }: PrivateDomain,
  cameThrough: EndpointPath | undefined,
): Promise<Reply> {
  const start = clock();
  const connection = await connectionOf(network, region, request, name, cameThrough);
  if (!connection.connected) return connection.reply;
  const requestEndpoint = await endpointWithPolicy(network, region, connection.endpoint);
  const { endpoint } = requestEndpoint;
  // Two accounts may have the same name, and each endpoint leads to one of them.
  const domain = endpoint && domains.through(endpoint.vpcEndpointId, name);
  if (!domain || !mayEnterDomain(domain, { ...requestEndpoint, endpoint }, start)) return forbidden();
  const address = addressIn(domain, request.url.pathname);
  const deployed = address && (await registry.deployed(address.apiId, address.stage));
  if (!deployed) return forbidden();
  return await gateway.handle(
    apiRequestOf(request, { ...address, host: name }, deployed, { ...requestEndpoint, domain }, start),
  );
}

/** The API, stage and path that a path leads to: the longest base path counts. */
function addressIn(
  { mappings }: PrivateDomain,
  pathname: string,
): { readonly apiId: string; readonly stage: string; readonly path: string } | undefined {
  const [, first = "", ...rest] = pathname.split("/");
  const below = mappings.get(first);
  if (below) return { apiId: below.restApiId, stage: below.stage, path: `/${rest.join("/")}` };
  const root = mappings.get("(none)");
  return root && { apiId: root.restApiId, stage: root.stage, path: pathname };
}

function hostOf({ headers }: Pick<HttpRequest, "headers">): string {
  return (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}
