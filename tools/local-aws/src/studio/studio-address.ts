import type { HttpRequest } from "../server/parse-call";

/** The Studio domain and path of a request. */
export interface StudioAddress {
  readonly domainId: string;
  /** Region in the host name; undefined in the path style. */
  readonly region: string | undefined;
  /** `/auth`, `/`, … */
  readonly path: string;
  /** Base path of the cookie and of links. */
  readonly base: string;
}

/** Path style on the local AWS's own port: `/studio/{domain}/{path}`. */
const PATH_STYLE = /^\/studio\/(d-[a-z0-9-]+)(\/.*)?$/;
const STUDIO_HOST = /^(d-[a-z0-9-]+)\.studio\.([a-z0-9-]+)\.sagemaker\.aws$/;

/** @returns undefined when the request is not for a Studio domain */
export function parseStudioAddress({
  url,
  headers,
}: Pick<HttpRequest, "url" | "headers">): StudioAddress | undefined {
  const pathStyle = PATH_STYLE.exec(url.pathname);
  if (pathStyle?.[1]) {
    const [, domainId, path = "/"] = pathStyle;
    return { domainId, region: undefined, path, base: `/studio/${domainId}` };
  }
  const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  const [, domainId, region] = STUDIO_HOST.exec(host) ?? [];
  return domainId === undefined ? undefined : { domainId, region, path: url.pathname, base: "" };
}

/**
 * The address on this machine of one of Studio's URLs, whose own host has none here.
 *
 * @param endpoint - URL of the local AWS
 * @returns undefined when it is no URL of Studio
 */
export function localStudioUrl(studioUrl: string, endpoint: string): string | undefined {
  if (!URL.canParse(studioUrl)) return undefined;
  const { host, pathname, search } = new URL(studioUrl);
  const domainId = STUDIO_HOST.exec(host)?.[1];
  return domainId === undefined
    ? undefined
    : `${new URL(endpoint).origin}/studio/${domainId}${pathname}${search}`;
}
