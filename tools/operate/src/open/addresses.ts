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
  if (endpoint === undefined || endpoint === "") return real(api, stage);
  const aws = parse(endpoint, "AWS_ENDPOINT_URL");
  if (!LOOPBACK.test(aws.hostname)) return real(api, stage);
  const [apiId = ""] = api.hostname.split(".");
  return {
    isLocal: true,
    api: `${aws.origin}/execute-api/${apiId}${stage}`,
    studio: (presignedUrl) => {
      const url = new URL(presignedUrl);
      const [domainId = ""] = url.hostname.split(".");
      return `${aws.origin}/studio/${domainId}${url.pathname}${url.search}`;
    },
  };
}

function real(api: URL, stage: string): Addresses {
  return { isLocal: false, api: `${api.origin}${stage}`, studio: (presignedUrl) => presignedUrl };
}

function parse(text: string, what: string): URL {
  if (!URL.canParse(text)) throw new OpenFailed(`${what} is no URL.`);
  return new URL(text);
}
