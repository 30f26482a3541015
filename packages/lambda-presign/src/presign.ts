import { type LobRecord, type PresignedStudioUrl, USER_NAME_PATTERN } from "@studio-access/shared-types";
import { Refused } from "./refusal";

/** The two tables. Rejects with {@link Refused} for a record that does not hold, or when a table cannot be read. */
export interface Directory {
  /** Name of the user's line of business; undefined for an unknown user. */
  lobNameOf(userName: string, signal: AbortSignal): Promise<string | undefined>;
  /** Undefined for an unknown line of business. */
  findLob(name: string, signal: AbortSignal): Promise<LobRecord | undefined>;
}

/** Makes a presigned URL for one user in their own domain. Rejects with {@link Refused}. */
export interface Studio {
  presign(userName: string, lob: LobRecord, signal: AbortSignal): Promise<string>;
}

export interface PresignDeps {
  readonly directory: Directory;
  readonly studio: Studio;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** As the event has them: nothing is taken for granted. */
export interface PresignRequest {
  /** Name that the authorizer verified. */
  readonly identity: unknown;
  /** Name in the path. */
  readonly path: unknown;
}

function verifiedUser({ identity, path }: PresignRequest): string {
  if (identity === undefined || identity === null) throw new Refused("forbidden", "identity_missing");
  if (typeof identity !== "string" || !USER_NAME_PATTERN.test(identity)) {
    throw new Refused("forbidden", "identity_malformed");
  }
  if (path !== identity) throw new Refused("forbidden", "path_differs");
  return identity;
}

/**
 * The URL as a browser reads it, if it leads into this domain's Studio. A row that points at a stranger's account must
 * not make us send our users to the stranger's page.
 */
function studioUrl(url: string, domainId: string, region: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const origin = `https://${domainId}.studio.${region}.sagemaker.aws`;
  if (parsed?.origin !== origin || parsed.username !== "" || parsed.password !== "") {
    throw new Refused("upstream_error", "url_unexpected");
  }
  return parsed.href;
}

/**
 * Makes the verified user's Studio URL.
 *
 * @throws {Refused} for every reason there is
 */
export async function presign(
  request: PresignRequest,
  deps: PresignDeps,
  signal: AbortSignal,
): Promise<PresignedStudioUrl> {
  const userName = verifiedUser(request);
  const lobName = await deps.directory.lobNameOf(userName, signal);
  // The same answer as for a colleague's name, so that names cannot be probed.
  if (lobName === undefined) throw new Refused("forbidden", "user_unknown");

  const lob = await deps.directory.findLob(lobName, signal);
  if (lob === undefined) throw new Refused("studio_not_found", "lob_unknown");

  // Counted from before the call: the URL may live a little longer than we say, never shorter.
  const expiresAt = new Date(deps.now() + deps.urlExpiresSeconds * 1000).toISOString();
  const url = await deps.studio.presign(userName, lob, signal);
  return { url: studioUrl(url, lob.DOMAIN_ID, deps.region), expiresAt };
}
