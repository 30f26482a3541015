import type { IncomingHttpHeaders } from "node:http";

import { DEFAULT_VANTAGE } from "@studio-access/network";

/** Names the place in the network that a request on this machine comes from; also the name of a cookie that does. */
export const VANTAGE_HEADER = "x-local-vantage";

const COOKIE = new RegExp(`(?:^|;\\s*)${VANTAGE_HEADER}=([\\w-]+)`);

/** The place in the network that a request comes from: its header's, else its cookie's, since a browser sends no such header. */
export function vantageOf(headers: IncomingHttpHeaders): string {
  const header = headers[VANTAGE_HEADER];
  if (typeof header === "string") return header;
  return COOKIE.exec(headers.cookie ?? "")?.[1] ?? DEFAULT_VANTAGE;
}
