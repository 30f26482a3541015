import { DENIED_BY, headerText } from "../enforcement/refusal";
import { connectionOf } from "../network/connection";
import type { Network } from "../network/network";
import type { EndpointPath, Reply } from "../server/call";
import type { HttpMount, PresignedUrlRecord } from "../server/data-plane";
import type { HttpRequest } from "../server/parse-call";
import { parseStudioAddress, type StudioAddress } from "./studio-address";
import { refusalPage, studioPage } from "./studio-pages";
import type { StudioSession, UrlRegistry } from "./url-registry";

/** Whether a URL may be used, with the reason when it may not. */
interface UseDecision {
  readonly allowed: boolean;
  /** The statement or policy that denied the use, for logs; AWS does not reveal it. */
  readonly deniedBy?: string;
}

/**
 * Whether a URL may be used through an endpoint: AWS evaluates the policies of the role that created it again on every
 * request of the session. `endpoint` is undefined for a request from the public network.
 */
export type MayUse = (record: PresignedUrlRecord, endpoint: EndpointPath | undefined) => Promise<UseDecision>;

export interface StudioMountOptions {
  readonly registry: UrlRegistry;
  readonly network: Pick<Network, "sourceOf" | "reach">;
  readonly mayUse: MayUse;
  readonly clock: () => number;
}

const COOKIE = "StudioSession";

/** Answers requests to Studio's URLs: opens presigned URLs, and shows the domain and user profile. */
export function createStudioMount(options: StudioMountOptions): HttpMount {
  return {
    matches: (request) => parseStudioAddress(request) !== undefined,
    handle: async (request, endpoint) => {
      const address = parseStudioAddress(request);
      return address ? await handle(options, request, address, endpoint) : refusalPage("Not found", 404);
    },
  };
}

async function handle(
  options: StudioMountOptions,
  request: HttpRequest,
  address: StudioAddress,
  cameThrough: EndpointPath | undefined,
): Promise<Reply> {
  const region = address.region ?? options.registry.regionOf(address.domainId);
  // No URL was ever created for this domain, so every token is invalid.
  if (region === undefined) return refusalPage("Auth token is not valid", 403);
  const host = `${address.domainId}.studio.${region}.sagemaker.aws`;
  const connection = await connectionOf(options.network, region, request, host, cameThrough);
  if (!connection.connected) return connection.reply;
  return address.path === "/auth"
    ? await openUrl(options, request, address, region, connection.endpoint)
    : await continueSession(options, request, address, region, connection.endpoint);
}

async function openUrl(
  { registry, mayUse, clock }: StudioMountOptions,
  request: HttpRequest,
  address: StudioAddress,
  region: string,
  endpoint: EndpointPath | undefined,
): Promise<Reply> {
  const { state, record } = registry.find(request.url.searchParams.get("token") ?? "", address.domainId);
  if (!record) return refusalPage("Auth token is not valid", 403);
  if (state === "expired") return signIn(region);
  const use = await mayUse(record, endpoint);
  if (!use.allowed) return wrongNetwork(use);
  const session = registry.open(record);
  const seconds = Math.round((session.expiresAt - clock()) / 1000);
  const cookie = `${COOKIE}=${session.id}; Path=${address.base}/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return page(session, { "set-cookie": cookie });
}

async function continueSession(
  { registry, mayUse }: StudioMountOptions,
  request: HttpRequest,
  address: StudioAddress,
  region: string,
  endpoint: EndpointPath | undefined,
): Promise<Reply> {
  const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1];
  const session = id === undefined ? undefined : registry.session(id, address.domainId);
  if (!session) return signIn(region);
  const use = await mayUse(session.record, endpoint);
  return use.allowed ? page(session, {}) : wrongNetwork(use);
}

function page({ record, expiresAt }: StudioSession, headers: Readonly<Record<string, string>>): Reply {
  const reply = studioPage(record.domainId, record.userProfileName, new Date(expiresAt));
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** AWS's error page, with the reason in a header of the local AWS. */
function wrongNetwork({ deniedBy }: UseDecision): Reply {
  const reply = refusalPage("Auth token containing insufficient permissions", 403);
  if (deniedBy === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, [DENIED_BY]: headerText(deniedBy) } };
}

function signIn(region: string): Reply {
  const headers = { location: `https://${region}.signin.aws.amazon.com/`, "cache-control": "no-store" };
  return { status: 302, headers, body: Buffer.alloc(0) };
}
