import type { HttpRequest } from "../server/parse-call";

/** Which API, stage and path a request is for. */
export interface ApiAddress {
  readonly apiId: string;
  readonly stage: string;
  /** Below the stage, as it was sent: percent-encoded, with its first slash. */
  readonly path: string;
  /** Name that the client resolved; undefined for the path style, which stands for the API's own name. */
  readonly host: string | undefined;
}

/** Path style on the local AWS's own port: `/execute-api/{apiId}/{stage}/{path}`. */
const PATH_STYLE = /^\/execute-api\/([a-z0-9]+)(\/.*)?$/;
/** The API's own name, or its name for one endpoint. */
const API_HOST = /^([a-z0-9]+)(?:-vpce-[0-9a-f]+)?\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/;
/** An endpoint's name; the header says which API is meant. moto's names for endpoints end in the service's. */
const ENDPOINT_HOST = /^vpce-[0-9a-z-]+\..*execute-api/;

/** @returns undefined when the request is for no REST API */
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
