import {
  AppStatus,
  DeleteAppCommand,
  DeleteSpaceCommand,
  DeleteUserProfileCommand,
  DescribeDomainCommand,
  DescribeUserProfileCommand,
  ListAppsCommand,
  ListSpacesCommand,
  ListUserProfilesCommand,
  type AppDetails,
  type SageMakerClient,
  type SpaceDetails,
} from "@aws-sdk/client-sagemaker";

import { unlessNamed } from "./aws-errors";
import { drain, type Kind } from "./drain";
import { allPages } from "./pages";
import type { Waiting } from "./wait";

/** An app, a space or a user profile, for messages. */
export interface Member {
  readonly name: string;
  readonly status: string;
}

/** The content of a domain. */
export interface DomainContent {
  /** Without failed and deleted apps, which do not block the deletion of the domain. */
  readonly apps: readonly Member[];
  readonly spaces: readonly Member[];
  readonly profiles: readonly string[];
}

/** States in which a space or a profile cannot be deleted: it is being changed or deleted. */
const CHANGING = new Set(["Pending", "Updating", "Deleting"]);

/** The Studio domains of one account, and what users made in them. */
export class Studio {
  readonly #client: Pick<SageMakerClient, "send">;

  constructor(client: Pick<SageMakerClient, "send">) {
    this.#client = client;
  }

  /** The domain's status, such as `InService` or `Deleting`; undefined when there is no such domain. */
  async statusOf(domainId: string): Promise<string | undefined> {
    const found = await unlessNamed(["ResourceNotFound"], async () =>
      this.#client.send(new DescribeDomainCommand({ DomainId: domainId })),
    );
    return found && (found.Status ?? "of unknown status");
  }

  async contentOf(domainId: string): Promise<DomainContent> {
    const kinds = [this.#apps(domainId), this.#spaces(domainId)] as const;
    const [apps, spaces] = await Promise.all([membersOf(kinds[0]), membersOf(kinds[1])]);
    const profiles = (await this.#profiles(domainId, new Set()).list()).map(({ name }) => name);
    return { apps, spaces, profiles };
  }

  /**
   * Deletes what users made in a domain, in the order that SageMaker requires: apps, spaces, and the profiles that
   * Terraform does not know.
   *
   * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/gs-studio-delete-domain.html
   */
  async empty(domainId: string, knownProfiles: readonly string[], waiting: Waiting): Promise<void> {
    await drain(this.#apps(domainId), waiting);
    await drain(this.#spaces(domainId), waiting);
    await drain(this.#profiles(domainId, new Set(knownProfiles)), waiting);
  }

  /** Whether the domain has a profile of this name, in any state. */
  async hasProfile(domainId: string, profile: string): Promise<boolean> {
    const input = { DomainId: domainId, UserProfileName: profile };
    const found = await unlessNamed(["ResourceNotFound"], async () =>
      this.#client.send(new DescribeUserProfileCommand(input)),
    );
    return found !== undefined;
  }

  /** What is one profile's own: its apps, its private spaces, and their apps. Spaces that it shares are not. */
  async contentOfProfile(domainId: string, profile: string): Promise<Pick<DomainContent, "apps" | "spaces">> {
    const spaces = this.#spaces(domainId, profile);
    return { apps: await membersOf(this.#appsOf(domainId, profile)), spaces: await membersOf(spaces) };
  }

  /** Ends the apps of {@link contentOfProfile}, also those that start meanwhile. */
  async endApps(domainId: string, profile: string, waiting: Waiting): Promise<void> {
    await drain(this.#appsOf(domainId, profile), waiting);
  }

  /** Deletes the private spaces of a profile, with their volumes. */
  async deleteSpaces(domainId: string, profile: string, waiting: Waiting): Promise<void> {
    await drain(this.#spaces(domainId, profile), waiting);
  }

  /** Deletes a profile, which has no app and no space any more. */
  async deleteProfile(domainId: string, profile: string, waiting: Waiting): Promise<void> {
    const profiles = this.#profiles(domainId, new Set());
    const list = async (): Promise<Member[]> =>
      (await profiles.list()).filter(({ name }) => name === profile);
    await drain({ ...profiles, list }, waiting);
  }

  #appsOf(domainId: string, profile: string): Kind<AppDetails & Member> {
    const apps = this.#apps(domainId);
    const spaces = this.#spaces(domainId, profile);
    return {
      ...apps,
      list: async () => {
        const own = new Set((await spaces.list()).map(({ name }) => name));
        return (await apps.list()).filter(
          ({ UserProfileName, SpaceName }) =>
            UserProfileName === profile || (SpaceName !== undefined && own.has(SpaceName)),
        );
      },
    };
  }

  #apps(domainId: string): Kind<AppDetails & Member> {
    return {
      plural: "apps",
      minutes: 20,
      list: async () => {
        const apps = await allPages(async (next) => {
          const input = { DomainIdEquals: domainId, MaxResults: 100, NextToken: next };
          const { Apps, NextToken } = await this.#client.send(new ListAppsCommand(input));
          return { items: Apps, next: NextToken };
        });
        return apps.map((app) => ({ ...app, name: appName(app), status: app.Status ?? "" }));
      },
      nameOf: ({ name }) => name,
      next: ({ status }) => {
        if (status === AppStatus.Failed || status === AppStatus.Deleted) return "ignore";
        return status === AppStatus.InService ? "delete" : "wait";
      },
      delete: async ({ UserProfileName, SpaceName, AppType, AppName }) => {
        const owner = SpaceName === undefined ? { UserProfileName } : { SpaceName };
        await this.#client.send(new DeleteAppCommand({ DomainId: domainId, ...owner, AppType, AppName }));
      },
    };
  }

  /** @param owner - profile whose private spaces are meant; absent: all spaces */
  #spaces(domainId: string, owner?: string): Kind<Member> {
    return {
      plural: "spaces",
      minutes: 15,
      list: async () => {
        const spaces = await allPages(async (next) => {
          const input = { DomainIdEquals: domainId, MaxResults: 100, NextToken: next };
          const { Spaces, NextToken } = await this.#client.send(new ListSpacesCommand(input));
          return { items: Spaces, next: NextToken };
        });
        return spaces
          .filter((space) => owner === undefined || isPrivateSpaceOf(owner, space))
          .map(({ SpaceName = "", Status = "" }) => ({ name: SpaceName, status: Status }));
      },
      nameOf: ({ name }) => name,
      next: ({ status }) => (CHANGING.has(status) ? "wait" : "delete"),
      delete: async ({ name }) =>
        this.#client.send(new DeleteSpaceCommand({ DomainId: domainId, SpaceName: name })),
    };
  }

  #profiles(domainId: string, known: ReadonlySet<string>): Kind<Member> {
    return {
      plural: "user profiles",
      minutes: 10,
      list: async () => {
        const profiles = await allPages(async (next) => {
          const input = { DomainIdEquals: domainId, MaxResults: 100, NextToken: next };
          const { UserProfiles, NextToken } = await this.#client.send(new ListUserProfilesCommand(input));
          return { items: UserProfiles, next: NextToken };
        });
        return profiles
          .map(({ UserProfileName = "", Status = "" }) => ({ name: UserProfileName, status: Status }))
          .filter(({ name }) => !known.has(name));
      },
      nameOf: ({ name }) => name,
      next: ({ status }) => (CHANGING.has(status) ? "wait" : "delete"),
      delete: async ({ name }) =>
        this.#client.send(new DeleteUserProfileCommand({ DomainId: domainId, UserProfileName: name })),
    };
  }
}

/** A space that says neither whose it is nor with whom it is shared is nobody's here: its data may be others'. */
function isPrivateSpaceOf(
  profile: string,
  { OwnershipSettingsSummary, SpaceSharingSettingsSummary }: SpaceDetails,
): boolean {
  return (
    OwnershipSettingsSummary?.OwnerUserProfileName === profile &&
    SpaceSharingSettingsSummary?.SharingType === "Private"
  );
}

async function membersOf<Item extends Member>(kind: Kind<Item>): Promise<Member[]> {
  const items = (await kind.list()).filter((item) => kind.next(item) !== "ignore");
  return items.map(({ name, status }) => ({ name, status }));
}

/** `JupyterLab default in space work`. */
function appName({ AppType, AppName = "", SpaceName, UserProfileName = "" }: AppDetails): string {
  const place = SpaceName === undefined ? `of ${UserProfileName}` : `in space ${SpaceName}`;
  return `${AppType ?? "app"} ${AppName} ${place}`;
}
