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
}

/** The hosts that people open: APIs, the sign-in pages of user pools, Studio's domains. Each has one label of its own. */
const NAME =
  "[a-z0-9-]+\\.(?:execute-api\\.[a-z0-9-]+\\.amazonaws\\.com|auth\\.[a-z0-9-]+\\.amazoncognito\\.com|studio\\.[a-z0-9-]+\\.sagemaker\\.aws)";

const HOST = new RegExp(`^(${NAME})(\\.([\\w-]+)\\.localhost(?::\\d+)?)$`, "i");

/** An origin with another port, with a user, or that goes on as another name, is another origin. */
const ORIGIN_ON_AWS = new RegExp(`https://(${NAME})(?::443)?(?![\\w@:-]|\\.\\w)`, "gi");

/** @returns undefined when the request names no host of AWS in a browser's way */
export function browserPlace({ host = "" }: IncomingHttpHeaders): BrowserPlace | undefined {
  const [, name, suffix, from] = HOST.exec(host) ?? [];
  if (name === undefined || suffix === undefined || from === undefined) return undefined;
  return { name: name.toLowerCase(), from: from.toLowerCase(), suffix };
}

/** The URL on AWS, if this is the URL of one of its hosts in the same place; every other text as it is. */
export function onAws(text: string, { suffix }: BrowserPlace): string {
  const [, name, localSuffix, rest] =
    new RegExp(`^http://(${NAME})(\\.[\\w-]+\\.localhost(?::\\d+)?)((?:[/?#].*)?)$`, "is").exec(text) ?? [];
  return name !== undefined && localSuffix === suffix ? `https://${name}${rest ?? ""}` : text;
}

/** The text with the origins of AWS's hosts as a browser in this place opens them. */
export function inBrowser(text: string, { suffix }: Pick<BrowserPlace, "suffix">): string {
  return text.replace(ORIGIN_ON_AWS, (_origin, name: string) => `http://${name}${suffix}`);
}

/**
 * The address at which a browser on this machine opens a URL of one of AWS's hosts.
 *
 * @param endpoint - URL of the local AWS
 * @param from - the vantage
 */
export function browserUrl(url: string, endpoint: string, from: string = DEFAULT_VANTAGE): string {
  const { port } = new URL(endpoint);
  return inBrowser(url, { suffix: `.${from}.localhost${port === "" ? "" : `:${port}`}` });
}
