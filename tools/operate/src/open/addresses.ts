import { localStudioUrl } from "@studio-access/local-aws/studio-address";

import { OpenFailed } from "./failure";

/** Addresses at which the API and Studio are called. */
export interface Addresses {
  /** The API with its stage; add `/{user}`. */
  readonly api: string;
  /** The address at which the browser opens a presigned URL. */
  readonly studio: (presignedUrl: string) => string;
  /** Whether both are on this machine, so that no private network is needed. */
  readonly isLocal: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * In AWS, both are called by their own host names. The local AWS serves both on its own port, and only the environment
 * variable says that it is in use.
 *
 * @param apiUrl - as the access stack publishes it
 * @param endpoint - `AWS_ENDPOINT_URL`
 */
export function addressesOf(apiUrl: string, endpoint: string | undefined): Addresses {
  const api = parse(apiUrl, "the access stack's output api_url");
  const stage = api.pathname.replace(/\/$/, "");
  const aws = localOrigin(endpoint);
  const [apiId = ""] = api.hostname.split(".");
  return {
    isLocal: aws !== undefined,
    api: aws === undefined ? `${api.origin}${stage}` : `${aws}/execute-api/${apiId}${stage}`,
    studio: (presignedUrl) => studioAddress(presignedUrl, endpoint),
  };
}

/** The address at which a browser opens a presigned URL. @param endpoint - `AWS_ENDPOINT_URL` */
export function studioAddress(presignedUrl: string, endpoint: string | undefined): string {
  const aws = localOrigin(endpoint);
  return (aws === undefined ? undefined : localStudioUrl(presignedUrl, aws)) ?? presignedUrl;
}

/** Undefined for an AWS that is not on this machine. */
function localOrigin(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || endpoint === "") return undefined;
  const { hostname, origin } = parse(endpoint, "AWS_ENDPOINT_URL");
  return LOOPBACK.test(hostname) ? origin : undefined;
}

function parse(text: string, what: string): URL {
  if (!URL.canParse(text)) throw new OpenFailed(`${what} is no URL.`);
  return new URL(text);
}
