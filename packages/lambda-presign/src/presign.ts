import type { LobRecord, PresignedStudioUrl } from "@studio-access/shared-types";
import type { PresignRequest } from "./presign-request";
import { Refused } from "./refusal";

/** Where the tables say that a user belongs. */
export interface Places {
  /** Name of the line of business that lists the user. */
  readonly own: string | undefined;
  /** Names of the lines of business of the user's groups. */
  readonly byGroups: readonly string[];
}

/** The tables. Rejects with {@link Refused} for an invalid record, or when a table cannot be read. */
export interface Directory {
  placesOf(request: PresignRequest, signal: AbortSignal): Promise<Places>;
  /**
   * Undefined for an unknown line of business.
   *
   * @param withMaker whether a record that was remembered counts only if it has a role that makes profiles
   */
  findLob(name: string, withMaker: boolean, signal: AbortSignal): Promise<LobRecord | undefined>;
}

/** Makes a presigned URL for one user in their own domain. Rejects with {@link Refused}. */
export interface Studio {
  presign(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<string>;
}

/** `begun`: SageMaker makes it from now on. `pending`: it is being made, changed or deleted. */
export type ProfileState = "begun" | "pending" | "ready" | "failed";

/** Makes profiles. */
export interface ProfileMaker {
  /** Begins to make the user's profile where there is none. Rejects with {@link Refused}. */
  make(request: PresignRequest, lob: LobRecord, signal: AbortSignal): Promise<ProfileState>;
}

export interface PresignDeps {
  readonly directory: Directory;
  readonly studio: Studio;
  /** For people who come by a group. Undefined: nobody's profile is made. */
  readonly profileMaker?: ProfileMaker | undefined;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A user's one line of business. */
interface Home {
  readonly lobName: string;
  /** Whether a group leads there, and not an entry of the user's own: then nothing else has made a profile. */
  readonly isByGroup: boolean;
}

/**
 * The user's line of business. An entry of the user's own counts before groups.
 *
 * @throws {Refused} for none, and for more than one
 */
export function homeOf({ own, byGroups }: Places, groups: PresignRequest["groups"]): Home {
  if (own !== undefined) return { lobName: own, isByGroup: false };
  if (typeof groups === "string") throw new Refused(groups, groups);
  const [lobName, ...others] = new Set(byGroups);
  // The same answer as for a colleague's name, so that names cannot be probed.
  if (lobName === undefined) throw new Refused("forbidden", "user_unknown");
  if (others.length > 0) throw new Refused("lob_ambiguous", "lob_ambiguous");
  return { lobName, isByGroup: true };
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
  const places = await deps.directory.placesOf(request, signal);
  const { lobName, isByGroup } = homeOf(places, request.groups);
  const lob = await deps.directory.findLob(lobName, isByGroup, signal);
  if (lob === undefined) throw new Refused("studio_not_found", "lob_unknown");

  // Counted from before the call: the URL may live a little longer than we say, never shorter.
  const expiresAt = new Date(deps.now() + deps.urlExpiresSeconds * 1000).toISOString();
  try {
    const url = await deps.studio.presign(request, lob, signal);
    return { url: studioUrl(url, lob.DOMAIN_ID, deps.region), expiresAt };
  } catch (error) {
    if (!isByGroup || deps.profileMaker === undefined || !isWithoutProfile(error)) throw error;
    throw refusalFor(await deps.profileMaker.make(request, lob, signal), error);
  }
}

/**
 * Whether there may be no profile that is ready. SageMaker documents its answer for one that is not there; for one that is
 * being made it documents none, so any answer of its own that says no more than "not so" is looked into.
 */
function isWithoutProfile(error: unknown): error is Refused {
  return error instanceof Refused && ["profile_unknown", "sagemaker_error"].includes(error.reason);
}

function refusalFor(state: ProfileState, error: Refused): Refused {
  if (state === "failed") return new Refused("profile_failed", "profile_failed");
  if (state === "begun") return new Refused("profile_pending", "profile_begun");
  // Ready by now: the next request opens it, unless SageMaker refused for another reason.
  return state === "ready" && error.reason !== "profile_unknown"
    ? error
    : new Refused("profile_pending", "profile_pending");
}
