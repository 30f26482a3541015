import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The fields of a comment or an issue that the client reads. */
export interface Entry {
  readonly id: number;
  readonly number: number;
  readonly html_url: string;
  readonly user: { readonly login: string };
  title: string;
  body: string;
  state: "open" | "closed";
}

/** A response that the next request gets instead of its own. */
export interface PreparedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

/** GitHub's REST API for one repository, `example/studio`, and its pull request 7: pages of at most 100 entries, with links. */
export class GithubStandIn {
  readonly comments: Entry[] = [];
  readonly issues: Entry[] = [];
  readonly seen: SeenRequest[] = [];
  readonly preparedResponses: PreparedResponse[] = [];
  /** Author of new entries. */
  login = "github-actions[bot]";
  readonly #server: Server;
  #lastId = 0;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<GithubStandIn> {
    const standIn = new GithubStandIn();
    await new Promise<void>((resolve) => standIn.#server.listen(0, "127.0.0.1", resolve));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Adds an entry as if somebody had made it. */
  add(kind: "comments" | "issues", body: string, login = this.login, title = ""): Entry {
    this.#lastId += 1;
    const id = this.#lastId;
    const html_url = `https://github.com/example/studio/${kind}/${id}`;
    const entry: Entry = { id, number: id, html_url, user: { login }, title, body, state: "open" };
    this[kind].push(entry);
    return entry;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    this.seen.push({ method, path: url, authorization: headers.authorization });
    const given = JSON.parse((await textOf(request)) || "{}") as Partial<Entry>;
    const prepared = this.preparedResponses.shift();
    if (prepared !== undefined) {
      send(response, prepared.status, { message: prepared.message }, prepared.headers);
      return;
    }
    this.#answer(method, new URL(url, this.url), given, response);
  }

  #answer(
    method: string,
    { pathname, searchParams }: URL,
    given: Partial<Entry>,
    response: ServerResponse,
  ): void {
    const list =
      pathname === LISTS.comments ? this.comments : pathname === LISTS.issues ? this.issues : undefined;
    if (list !== undefined && method === "GET") {
      this.#page(pathname, searchParams, list, response);
      return;
    }
    if (list !== undefined && method === "POST") {
      const kind = list === this.comments ? "comments" : "issues";
      send(response, 201, this.add(kind, given.body ?? "", this.login, given.title));
      return;
    }
    const [, comment, issue] =
      /^\/repos\/example\/studio\/issues\/(?:comments\/(\d+)|(\d+))$/.exec(pathname) ?? [];
    const entry = [...(comment === undefined ? this.issues : this.comments)].find(
      ({ id }) => id === Number(comment ?? issue),
    );
    if (entry === undefined || method !== "PATCH") {
      send(response, 404, { message: "Not Found" });
      return;
    }
    send(response, 200, Object.assign(entry, given));
  }

  #page(path: string, query: URLSearchParams, list: readonly Entry[], response: ServerResponse): void {
    const [size, page] = [Number(query.get("per_page") ?? 30), Number(query.get("page") ?? 1)];
    const state = query.get("state");
    const wanted = list.filter((entry) => state === null || entry.state === state);
    const link = `<${this.url}${path}?per_page=${size}&page=${page + 1}>; rel="next"`;
    const hasMore = wanted.length > size * page;
    send(response, 200, wanted.slice(size * (page - 1), size * page), hasMore ? { link } : {});
  }
}

const LISTS = {
  comments: "/repos/example/studio/issues/7/comments",
  issues: "/repos/example/studio/issues",
} as const;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
