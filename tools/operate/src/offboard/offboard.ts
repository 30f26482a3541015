import type { LineOfBusiness } from "@studio-access/config";

import type { Studio } from "../teardown/studio";
import type { Waiting } from "../teardown/wait";

/** What an offboarding needs of Studio. */
type OffboardedStudio = Pick<
  Studio,
  "contentOfProfile" | "deleteProfile" | "deleteSpaces" | "endApps" | "hasProfile"
>;

/** The Studio domain of a line of business. */
export interface LobDomain {
  readonly lob: LineOfBusiness;
  readonly domainId: string;
  readonly studio: OffboardedStudio;
}

export interface Person {
  /** What the identity provider, and the config, call the person. */
  readonly name: string;
  readonly profile: string;
}

/**
 * The lines of business in which a person is listed, is blocked already, or has a profile, which may be from an earlier
 * group of theirs: an open session may be in any of them.
 *
 * @param domainOf - undefined for a line of business that is not deployed
 */
export async function placesOf(
  { name, profile }: Person,
  lobs: readonly LineOfBusiness[],
  domainOf: (lob: LineOfBusiness) => Promise<LobDomain | undefined>,
): Promise<readonly LineOfBusiness[]> {
  const found: LineOfBusiness[] = [];
  for (const lob of lobs) {
    const isNamed = lob.users.includes(name) || lob.blockedUsers?.includes(name) === true;
    const domain = isNamed || lob.groups === undefined ? undefined : await domainOf(lob);
    const hasProfile = domain !== undefined && (await domain.studio.hasProfile(domain.domainId, profile));
    if (isNamed || hasProfile) found.push(lob);
  }
  return found;
}

/** What runs and is stored for a person, as lines for people. */
export async function contentText({ profile }: Person, domains: readonly LobDomain[]): Promise<string> {
  const lines: string[] = [];
  for (const { lob, domainId, studio } of domains) {
    const { apps, spaces } = await studio.contentOfProfile(domainId, profile);
    const named = [...apps, ...spaces.map(({ name }) => ({ name: `space ${name}` }))];
    lines.push(`${lob.name}: ${named.map(({ name }) => name).join(", ") || "no apps, no spaces"}`);
  }
  return lines.join("\n");
}

export interface Ending {
  readonly waiting: Waiting;
  /** Deletes private spaces with their volumes, and profiles that were made at a sign-in. */
  readonly deleteData: boolean;
  /** Told of each thing that is done. */
  readonly done: (text: string) => void;
}

/** Ends what runs for a person whose roles deny them everything already. Each step first looks, so it can be repeated. */
export async function endWhatRuns(
  { name, profile }: Person,
  domains: readonly LobDomain[],
  { waiting, deleteData, done }: Ending,
): Promise<void> {
  for (const { lob, domainId, studio } of domains) {
    await studio.endApps(domainId, profile, waiting);
    done(`${lob.name}: no app runs for ${name}`);
    if (!deleteData) continue;
    await studio.deleteSpaces(domainId, profile, waiting);
    done(`${lob.name}: no private space is left, and no volume of one`);
    // Terraform would make a listed user's profile again.
    if (lob.users.includes(name)) continue;
    await studio.deleteProfile(domainId, profile, waiting);
    done(`${lob.name}: no profile is left`);
  }
}
