import type { HttpRequest } from "../server/parse-call";

/** Which Studio domain a request is for. */
export interface StudioAddress {
  readonly domainId: string;
  /** As the host names it; undefined in the path style. */
  readonly region: string | undefined;
  /** `/auth`, `/`, … */
  readonly path: string;
  /** What the path of the cookie begins with, and links lead to. */
  readonly base: string;
}

/** Path style on the local AWS's own port: `/studio/{domain}/{path}`. */
const PATH_STYLE = /^\/studio\/(d-[a-z0-9-]+)(\/.*)?$/;
const STUDIO_HOST = /^(d-[a-z0-9-]+)\.studio\.([a-z0-9-]+)\.sagemaker\.aws$/;

/** @returns undefined when the request is for no Studio domain */
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
