import { VANTAGE_HEADER } from "../../network/vantage-header";
import type { Reply } from "../call";
import type { HttpMount } from "../data-plane";
import type { HttpRequest } from "../parse-call";
import { withBody } from "../protocol";
import { browserPlace, inBrowser, onAws, type BrowserPlace } from "./browser-place";

/** Headers of a request that hold an address of the page that sent it. */
const ADDRESSES_IN = ["origin", "referer"];
/** Headers of a reply that a browser reads addresses in. */
const ADDRESSES_OUT = ["access-control-allow-origin", "content-security-policy", "location"];

const FORM = "application/x-www-form-urlencoded";
const TEXT = /^(text\/html|application\/json)(;|$)/;

/**
 * Lets a browser on this machine open hosts of AWS: `http://NAME.FROM.localhost:PORT` is `https://NAME` from the vantage FROM.
 * Browsers resolve every name below `localhost` to this machine, and treat it as they treat HTTPS.
 *
 * Requests are translated before the mounts see them, and replies afterwards, so that nothing that is deployed knows of these
 * names. Requests by any other host name are not touched.
 *
 * @param ownNames - names of the company's own that lead to APIs, as they are now
 */
export function browserMount(mounts: readonly HttpMount[], ownNames: () => readonly string[]): HttpMount {
  const find = (request: Pick<HttpRequest, "method" | "url" | "headers">): HttpMount | undefined =>
    mounts.find((mount) => mount.matches(request));
  return {
    matches: ({ method, url, headers }) => {
      const place = browserPlace(headers, ownNames());
      return (
        place !== undefined && find({ method, url, headers: { ...headers, host: place.name } }) !== undefined
      );
    },
    handle: async (request, endpoint) => {
      const place = browserPlace(request.headers, ownNames());
      const translated = place && requestOnAws(request, place);
      const mount = translated && find(translated);
      if (!mount) throw new Error("a request came to the browsers' names that is for none of them");
      return replyInBrowser(await mount.handle(translated, endpoint), place);
    },
  };
}

function requestOnAws(request: HttpRequest, place: BrowserPlace): HttpRequest {
  const { headers } = request;
  const addresses = ADDRESSES_IN.flatMap((name): [string, string][] => {
    const value = headers[name];
    return typeof value === "string" ? [[name, onAws(value, place)]] : [];
  });
  const isForm = headers["content-type"]?.startsWith(FORM) === true;
  const body = isForm ? Buffer.from(parametersOnAws(request.body.toString(), place)) : request.body;
  const url = new URL(request.url);
  url.search = parametersOnAws(url.search, place);
  return {
    method: request.method,
    url,
    headers: {
      ...headers,
      ...Object.fromEntries(addresses),
      host: place.name,
      [VANTAGE_HEADER]: place.from,
      ...(headers["content-length"] !== undefined && { "content-length": String(body.length) }),
    },
    body,
  };
}

/**
 * Translates the parameters that say where to go, `redirect_uri` and `logout_uri`, and leaves all others, such as `state`, to
 * who sent them. Without such a parameter the text stays as it is, letter by letter.
 */
function parametersOnAws(text: string, place: BrowserPlace): string {
  const given = [...new URLSearchParams(text)];
  const changed = given.map(([name, value]): [string, string] => [
    name,
    name.endsWith("_uri") ? onAws(value, place) : value,
  ]);
  const isSame = changed.every(([, value], index) => value === given[index]?.[1]);
  return isSame ? text : new URLSearchParams(changed).toString();
}

function replyInBrowser(reply: Reply, place: BrowserPlace): Reply {
  const headers = Object.fromEntries(
    Object.entries(reply.headers).map(([name, value]) => [
      name,
      headerInBrowser(name.toLowerCase(), value, place),
    ]),
  );
  const { "content-type": type = "", "content-encoding": encoding } = headers;
  if (!TEXT.test(type) || encoding !== undefined) return { ...reply, headers };
  const text = reply.body.toString();
  const translated = inBrowser(text, place);
  return text === translated ? { ...reply, headers } : withBody({ ...reply, headers }, translated);
}

function headerInBrowser(name: string, value: string, place: BrowserPlace): string {
  // This way in is HTTP, over which not every browser takes such a cookie.
  if (name === "set-cookie") return value.replace(/; Secure(?=;|$)/gi, "");
  return ADDRESSES_OUT.includes(name) ? inBrowser(value, place) : value;
}
