import type { APIGatewayProxyResult } from "aws-lambda";
import type { Page } from "./page";

/** The part of API Gateway's proxy event that is read. All of it may be absent: anybody with the right can invoke us. */
export interface PortalEvent {
  readonly httpMethod?: string;
  /** The resource's path in the API; `path` would hold the base path of a custom domain name. */
  readonly resource?: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
}

export type PortalHandler = (event: PortalEvent) => Promise<APIGatewayProxyResult>;

/** Whether the browser has this page already. Source: RFC 9110, section 13.1.2 */
function isKnown(event: PortalEvent, etag: string): boolean {
  const [, sent = ""] =
    Object.entries(event.headers ?? {}).find(([name]) => name.toLowerCase() === "if-none-match") ?? [];
  return sent.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** Answers `GET /` with the page, and nothing else. It reads no request but for the page that the browser has. */
export function createHandler({ html, etag, headers }: Page): PortalHandler {
  return (sent) => {
    const event = (sent as PortalEvent | null | undefined) ?? {};
    if (event.httpMethod !== "GET" || event.resource !== "/") {
      return Promise.resolve({ statusCode: 404, headers: { "Cache-Control": "no-store" }, body: "" });
    }
    // The headers come with a 304 as well: the browser takes them in place of those that it has.
    if (isKnown(event, etag)) return Promise.resolve({ statusCode: 304, headers, body: "" });
    return Promise.resolve({ statusCode: 200, headers, body: html });
  };
}
