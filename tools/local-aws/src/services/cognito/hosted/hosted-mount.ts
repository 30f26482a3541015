import { connectionOf } from "../../../network/connection";
import type { Network } from "../../../network/network";
import type { Reply } from "../../../server/call";
import type { HttpMount } from "../../../server/data-plane";
import type { HttpRequest } from "../../../server/parse-call";
import type { PoolDirectory } from "../pool-directory";
import type { HostedSignIn } from "./hosted-sign-in";
import { errorPage } from "./pages";

export interface HostedMountOptions {
  readonly directory: Pick<PoolDirectory, "poolOfDomain">;
  readonly network: Pick<Network, "sourceOf" | "reach">;
  readonly signIn: Pick<HostedSignIn, "handle">;
}

const HOST = /^([a-z0-9-]+)\.auth\.([a-z0-9-]+)\.amazoncognito\.com$/;

/** Answers requests to the domains of user pools, which are names of the public network. */
export function createHostedMount({ directory, network, signIn }: HostedMountOptions): HttpMount {
  const publicNetwork: typeof network = {
    reach: (...connection) => network.reach(...connection),
    // A company asks the hub's resolver for the names of the hub's endpoints, and its own one for all others.
    sourceOf: async (...place) => {
      const source = await network.sourceOf(...place);
      return source.kind === "corporate" ? { kind: "internet" } : source;
    },
  };
  return {
    matches: ({ headers }) => HOST.test(hostOf(headers)),
    handle: async (request, endpoint): Promise<Reply> => {
      const host = hostOf(request.headers);
      const [, prefix = "", region = ""] = HOST.exec(host) ?? [];
      const connection = await connectionOf(publicNetwork, region, request, host, endpoint);
      if (!connection.connected) return connection.reply;
      const pool = directory.poolOfDomain(region, prefix);
      return pool ? await signIn.handle(pool, request) : errorPage("No user pool has this domain.");
    },
  };
}

function hostOf({ host = "" }: HttpRequest["headers"]): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}
