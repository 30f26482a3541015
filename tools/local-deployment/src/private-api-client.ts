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
  /** `NAME=VALUE` of the one cookie that it sets. */
  readonly cookie: string | undefined;
  readonly body: string;
}

/** A request to an address of AWS. */
export interface Question {
  readonly vantage?: Vantage;
  /** Fields of a form, which is posted. */
  readonly form?: Readonly<Record<string, string>>;
  readonly cookie?: string | undefined;
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

  /** Opens a presigned URL. */
  async open(presignedUrl: string, vantage: Vantage = "on-premise"): Promise<HttpResponse> {
    return this.ask(presignedUrl, { vantage });
  }

  /** Asks an address of AWS: the request goes to the local AWS and names the address's own host, which has none here. */
  async ask(address: string, { vantage = "on-premise", form, cookie }: Question = {}): Promise<HttpResponse> {
    const url = new URL(address);
    const headers = {
      host: url.host,
      [VANTAGE_HEADER]: vantage,
      ...(cookie === undefined ? {} : { cookie }),
      ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    };
    return send(`${this.#awsEndpoint}${url.pathname}${url.search}`, headers, form);
  }
}

async function send(
  url: string,
  headers: Readonly<Record<string, string>>,
  form?: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const posted = form && ({ method: "POST", body: new URLSearchParams(form).toString() } as const);
  const { statusCode, headers: received, body } = await request(url, { headers: { ...headers }, ...posted });
  return {
    status: statusCode,
    location: first(received["location"]),
    contentType: first(received["content-type"]) ?? "",
    cacheControl: first(received["cache-control"]),
    requestId: first(received["x-amzn-requestid"]),
    cookie: first(received["set-cookie"])?.split(";")[0],
    body: await body.text(),
  };
}

function first(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
