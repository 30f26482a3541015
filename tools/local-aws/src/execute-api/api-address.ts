import type { HttpRequest } from "../server/parse-call";

/** The API, stage and path of a request. */
export interface ApiAddress {
  readonly apiId: string;
  readonly stage: string;
  /** Path below the stage as it was sent: percent-encoded, with a leading slash. */
  readonly path: string;
  /** Host name that the client resolved; undefined in the path style, which is treated as the API's own host name. */
  readonly host: string | undefined;
}

/** Path style on the local AWS's own port: `/execute-api/{apiId}/{stage}/{path}`. */
const PATH_STYLE = /^\/execute-api\/([a-z0-9]+)(\/.*)?$/;
/** The API's own host name, or its host name for one VPC endpoint. */
const API_HOST = /^([a-z0-9]+)(?:-vpce-[0-9a-f]+)?\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/;
/** A VPC endpoint's host name; a header names the API. moto's endpoint names end in the service's name. */
const ENDPOINT_HOST = /^vpce-[0-9a-z-]+\..*execute-api/;

/** @returns undefined when the request is not for a REST API */
export function parseApiAddress({
  url,
  headers,
}: Pick<HttpRequest, "url" | "headers">): ApiAddress | undefined {
  const pathStyle = PATH_STYLE.exec(url.pathname);
  if (pathStyle?.[1]) return { apiId: pathStyle[1], host: undefined, ...stageAndPath(pathStyle[2] ?? "") };
  const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  const apiId = API_HOST.exec(host)?.[1] ?? apiIdInHeader(host, headers["x-apigw-api-id"]);
  return apiId === undefined ? undefined : { apiId, host, ...stageAndPath(url.pathname) };
}

function apiIdInHeader(host: string, header: string | string[] | undefined): string | undefined {
  return ENDPOINT_HOST.test(host) && typeof header === "string" ? header : undefined;
}

function stageAndPath(path: string): Pick<ApiAddress, "stage" | "path"> {
  const [, stage = "", ...rest] = path.split("/");
  return { stage, path: `/${rest.join("/")}` };
}
