import { VANTAGE_HEADER } from "@studio-access/local-aws";
import { request } from "undici";

/** A place in the network from which the local AWS lets a caller call. */
export type Vantage = string;

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  readonly body: string;
}

/** Calls the private API and Studio as somebody would who sits at a given place. */
export class Door {
  readonly #apiUrl: string;
  readonly #awsEndpoint: string;

  constructor(options: { readonly apiUrl: string; readonly awsEndpoint: string }) {
    this.#apiUrl = options.apiUrl;
    this.#awsEndpoint = options.awsEndpoint;
  }

  /** `GET {api}/{user}`. */
  async ask(
    user: string,
    options: { token?: string; vantage?: Vantage; accept?: string } = {},
  ): Promise<Answer> {
    const { token, vantage = "on-premise", accept = "text/html" } = options;
    return get(`${this.#apiUrl}/${encodeURIComponent(user)}`, {
      accept,
      [VANTAGE_HEADER]: vantage,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    });
  }

  /** Opens a presigned URL as a browser at the vantage would: by its name, which only the local AWS answers here. */
  async open(presignedUrl: string, vantage: Vantage = "on-premise"): Promise<Answer> {
    const url = new URL(presignedUrl);
    return get(`${this.#awsEndpoint}${url.pathname}${url.search}`, {
      host: url.host,
      [VANTAGE_HEADER]: vantage,
    });
  }
}

async function get(url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const { statusCode, headers: answered, body } = await request(url, { headers: { ...headers } });
  return {
    status: statusCode,
    location: first(answered["location"]),
    contentType: first(answered["content-type"]) ?? "",
    cacheControl: first(answered["cache-control"]),
    body: await body.text(),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
