import { randomBytes } from "node:crypto";

import type { ShareRegistry } from "../ram/share-registry";
import type { Place } from "../vpc-lookup";

type Shares = Pick<ShareRegistry, "sharedWith" | "isShared">;

/** What all things of the service have. */
interface Stored extends Place {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface Profile extends Stored {
  readonly arn: string;
  readonly clientToken: string;
  readonly tags: Map<string, string>;
}

/** A zone in a profile. Its account is the profile's. */
export interface ProfileZone extends Stored {
  readonly profileId: string;
  readonly zoneArn: string;
}

/** A VPC that has a profile. Its account is the VPC's, also where the profile is another account's. */
export interface ProfileVpc extends Stored {
  readonly arn: string;
  readonly profileId: string;
  readonly vpcId: string;
  readonly tags: Map<string, string>;
}

/** AWS's ids: `rp-001ba2563f9example6` and the like. */
function newId(kind: "rp" | "rpr" | "rpassoc"): string {
  return `${kind}-${randomBytes(8).toString("hex")}`;
}

/** The Route 53 Profiles of every account, which moto does not have. The operations check the caller's permissions. */
export class ProfileStore {
  readonly profiles = new Map<string, Profile>();
  readonly zones = new Map<string, ProfileZone>();
  readonly vpcs = new Map<string, ProfileVpc>();
  readonly #shares: Shares;

  constructor(shares: Shares) {
    this.#shares = shares;
  }

  addProfile(place: Place, properties: Pick<Profile, "name" | "clientToken" | "tags">): Profile {
    const id = newId("rp");
    const profile = { ...properties, ...placed(place), id, arn: arnOf(place, "profile", id) };
    this.profiles.set(id, profile);
    return profile;
  }

  addZone(place: Place, properties: Pick<ProfileZone, "name" | "profileId" | "zoneArn">): ProfileZone {
    const zone = { ...properties, ...placed(place), id: newId("rpr") };
    this.zones.set(zone.id, zone);
    return zone;
  }

  addVpc(place: Place, properties: Pick<ProfileVpc, "name" | "profileId" | "vpcId" | "tags">): ProfileVpc {
    const id = newId("rpassoc");
    const vpc = { ...properties, ...placed(place), id, arn: arnOf(place, "profile-association", id) };
    this.vpcs.set(id, vpc);
    return vpc;
  }

  /** Also removes what is in it, as AWS does. */
  deleteProfile({ id }: Profile): void {
    this.profiles.delete(id);
    for (const zone of this.zones.values()) if (zone.profileId === id) this.zones.delete(zone.id);
  }

  /** Whether the account owns the profile, or has a part in a share of it. */
  isVisible(profile: Profile, account: string): boolean {
    return profile.account === account || this.#shares.sharedWith(account).includes(profile.arn);
  }

  /** How a profile's share looks from an account that sees it. */
  shareStatus(profile: Profile, account: string): "NOT_SHARED" | "SHARED_BY_ME" | "SHARED_WITH_ME" {
    if (profile.account !== account) return "SHARED_WITH_ME";
    return this.#shares.isShared(profile.arn) ? "SHARED_BY_ME" : "NOT_SHARED";
  }

  /**
   * VPCs that have the zone by their profile. A VPC whose account lost its part in the profile's share has it no longer.
   *
   * Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html#sharing-unshare
   */
  vpcsWith(zoneId: string): readonly string[] {
    return [...this.zones.values()]
      .filter(({ zoneArn }) => zoneArn.endsWith(`/${zoneId}`))
      .flatMap(({ profileId }) => [...this.vpcs.values()].filter((vpc) => vpc.profileId === profileId))
      .filter(({ profileId, account }) => {
        const profile = this.profiles.get(profileId);
        return profile !== undefined && this.isVisible(profile, account);
      })
      .map(({ vpcId }) => vpcId);
  }

  /** What a destroy has to remove. */
  get leftovers(): readonly { readonly place: Place; readonly kind: string; readonly id: string }[] {
    const of = (kind: string, stored: Iterable<Stored>) =>
      [...stored].map(({ account, region, id }) => ({ place: { account, region }, kind, id }));
    return [
      ...of("profile", this.profiles.values()),
      ...of("profile-resource-association", this.zones.values()),
      ...of("profile-association", this.vpcs.values()),
    ];
  }
}

function placed({ account, region }: Place): Place & { readonly createdAt: Date } {
  return { account, region, createdAt: new Date() };
}

function arnOf({ account, region }: Place, kind: string, id: string): string {
  return `arn:aws:route53profiles:${region}:${account}:${kind}/${id}`;
}
