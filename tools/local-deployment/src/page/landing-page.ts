import type { HttpMount, Reply } from "@studio-access/local-aws";

import type { Facts } from "./facts";
import { renderPage } from "./render-page";

const HEALTH = "/_studio/health";
const PROOFS = "/_studio/proofs";

/**
 * Answers a browser at the local AWS's own address: what is deployed and how to use it, the proofs, and its health as JSON.
 * No AWS service has these paths, but for S3's list of buckets, whose calls are signed and never come here.
 */
export function landingPage(facts: () => Promise<Facts>): HttpMount {
  return {
    matches: ({ method, url: { pathname } }) =>
      method === "GET" && (pathname === "/" || pathname === HEALTH || pathname === PROOFS),
    handle: async ({ url }) => {
      const found = await facts();
      if (url.pathname === HEALTH) return reply(200, "application/json", JSON.stringify(healthOf(found)));
      if (url.pathname === "/")
        return reply(200, "text/html; charset=utf-8", renderPage(found, PROOFS, HEALTH));
      const proofs = await found.proofs();
      return proofs === undefined
        ? reply(
            404,
            "text/plain; charset=utf-8",
            "There are no proofs yet: they come at the end of npm start.\n",
          )
        : reply(200, "text/html; charset=utf-8", proofs);
    },
  };
}

/** For scripts; without passwords. */
function healthOf({ endpoint, region, environment, stacks }: Facts): object {
  const deployed = stacks.filter(({ isDeployed }) => isDeployed).map(({ name }) => name);
  return {
    status: deployed.length === stacks.length ? "up" : "deploying",
    environment,
    region,
    endpoint,
    deployed,
  };
}

function reply(status: number, type: string, text: string): Reply {
  return { status, headers: { "content-type": type, "cache-control": "no-store" }, body: Buffer.from(text) };
}
