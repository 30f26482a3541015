import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { OpenFailed } from "./failure";

export interface BrowserDeps {
  /** Starts the user's browser with a page. Rejects when it cannot be started; may resolve only when the browser ends. */
  readonly openPage: (url: string) => Promise<void>;
  /** Milliseconds for which the page waits for the browser. */
  readonly timeoutMs: number;
}

/** Headers that prevent caching and a Referer, and close the connection after the response. */
const ONCE = { "cache-control": "no-store", "referrer-policy": "no-referrer", connection: "close" };

/**
 * Opens a presigned URL in the browser.
 *
 * A browser gets the page's address on its command line, which every user of this machine can read. So it gets the
 * address of a local page, which redirects to the presigned URL once and is then closed.
 *
 * @throws {OpenFailed} when no browser fetched the page
 */
export async function openInBrowser(presignedUrl: string, deps: BrowserDeps): Promise<void> {
  const path = `/${randomBytes(24).toString("base64url")}`;
  const server = createServer();
  const fetched = fetchedOnce(server, path, presignedUrl, deps.timeoutMs);
  // The await below handles a rejection; this line prevents an unhandled one before that.
  fetched.catch(() => undefined);
  try {
    await listening(server);
    const { port } = server.address() as AddressInfo;
    const started = deps.openPage(`http://127.0.0.1:${port}${path}`).catch(() => {
      throw noBrowser("No browser could be started.");
    });
    await Promise.race([fetched, started.then(() => fetched)]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Resolves when the page was fetched; later requests get no redirect. */
function fetchedOnce(server: Server, path: string, target: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let given = false;
    const timer = setTimeout(() => {
      reject(noBrowser("No browser opened the page before the URL expired."));
    }, timeoutMs);
    server.on("close", () => {
      clearTimeout(timer);
    });
    server.on("request", (request, response) => {
      if (given || request.method !== "GET" || request.url !== path) {
        response.writeHead(404).end();
        return;
      }
      given = true;
      request.socket.once("close", () => {
        resolve();
      });
      response.writeHead(302, { ...ONCE, location: target }).end();
    });
  });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

function noBrowser(what: string): OpenFailed {
  return new OpenFailed(`${what} --print prints the URL instead.`);
}
