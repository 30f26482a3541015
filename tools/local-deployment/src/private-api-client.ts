import { VANTAGE_HEADER } from "@studio-access/local-aws";
import { profileNameOf } from "@studio-access/shared-types";
import { request } from "undici";

/** A place in the network that a call comes from: a name that the local AWS knows, such as `on-premise` or `internet`. */
export type Vantage = string;

/** What a caller gets back over HTTP; redirects are not followed. */
export interface HttpResponse {
  readonly status: number;
  readonly location: string | undefined;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  /** Id that API Gateway gave the request. */
  readonly requestId: string | undefined;
  readonly body: string;
}

/** A client of the private API and of Studio's presigned URLs that calls them from a chosen place in the network. */
export class PrivateApiClient {
  readonly #apiUrl: string;
  readonly #awsEndpoint: string;

  constructor(options: { readonly apiUrl: string; readonly awsEndpoint: string }) {
    this.#apiUrl = options.apiUrl;
    this.#awsEndpoint = options.awsEndpoint;
  }

  /** `GET {api}/{profile}`, for a user as the identity provider calls them, or any other text. */
  async get(
    user: string,
    options: { token?: string; vantage?: Vantage; accept?: string } = {},
  ): Promise<HttpResponse> {
    const { token, vantage = "on-premise", accept = "text/html" } = options;
    return send(`${this.#apiUrl}/${encodeURIComponent(profileNameOf(user) ?? user)}`, {
      accept,
      [VANTAGE_HEADER]: vantage,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    });
  }

  /** Opens a presigned URL: the request goes to the local AWS and names the URL's own host, which has no address here. */
  async open(presignedUrl: string, vantage: Vantage = "on-premise"): Promise<HttpResponse> {
    const url = new URL(presignedUrl);
    return send(`${this.#awsEndpoint}${url.pathname}${url.search}`, {
      host: url.host,
      [VANTAGE_HEADER]: vantage,
    });
  }
}

async function send(url: string, headers: Readonly<Record<string, string>>): Promise<HttpResponse> {
  const { statusCode, headers: received, body } = await request(url, { headers: { ...headers } });
  return {
    status: statusCode,
    location: first(received["location"]),
    contentType: first(received["content-type"]) ?? "",
    cacheControl: first(received["cache-control"]),
    requestId: first(received["x-amzn-requestid"]),
    body: await body.text(),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
