import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { OpenFailed } from "./failure";

export interface BrowserDeps {
  /** Starts the user's browser with a page. Rejects when there is none; may stay open as long as the browser does. */
  readonly openPage: (url: string) => Promise<void>;
  /** Milliseconds for which the page waits for the browser. */
  readonly timeoutMs: number;
}

/** Nothing stores the answer or tells of it, and its connection ends with it. */
const ONCE = { "cache-control": "no-store", "referrer-policy": "no-referrer", connection: "close" };

/**
 * Opens a presigned URL in the browser.
 *
 * A browser is started with the page's address on its command line, which every user of this machine can read. So it is
 * given a page of ours on the loopback interface, which leads on to the URL once and is gone.
 *
 * @throws {OpenFailed} when no browser came
 */
export async function openInBrowser(presignedUrl: string, deps: BrowserDeps): Promise<void> {
  const path = `/${randomBytes(24).toString("base64url")}`;
  const server = createServer();
  const fetched = fetchedOnce(server, path, presignedUrl, deps.timeoutMs);
  // Handled below; until then it may fail without anybody listening.
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

/** Resolves when the page was fetched; whoever comes later finds nothing. */
function fetchedOnce(server: Server, path: string, target: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let given = false;
    const timer = setTimeout(() => {
      reject(noBrowser("No browser came before the URL expired."));
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
