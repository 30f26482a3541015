import type { EndpointPath, Reply } from "../server/call";
import type { HttpRequest } from "../server/parse-call";

export type Dispatch = (request: HttpRequest, endpoint?: EndpointPath) => Promise<Reply>;

/** The service, account and region of a call. */
export interface Scope {
  readonly service: string;
  readonly account: string;
  readonly region: string;
}

/**
 * Calls the control plane from the data plane, through the request router, for replies that a handler corrects. Other
 * calls go to moto directly, so that they do not fill the request log.
 */
export class ControlPlaneClient {
  readonly #dispatch: Dispatch;

  constructor(dispatch: Dispatch) {
    this.#dispatch = dispatch;
  }

  /** A call to a Query-protocol API. */
  async query(scope: Scope, parameters: Readonly<Record<string, string>>): Promise<Reply> {
    return await this.#dispatch({
      method: "POST",
      url: new URL("http://localhost/"),
      headers: { ...signed(scope), "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(new URLSearchParams(parameters).toString()),
    });
  }

  /** A GET to a REST API. */
  async get(scope: Scope, path: string): Promise<Reply> {
    return await this.#dispatch({
      method: "GET",
      url: new URL(path, "http://localhost"),
      headers: signed(scope),
      body: Buffer.alloc(0),
    });
  }
}

/** The local AWS reads an access key of 12 digits as the account itself. */
function signed({ service, account, region }: Scope): Record<string, string> {
  const scope = `${account}/20260101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` };
}
