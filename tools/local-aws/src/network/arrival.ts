import type { EndpointPath, Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";
import type { Network } from "./network";
import { DEFAULT_VANTAGE, UnknownVantage } from "@studio-access/network";
import { VANTAGE_HEADER } from "./vantage-header";

/** How a request for a host came in. */
export type Arrival =
  /** Without an endpoint: over the public network. */
  | { readonly arrived: true; readonly endpoint: EndpointPath | undefined }
  /** It would never have come: what the client is told instead of a failed connection. */
  | { readonly arrived: false; readonly reply: Reply };

/**
 * Whether a request for a host gets there from where it starts: from the endpoint that it came through, else from the
 * vantage that its header names.
 */
export async function arrivalOf(
  network: Pick<Network, "sourceOf" | "reach">,
  region: string,
  request: Pick<HttpRequest, "headers">,
  host: string,
  endpoint: EndpointPath | undefined,
): Promise<Arrival> {
  if (endpoint) return { arrived: true, endpoint };
  const header = request.headers[VANTAGE_HEADER];
  const vantage = typeof header === "string" ? header : DEFAULT_VANTAGE;
  try {
    const reach = await network.reach(region, await network.sourceOf(region, vantage), host);
    if (reach.reached) return { arrived: true, endpoint: reach.endpoint };
    // No HTTP answer exists for this in AWS: the client's connection fails. 504 with the reason says more.
    return { arrived: false, reply: networkReply(504, `vantage ${vantage} → ${host}: ${reach.reason}`) };
  } catch (error) {
    if (!(error instanceof UnknownVantage)) throw error;
    return { arrived: false, reply: networkReply(400, error.message) };
  }
}

/** An answer of the local AWS itself, told from AWS's by its header. */
function networkReply(status: number, message: string): Reply {
  const headers = { "content-type": "application/json", "x-local-network": "refused" };
  return { status, headers, body: Buffer.from(JSON.stringify({ message })) };
}
