import type { IncomingHttpHeaders } from "node:http";

import { DEFAULT_VANTAGE } from "@studio-access/network";

/** How a browser on this machine names a host of AWS, and from where in the network it does. */
export interface BrowserPlace {
  /** The host's name on AWS. */
  readonly name: string;
  /** The vantage. */
  readonly from: string;
  /** What stands behind the name here: `.on-premise.localhost:4566`. */
  readonly suffix: string;
  /** Names of the company's own that lead to APIs. */
  readonly own: readonly string[];
}

/** The hosts of AWS that people open: APIs, the sign-in pages of user pools, Studio's domains. Each has one label of its own. */
const ON_AWS =
  "[a-z0-9-]+\\.(?:execute-api\\.[a-z0-9-]+\\.amazonaws\\.com|auth\\.[a-z0-9-]+\\.amazoncognito\\.com|studio\\.[a-z0-9-]+\\.sagemaker\\.aws)";

/** The hosts that people open, as a regular expression. */
function hosts(own: readonly string[]): string {
  return [ON_AWS, ...own.map((name) => name.replaceAll(".", "\\."))].join("|");
}

/**
 * @param own - names of the company's own that lead to APIs
 * @returns undefined when the request names no host that people open in a browser's way
 */
export function browserPlace(
  { host = "" }: IncomingHttpHeaders,
  own: readonly string[],
): BrowserPlace | undefined {
  const pattern = new RegExp(`^(${hosts(own)})(\\.([\\w-]+)\\.localhost(?::\\d+)?)$`, "i");
  const [, name, suffix, from] = pattern.exec(host) ?? [];
  if (name === undefined || suffix === undefined || from === undefined) return undefined;
  return { name: name.toLowerCase(), from: from.toLowerCase(), suffix, own };
}

/** The URL on AWS, if this is the URL of one of its hosts in the same place; every other text as it is. */
export function onAws(text: string, { suffix, own }: BrowserPlace): string {
  const [, name, localSuffix, rest] =
    new RegExp(`^http://(${hosts(own)})(\\.[\\w-]+\\.localhost(?::\\d+)?)((?:[/?#].*)?)$`, "is").exec(text) ??
    [];
  return name !== undefined && localSuffix === suffix ? `https://${name}${rest ?? ""}` : text;
}

/** The text with the origins of AWS's hosts as a browser in this place opens them. */
export function inBrowser(text: string, { suffix, own }: Pick<BrowserPlace, "suffix" | "own">): string {
  // An origin with another port, with a user, or that goes on as another name, is another origin.
  const origin = new RegExp(`https://(${hosts(own)})(?::443)?(?![\\w@:-]|\\.\\w)`, "gi");
  return text.replace(origin, (_origin, name: string) => `http://${name}${suffix}`);
}

/**
 * The address at which a browser on this machine opens a URL of one of AWS's hosts, or of the company's own name for an API.
 *
 * @param endpoint - URL of the local AWS
 * @param from - the vantage
 */
export function browserUrl(url: string, endpoint: string, from: string = DEFAULT_VANTAGE): string {
  const { port } = new URL(endpoint);
  const { hostname } = new URL(url);
  const own = hostname.endsWith(".amazonaws.com") ? [] : [hostname];
  return inBrowser(url, { suffix: `.${from}.localhost${port === "" ? "" : `:${port}`}`, own });
}
