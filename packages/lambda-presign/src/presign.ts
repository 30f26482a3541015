import type { LobRecord, PresignedStudioUrl } from "@studio-access/shared-types";
import type { PresignRequest } from "./presign-request";
import { Refused } from "./refusal";

/** The two tables. Rejects with {@link Refused} for an invalid record, or when a table cannot be read. */
export interface Directory {
  /** Name of the user's line of business; undefined for an unknown user. */
  lobNameOf(userName: string, signal: AbortSignal): Promise<string | undefined>;
  /** Undefined for an unknown line of business. */
  findLob(name: string, signal: AbortSignal): Promise<LobRecord | undefined>;
}

/** Makes a presigned URL for one user in their own domain. Rejects with {@link Refused}. */
export interface Studio {
  presign(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<string>;
}

export interface PresignDeps {
  readonly directory: Directory;
  readonly studio: Studio;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The URL as a browser reads it, if it leads into this domain's Studio. A row that points at a stranger's account must
 * not make us send our users to the stranger's page.
 */
function studioUrl(url: string, domainId: string, region: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const origin = `https://${domainId}.studio.${region}.sagemaker.aws`;
  // The origin of blob:https://… is that of its inner URL.
  const isOurs = parsed?.protocol === "https:" && parsed.origin === origin;
  if (!isOurs || parsed.username !== "" || parsed.password !== "") {
    throw new Refused("upstream_error", "url_unexpected");
  }
  return parsed.href;
}

/**
 * Makes a user's Studio URL. The handler has already verified that the caller may ask for it.
 *
 * @throws {Refused} for every failure that is known
 */
export async function presign(
  request: PresignRequest,
  deps: PresignDeps,
  signal: AbortSignal,
): Promise<PresignedStudioUrl> {
  const lobName = await deps.directory.lobNameOf(request.userName, signal);
  // The same answer as for a colleague's name, so that names cannot be probed.
  if (lobName === undefined) throw new Refused("forbidden", "user_unknown");

  const lob = await deps.directory.findLob(lobName, signal);
  if (lob === undefined) throw new Refused("studio_not_found", "lob_unknown");

  // Counted from before the call: the URL may live a little longer than we say, never shorter.
  const expiresAt = new Date(deps.now() + deps.urlExpiresSeconds * 1000).toISOString();
  const url = await deps.studio.presign(request, lob, signal);
  return { url: studioUrl(url, lob.DOMAIN_ID, deps.region), expiresAt };
}
