import { ShareRegistry } from "../ram/share-registry";
import { RamService } from "../ram/ram-service";
import { ZoneRegistry } from "../route53/zone-registry";
import { fakeCall, FakeMoto, xmlAnswer } from "../testing/fake-moto";
import { ProfileStore } from "./profile-store";
import { ProfilesService } from "./profiles-service";

const HUB = "111111111111";
const LOB = "222222222222";
const STRANGER = "333333333333";
const VPCS: Readonly<Record<string, string>> = { "vpc-hub": HUB, "vpc-lob": LOB };
const ZONE = "arn:aws:route53:::hostedzone/Z1";

type Answer = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

class Profiles {
  readonly shares = new ShareRegistry();
  readonly store = new ProfileStore(this.shares);
  readonly #ram = new RamService(this.shares, { inOrganization: true });
  readonly #service: ProfilesService;

  constructor() {
    const zones = new ZoneRegistry();
    zones.created("Z1", HUB);
    zones.created("ZLOB", LOB);
    const moto = new FakeMoto({
      query: (_service, account, _region, parameters) => {
        const id = parameters["VpcId.1"] ?? "";
        const item = VPCS[id] === account ? `<item><vpcId>${id}</vpcId></item>` : "";
        return xmlAnswer(`<R><vpcSet>${item}</vpcSet></R>`);
      },
    });
    this.#service = new ProfilesService(moto, this.store, zones);
  }

  async as(account: string, method: string, path: string, input?: object): Promise<Answer> {
    const body = input === undefined ? "" : JSON.stringify(input);
    const call = fakeCall({ service: "route53profiles", account, method, path, body });
    return JSON.parse((await this.#service.handle(call)).body.toString()) as Answer;
  }

  /** A profile of the hub's. @returns its id */
  async profile(): Promise<string> {
    const { Profile } = await this.as(HUB, "POST", "/profile", { Name: "zones", ClientToken: "1" });
    return String(Profile?.["Id"]);
  }

  async share(profileId: string, account: string): Promise<string> {
    const resourceArns = [this.store.profiles.get(profileId)?.arn];
    const body = JSON.stringify({ name: "hub", resourceArns, principals: [account] });
    const call = fakeCall({ service: "ram", account: HUB, path: "/createresourceshare", body });
    const { resourceShare } = JSON.parse((await this.#ram.handle(call)).body.toString()) as Answer;
    return String(resourceShare?.["resourceShareArn"]);
  }

  async addZone(ProfileId: string, ResourceArn = ZONE, account = HUB): Promise<Answer> {
    return this.as(account, "POST", "/profileresourceassociation", { Name: "z", ProfileId, ResourceArn });
  }

  async addVpc(ProfileId: string, ResourceId = "vpc-lob", account = LOB): Promise<Answer> {
    return this.as(account, "POST", "/profileassociation", { Name: "v", ProfileId, ResourceId });
  }
}

describe("a Route 53 profile", () => {
  it("gives its zones to a VPC of an account that it is shared with, as long as it is", async () => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    await profiles.addZone(id);
    await expect(profiles.addVpc(id)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    const share = await profiles.share(id, LOB);
    await expect(profiles.addVpc(id)).resolves.toMatchObject({
      ProfileAssociation: { OwnerId: LOB, ResourceId: "vpc-lob", Status: "COMPLETE" },
    });
    expect(profiles.store.vpcsWith("Z1")).toEqual(["vpc-lob"]);
    expect(profiles.store.vpcsWith("Z2")).toEqual([]);
    const shared = profiles.shares.share(share);
    if (shared) profiles.shares.delete(shared);
    expect(profiles.store.vpcsWith("Z1")).toEqual([]);
  });

  it("is seen by its owner and those whom it is shared with, and changed by its owner alone", async () => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    await profiles.share(id, LOB);
    const get = async (account: string): Promise<unknown> =>
      (await profiles.as(account, "GET", `/profile/${id}`))["Profile"]?.["ShareStatus"];
    await expect(get(HUB)).resolves.toBe("SHARED_BY_ME");
    await expect(get(LOB)).resolves.toBe("SHARED_WITH_ME");
    await expect(get(STRANGER)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
    await expect(profiles.addZone(id, "arn:aws:route53:::hostedzone/ZLOB", LOB)).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
    await expect(profiles.as(LOB, "DELETE", `/profile/${id}`)).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
  });

  it.each([
    ["a zone of another account", "arn:aws:route53:::hostedzone/ZLOB", "ResourceNotFoundException"],
    ["a zone that is in it already", ZONE, "ConflictException"],
    ["anything but a zone", "arn:aws:route53resolver:eu-west-1:1:firewall-rule-group/g", "NotImplemented"],
  ])("takes not %s", async (_name, arn, code) => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    await profiles.addZone(id);
    await expect(profiles.addZone(id, arn)).rejects.toMatchObject({ code });
  });

  it("is one per VPC, and of the account's own VPCs", async () => {
    const profiles = new Profiles();
    const [one, other] = [await profiles.profile(), await profiles.profile()];
    await profiles.addVpc(one, "vpc-hub", HUB);
    await expect(profiles.addVpc(other, "vpc-hub", HUB)).rejects.toMatchObject({
      code: "ResourceExistsException",
    });
    await expect(profiles.addVpc(one, "vpc-lob", HUB)).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  it("goes with its zones, once no VPC has it", async () => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    await profiles.addZone(id);
    await profiles.addVpc(id, "vpc-hub", HUB);
    const remove = async (): Promise<Answer> => profiles.as(HUB, "DELETE", `/profile/${id}`);
    await expect(remove()).rejects.toMatchObject({ code: "ConflictException" });
    await profiles.as(HUB, "DELETE", `/profileassociation/Profileid/${id}/resourceid/vpc-hub`);
    await expect(remove()).resolves.toMatchObject({ Profile: { Status: "DELETING" } });
    expect(profiles.store.leftovers).toEqual([]);
  });

  it("lists its zones and VPCs, and loses a zone by its ARN", async () => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    const zoneId = (await profiles.addZone(id))["ProfileResourceAssociation"]?.["Id"];
    const vpcId = (await profiles.addVpc(id, "vpc-hub", HUB))["ProfileAssociation"]?.["Id"];
    await expect(profiles.as(HUB, "GET", "/profiles")).resolves.toMatchObject({
      ProfileSummaries: [{ Id: id }],
    });
    const zones = `/profileresourceassociations/profileid/${id}`;
    await expect(profiles.as(HUB, "GET", zones)).resolves.toMatchObject({
      ProfileResourceAssociations: [{ Id: zoneId, ResourceArn: ZONE }],
    });
    await expect(
      profiles.as(HUB, "GET", `/profileassociations?profileId=${id}&resourceId=vpc-hub`),
    ).resolves.toMatchObject({ ProfileAssociations: [{ Id: vpcId }] });
    const zone = encodeURIComponent(ZONE);
    await profiles.as(HUB, "DELETE", `/profileresourceassociation/profileid/${id}/resourcearn/${zone}`);
    await expect(profiles.as(HUB, "GET", zones)).resolves.toEqual({ ProfileResourceAssociations: [] });
    await expect(
      profiles.as(HUB, "GET", `/profileresourceassociation/${String(zoneId)}`),
    ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });

  it("keeps tags for its own account", async () => {
    const profiles = new Profiles();
    const id = await profiles.profile();
    const tags = `/tags/${encodeURIComponent(profiles.store.profiles.get(id)?.arn ?? "")}`;
    await profiles.as(HUB, "POST", tags, { Tags: { a: "1", b: "2" } });
    await profiles.as(HUB, "DELETE", `${tags}?tagKeys=a`);
    await expect(profiles.as(HUB, "GET", tags)).resolves.toEqual({ Tags: { b: "2" } });
    await expect(profiles.as(LOB, "GET", tags)).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });
});
