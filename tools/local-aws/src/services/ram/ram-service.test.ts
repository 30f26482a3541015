import { fakeCall } from "../testing/fake-moto";
import { RamService } from "./ram-service";
import { ShareRegistry } from "./share-registry";

const HUB = "111111111111";
const LOB = "222222222222";
const STRANGER = "333333333333";
const GATEWAY = `arn:aws:ec2:eu-west-1:${HUB}:transit-gateway/tgw-1`;

type Answer = Record<string, unknown>;
type Rows = readonly Answer[];

class Ram {
  readonly registry = new ShareRegistry();
  readonly #service: RamService;

  constructor(inOrganization = false) {
    this.#service = new RamService(this.registry, { inOrganization });
  }

  async as(account: string, operation: string, input: object): Promise<Answer> {
    const body = JSON.stringify(input);
    const reply = await this.#service.handle(
      fakeCall({ service: "ram", account, path: `/${operation}`, body }),
    );
    return JSON.parse(reply.body.toString()) as Answer;
  }

  async share(options: object = {}): Promise<string> {
    const input = { name: "hub", allowExternalPrincipals: true, resourceArns: [GATEWAY], ...options };
    const { resourceShare } = await this.as(HUB, "createresourceshare", input);
    return (resourceShare as Answer)["resourceShareArn"] as string;
  }

  async invitations(account: string): Promise<Rows> {
    return (await this.as(account, "getresourceshareinvitations", {}))["resourceShareInvitations"] as Rows;
  }

  async principals(share: string): Promise<Rows> {
    const input = { associationType: "PRINCIPAL", resourceShareArns: [share] };
    return (await this.as(HUB, "getresourceshareassociations", input))["resourceShareAssociations"] as Rows;
  }

  async accept(account: string): Promise<void> {
    const [invitation] = await this.invitations(account);
    const resourceShareInvitationArn = invitation?.["resourceShareInvitationArn"];
    await this.as(account, "acceptresourceshareinvitation", { resourceShareInvitationArn });
  }
}

describe("RAM", () => {
  it("invites an account outside the organization, and shares once it has accepted", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB] });
    expect(await ram.principals(share)).toMatchObject([
      { associatedEntity: LOB, status: "ASSOCIATING", external: true },
    ]);
    expect(ram.registry.sharedWith(LOB)).toEqual([]);
    expect(await ram.invitations(LOB)).toMatchObject([
      { receiverAccountId: LOB, senderAccountId: HUB, status: "PENDING" },
    ]);

    await ram.accept(LOB);

    expect(await ram.principals(share)).toMatchObject([{ status: "ASSOCIATED" }]);
    expect(ram.registry.sharedWith(LOB)).toEqual([GATEWAY]);
    expect(await ram.invitations(LOB)).toMatchObject([{ status: "ACCEPTED" }]);
  });

  it("shares at once, without invitation, inside the organization", async () => {
    const ram = new Ram(true);
    const share = await ram.share({ principals: [LOB] });
    expect(await ram.principals(share)).toMatchObject([{ status: "ASSOCIATED", external: false }]);
    expect(await ram.invitations(LOB)).toEqual([]);
    expect(ram.registry.sharedWith(LOB)).toEqual([GATEWAY]);
  });

  it("treats a share without external principals as inside an organization, and shares at once", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB], allowExternalPrincipals: false });
    expect(await ram.principals(share)).toMatchObject([{ status: "ASSOCIATED", external: false }]);
    expect(await ram.invitations(LOB)).toEqual([]);
  });

  it("refuses to accept an invitation twice, or one of another account", async () => {
    const ram = new Ram();
    await ram.share({ principals: [LOB] });
    const [invitation] = await ram.invitations(LOB);
    const input = { resourceShareInvitationArn: invitation?.["resourceShareInvitationArn"] };
    const byStranger = ram.as(STRANGER, "acceptresourceshareinvitation", input);
    await expect(byStranger).rejects.toMatchObject({ code: "ResourceShareInvitationArnNotFoundException" });
    await ram.accept(LOB);
    const again = ram.as(LOB, "acceptresourceshareinvitation", input);
    await expect(again).rejects.toMatchObject({ code: "ResourceShareInvitationAlreadyAcceptedException" });
  });

  it("shares nothing with an account that rejected", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB] });
    const [invitation] = await ram.invitations(LOB);
    const input = { resourceShareInvitationArn: invitation?.["resourceShareInvitationArn"] };
    await ram.as(LOB, "rejectresourceshareinvitation", input);
    expect(ram.registry.sharedWith(LOB)).toEqual([]);
    expect(await ram.principals(share)).toMatchObject([{ status: "DISASSOCIATED" }]);
  });

  it("lists a share to its receiver under OTHER-ACCOUNTS, never under SELF", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB] });
    await ram.accept(LOB);
    const list = async (account: string, resourceOwner: string): Promise<unknown[]> => {
      const { resourceShares } = await ram.as(account, "getresourceshares", {
        resourceOwner,
        resourceShareArns: [share],
      });
      return (resourceShares as Rows).map((row) => row["resourceShareArn"]);
    };
    expect(await list(LOB, "OTHER-ACCOUNTS")).toEqual([share]);
    expect(await list(LOB, "SELF")).toEqual([]);
    expect(await list(HUB, "SELF")).toEqual([share]);
    expect(await list(STRANGER, "OTHER-ACCOUNTS")).toEqual([]);
  });

  it("lists the resources that are shared with an account", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB] });
    await ram.accept(LOB);
    const input = { resourceOwner: "OTHER-ACCOUNTS", resourceShareArns: [share] };
    expect((await ram.as(LOB, "listresources", input))["resources"]).toMatchObject([
      { arn: GATEWAY, type: "ec2:TransitGateway", status: "AVAILABLE" },
    ]);
    expect((await ram.as(STRANGER, "listresources", input))["resources"]).toEqual([]);
  });

  it("names the permission of each type that is shared", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share();
    expect(
      (await ram.as(HUB, "listresourcesharepermissions", { resourceShareArn }))["permissions"],
    ).toMatchObject([{ name: "AWSRAMDefaultPermissionTransitGateway", resourceType: "ec2:TransitGateway" }]);
  });

  it("lets a receiver leave a share, but remove no other account", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share({ principals: [LOB, STRANGER] });
    await ram.accept(LOB);
    const removeOther = ram.as(LOB, "disassociateresourceshare", {
      resourceShareArn,
      principals: [STRANGER],
    });
    await expect(removeOther).rejects.toMatchObject({ code: "OperationNotPermittedException" });
    await ram.as(LOB, "disassociateresourceshare", { resourceShareArn, principals: [LOB] });
    expect(ram.registry.sharedWith(LOB)).toEqual([]);
  });

  it("removes the invitation together with the principal", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share({ principals: [LOB] });
    await ram.as(HUB, "disassociateresourceshare", { resourceShareArn, principals: [LOB] });
    expect(await ram.invitations(LOB)).toEqual([]);
  });

  it("invites again an account that was removed", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share({ principals: [LOB] });
    await ram.as(HUB, "disassociateresourceshare", { resourceShareArn, principals: [LOB] });
    await ram.as(HUB, "associateresourceshare", { resourceShareArn, principals: [LOB] });
    expect(await ram.invitations(LOB)).toMatchObject([{ status: "PENDING" }]);
  });

  it("invites nobody twice", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share({ principals: [LOB] });
    await ram.as(HUB, "associateresourceshare", { resourceShareArn, principals: [LOB] });
    expect(await ram.invitations(LOB)).toHaveLength(1);
  });

  it("ends a share for everyone when it is deleted", async () => {
    const ram = new Ram();
    const share = await ram.share({ principals: [LOB] });
    await ram.accept(LOB);
    await ram.as(HUB, `deleteresourceshare?resourceShareArn=${encodeURIComponent(share)}`, {});
    expect(ram.registry.sharedWith(LOB)).toEqual([]);
    const { resourceShares } = await ram.as(HUB, "getresourceshares", { resourceOwner: "SELF" });
    expect(resourceShares).toMatchObject([{ status: "DELETED" }]);
  });

  it("changes name and tags", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share({ tags: [{ key: "a", value: "1" }] });
    await ram.as(HUB, "updateresourceshare", { resourceShareArn, name: "renamed" });
    await ram.as(HUB, "tagresource", { resourceShareArn, tags: [{ key: "b", value: "2" }] });
    await ram.as(HUB, "untagresource", { resourceShareArn, tagKeys: ["a"] });
    const { resourceShares } = await ram.as(HUB, "getresourceshares", { resourceOwner: "SELF" });
    expect(resourceShares).toMatchObject([{ name: "renamed", tags: [{ key: "b", value: "2" }] }]);
  });

  it.each([
    [
      "a resource of another account",
      { resourceArns: [`arn:aws:ec2:eu-west-1:${LOB}:transit-gateway/tgw-2`] },
      "OperationNotPermittedException",
    ],
    [
      "a type that cannot be shared",
      { resourceArns: [`arn:aws:sqs:eu-west-1:${HUB}:queue`] },
      "MalformedArnException",
    ],
    ["a principal that is not an account", { principals: ["someone"] }, "InvalidParameterException"],
    ["a share without a name", { name: "" }, "InvalidParameterException"],
  ])("refuses %s", async (_name, options, code) => {
    await expect(new Ram().share(options)).rejects.toMatchObject({ code });
  });

  it("hides a share from everyone but its owner", async () => {
    const ram = new Ram();
    const resourceShareArn = await ram.share();
    const renamed = ram.as(LOB, "updateresourceshare", { resourceShareArn, name: "mine" });
    await expect(renamed).rejects.toMatchObject({ code: "UnknownResourceException" });
  });

  it("refuses an operation that is not implemented", async () => {
    await expect(new Ram().as(HUB, "createpermission", {})).rejects.toMatchObject({ code: "NotImplemented" });
  });
});
