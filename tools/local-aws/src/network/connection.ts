import type { EndpointPath, Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";
import type { Network } from "./network";
import { UnknownVantage } from "@studio-access/network";
import { vantageOf } from "./vantage-header";

/** Whether a request reached its host. */
export type Connection =
  /** Without an endpoint: over the public network. */
  | { readonly connected: true; readonly endpoint: EndpointPath | undefined }
  /** In AWS the connection would fail; the reply tells the client why. */
  | { readonly connected: false; readonly reply: Reply };

/**
 * Whether a request reaches a host. It starts at the endpoint that it came through, otherwise at the vantage that its
 * header or cookie names.
 */
export async function connectionOf(
  network: Pick<Network, "sourceOf" | "reach">,
  region: string,
  request: Pick<HttpRequest, "headers">,
  host: string,
  endpoint: EndpointPath | undefined,
): Promise<Connection> {
  if (endpoint) return { connected: true, endpoint };
  const vantage = vantageOf(request.headers);
  try {
    const reach = await network.reach(region, await network.sourceOf(region, vantage), host);
    if (reach.reached) return { connected: true, endpoint: reach.endpoint };
    // In AWS the client's connection fails without a reply. A reply with the reason is easier to diagnose.
    return { connected: false, reply: networkReply(504, `vantage ${vantage} → ${host}: ${reach.reason}`) };
  } catch (error) {
    if (!(error instanceof UnknownVantage)) throw error;
    return { connected: false, reply: networkReply(400, error.message) };
  }
}

/** A reply of the local AWS itself; its header distinguishes it from a reply of AWS. */
function networkReply(status: number, message: string): Reply {
  const headers = { "content-type": "application/json", "x-local-network": "refused" };
  return { status, headers, body: Buffer.from(JSON.stringify({ message })) };
}
