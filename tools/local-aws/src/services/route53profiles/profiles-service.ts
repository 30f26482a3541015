import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { restJsonReply } from "../../server/protocol";
import type { ZoneRegistry } from "../route53/zone-registry";
import { ownsVpc } from "../vpc-lookup";
import type { Profile, ProfileStore, ProfileVpc, ProfileZone } from "./profile-store";
import { profileSummary, profileView, vpcView, zoneView } from "./views";

/** An operation, with the values in the call's path. */
type Operation = (call: AwsCall, ...labels: readonly string[]) => object | Promise<object>;

interface Input {
  readonly Name?: string;
  readonly ClientToken?: string;
  readonly ProfileId?: string;
  readonly ResourceId?: string;
  readonly ResourceArn?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const LABEL = "([^/]+)";

/**
 * Route 53 Profiles with private hosted zones in them; moto has none. The other things that AWS takes into a profile are
 * refused. Every change is complete at once.
 *
 * Which error AWS answers is our reading of the errors that its model lists.
 *
 * Wire format: REST-JSON.
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Route_53_Profiles.html
 */
export class ProfilesService implements ServiceHandler {
  readonly #store: ProfileStore;
  readonly #zones: Pick<ZoneRegistry, "ownerOf">;
  readonly #moto: Pick<Moto, "query">;
  readonly #operations: readonly (readonly [method: string, path: RegExp, operation: Operation])[];

  constructor(moto: Pick<Moto, "query">, store: ProfileStore, zones: Pick<ZoneRegistry, "ownerOf">) {
    this.#moto = moto;
    this.#store = store;
    this.#zones = zones;
    const routes: readonly (readonly [method: string, path: string, operation: Operation])[] = [
      ["POST", "profile", (call) => this.#create(call)],
      [
        "GET",
        `profile/${LABEL}`,
        (call, id = "") => ({ Profile: this.#viewFor(call, this.#visible(call, id)) }),
      ],
      ["DELETE", `profile/${LABEL}`, (call, id = "") => this.#delete(call, id)],
      ["GET", "profiles", (call) => this.#list(call)],
      ["POST", "profileresourceassociation", (call) => this.#addZone(call)],
      ["GET", `profileresourceassociation/${LABEL}`, (call, id = "") => this.#zone(call, id)],
      [
        "DELETE",
        `profileresourceassociation/profileid/${LABEL}/resourcearn/${LABEL}`,
        (call, profileId = "", arn = "") => this.#removeZone(call, profileId, arn),
      ],
      ["GET", `profileresourceassociations/profileid/${LABEL}`, (call, id = "") => this.#listZones(call, id)],
      ["POST", "profileassociation", (call) => this.#addVpc(call)],
      ["GET", `profileassociation/${LABEL}`, (call, id = "") => this.#vpc(call, id)],
      [
        "DELETE",
        `profileassociation/Profileid/${LABEL}/resourceid/${LABEL}`,
        (call, profileId = "", vpcId = "") => this.#removeVpc(call, profileId, vpcId),
      ],
      ["GET", "profileassociations", (call) => this.#listVpcs(call)],
      ["GET", `tags/${LABEL}`, (call, arn = "") => ({ Tags: Object.fromEntries(this.#tags(call, arn)) })],
      ["POST", `tags/${LABEL}`, (call, arn = "") => this.#tag(call, arn)],
      ["DELETE", `tags/${LABEL}`, (call, arn = "") => this.#untag(call, arn)],
    ];
    this.#operations = routes.map(([method, path, operation]) => [
      method,
      new RegExp(`^/${path}/?$`),
      operation,
    ]);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const { method, url } = call;
    const [, path, operation] =
      this.#operations.find(([verb, pattern]) => verb === method && pattern.test(url.pathname)) ?? [];
    if (path === undefined || operation === undefined)
      throw notImplemented(call.service, call.operation, "Studio Access does not use it");
    const labels = (path.exec(url.pathname) ?? []).slice(1).map(decodeURIComponent);
    return restJsonReply(await operation(call, ...labels));
  }

  #create(call: AwsCall): object {
    const { Name: name = "", ClientToken: clientToken = "", Tags = [] } = inputOf(call);
    const profile = this.#store.addProfile(call, { name, clientToken, tags: tagsOf(Tags) });
    return { Profile: this.#viewFor(call, profile) };
  }

  /** "Before you can delete a profile, you must first disassociate it from all VPCs"; what is in it goes with it. */
  #delete(call: AwsCall, id: string): object {
    const profile = this.#own(call, id);
    const used = [...this.#store.vpcs.values()].filter(({ profileId }) => profileId === id);
    if (used.length > 0)
      throw conflict(`The profile ${id} is associated with ${used.map(({ vpcId }) => vpcId).join(", ")}.`);
    this.#store.deleteProfile(profile);
    return { Profile: this.#viewFor(call, profile, "DELETING") };
  }

  #list(call: AwsCall): object {
    const visible = [...this.#store.profiles.values()].filter(
      (profile) => profile.region === call.region && this.#store.isVisible(profile, call.account),
    );
    return {
      ProfileSummaries: visible.map((profile) =>
        profileSummary(profile, this.#store.shareStatus(profile, call.account)),
      ),
    };
  }

  /** RAM's default permission lets nobody but the owner put something in. */
  #addZone(call: AwsCall): object {
    const { Name: name = "", ProfileId: profileId = "", ResourceArn: zoneArn = "" } = inputOf(call);
    this.#own(call, profileId);
    const zoneId = /^arn:aws:route53:::hostedzone\/([^/]+)$/.exec(zoneArn)?.[1];
    if (zoneId === undefined)
      throw notImplemented(
        call.service,
        call.operation,
        `only private zones are put into profiles, not ${zoneArn}`,
      );
    if (this.#zones.ownerOf(zoneId) !== call.account) throw notFound(zoneArn);
    const others = [...this.#store.zones.values()].filter((zone) => zone.profileId === profileId);
    if (others.some((zone) => zone.zoneArn === zoneArn))
      throw conflict(`${zoneArn} is associated with the profile ${profileId} already.`);
    return { ProfileResourceAssociation: zoneView(this.#store.addZone(call, { name, profileId, zoneArn })) };
  }

  #zone(call: AwsCall, id: string): object {
    const zone = this.#store.zones.get(id);
    if (zone === undefined || !this.#sees(call, zone.profileId)) throw notFound(id);
    return { ProfileResourceAssociation: zoneView(zone) };
  }

  #removeZone(call: AwsCall, profileId: string, zoneArn: string): object {
    this.#own(call, profileId);
    const zone = this.#zonesOf(profileId).find((candidate) => candidate.zoneArn === zoneArn);
    if (zone === undefined) throw notFound(zoneArn);
    this.#store.zones.delete(zone.id);
    return { ProfileResourceAssociation: zoneView(zone, "DELETING") };
  }

  #listZones(call: AwsCall, profileId: string): object {
    this.#visible(call, profileId);
    return { ProfileResourceAssociations: this.#zonesOf(profileId).map((zone) => zoneView(zone)) };
  }

  /** A VPC has one profile, and its own account associates it. */
  async #addVpc(call: AwsCall): Promise<object> {
    const { Name: name = "", ProfileId: profileId = "", ResourceId: vpcId = "", Tags = [] } = inputOf(call);
    this.#visible(call, profileId);
    if (!(await ownsVpc(this.#moto, call, vpcId))) throw notFound(vpcId);
    const present = [...this.#store.vpcs.values()].find((vpc) => vpc.vpcId === vpcId);
    if (present !== undefined)
      throw new AwsError(
        "ResourceExistsException",
        `The VPC ${vpcId} is associated with the profile ${present.profileId} already.`,
      );
    return {
      ProfileAssociation: vpcView(this.#store.addVpc(call, { name, profileId, vpcId, tags: tagsOf(Tags) })),
    };
  }

  #vpc(call: AwsCall, id: string): object {
    const vpc = this.#store.vpcs.get(id);
    if (vpc === undefined || !this.#seesVpc(call, vpc)) throw notFound(id);
    return { ProfileAssociation: vpcView(vpc) };
  }

  /** The profile's owner removes it from VPCs of its own account alone, like everybody else. */
  #removeVpc({ account }: AwsCall, profileId: string, vpcId: string): object {
    const vpc = [...this.#store.vpcs.values()].find(
      (candidate) => candidate.profileId === profileId && candidate.vpcId === vpcId,
    );
    if (vpc?.account !== account) throw notFound(vpcId);
    this.#store.vpcs.delete(vpc.id);
    return { ProfileAssociation: vpcView(vpc, "DELETING") };
  }

  #listVpcs(call: AwsCall): object {
    const profileId = call.url.searchParams.get("profileId");
    const vpcId = call.url.searchParams.get("resourceId");
    const found = [...this.#store.vpcs.values()].filter(
      (vpc) =>
        this.#seesVpc(call, vpc) &&
        (profileId === null || vpc.profileId === profileId) &&
        (vpcId === null || vpc.vpcId === vpcId),
    );
    return { ProfileAssociations: found.map((vpc) => vpcView(vpc)) };
  }

  #tag(call: AwsCall, arn: string): object {
    const { Tags = {} } = JSON.parse(call.body.toString()) as { readonly Tags?: Record<string, string> };
    const tags = this.#tags(call, arn);
    for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    return {};
  }

  #untag(call: AwsCall, arn: string): object {
    const tags = this.#tags(call, arn);
    for (const key of call.url.searchParams.getAll("tagKeys")) tags.delete(key);
    return {};
  }

  #tags({ account }: AwsCall, arn: string): Map<string, string> {
    const tagged: readonly (Profile | ProfileVpc)[] = [
      ...this.#store.profiles.values(),
      ...this.#store.vpcs.values(),
    ];
    const found = tagged.find((candidate) => candidate.arn === arn && candidate.account === account);
    if (found === undefined) throw notFound(arn);
    return found.tags;
  }

  #zonesOf(profileId: string): readonly ProfileZone[] {
    return [...this.#store.zones.values()].filter((zone) => zone.profileId === profileId);
  }

  #sees({ account }: AwsCall, profileId: string): boolean {
    const profile = this.#store.profiles.get(profileId);
    return profile !== undefined && this.#store.isVisible(profile, account);
  }

  #seesVpc({ account }: AwsCall, vpc: ProfileVpc): boolean {
    return vpc.account === account || this.#store.profiles.get(vpc.profileId)?.account === account;
  }

  #visible(call: AwsCall, id: string): Profile {
    const profile = this.#store.profiles.get(id);
    if (profile === undefined || !this.#sees(call, id)) throw notFound(id);
    return profile;
  }

  #own(call: AwsCall, id: string): Profile {
    const profile = this.#visible(call, id);
    if (profile.account !== call.account)
      throw new AwsError(
        "AccessDeniedException",
        `The profile ${id} belongs to account ${profile.account}.`,
        403,
      );
    return profile;
  }

  #viewFor({ account }: AwsCall, profile: Profile, status?: string): object {
    return profileView(profile, this.#store.shareStatus(profile, account), status);
  }
}

function inputOf(call: AwsCall): Input {
  return JSON.parse(call.body.toString()) as Input;
}

function tagsOf(tags: NonNullable<Input["Tags"]>): Map<string, string> {
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

function notFound(id: string): AwsError {
  return new AwsError("ResourceNotFoundException", `${id} was not found.`, 404);
}

function conflict(message: string): AwsError {
  return new AwsError("ConflictException", message, 409);
}
