import type { Reply } from "../../server/call";
import { childrenOf, descendant, parseXml, textAt, type XmlElement } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

const HUB = "111111111111";
const LOB = "222222222222";
const STRANGER = "333333333333";
const TGW = "tgw-1";
const ATTACHMENT = "tgw-attach-1";

type Parameters = Readonly<Record<string, string>>;

const GATEWAY_XML =
  `<transitGatewayId>${TGW}</transitGatewayId><state>available</state><options>` +
  `<autoAcceptSharedAttachments>disable</autoAcceptSharedAttachments>` +
  `<defaultRouteTableAssociation>disable</defaultRouteTableAssociation>` +
  `<associationDefaultRouteTableId>tgw-rtb-0</associationDefaultRouteTableId>` +
  `<defaultRouteTablePropagation>disable</defaultRouteTablePropagation>` +
  `<propagationDefaultRouteTableId>tgw-rtb-0</propagationDefaultRouteTableId></options>`;

/** The attachment as moto holds it: in the hub's account, and available at once. */
const ATTACHMENT_XML =
  `<transitGatewayAttachmentId>${ATTACHMENT}</transitGatewayAttachmentId><transitGatewayId>${TGW}</transitGatewayId>` +
  `<vpcId>vpc-lob</vpcId><vpcOwnerId>${HUB}</vpcOwnerId><state>available</state><tagSet/>`;

const set = (name: string, ...items: string[]): string =>
  `<R><${name}>${items.map((item) => `<item>${item}</item>`).join("")}</${name}></R>`;

/** Two accounts: the hub has a gateway that is shared with the LOB, and the LOB has a VPC. */
class TwoAccounts {
  readonly attachments = new AttachmentRegistry();
  readonly sent: { account: string; parameters: Parameters }[] = [];
  readonly #ec2: Ec2Service;
  readonly #options: { readonly shared?: boolean; readonly autoAccept?: boolean };
  #attached = false;

  constructor(options: { readonly shared?: boolean; readonly autoAccept?: boolean } = {}) {
    this.#options = options;
    const moto = new FakeMoto({
      query: (_service, account, _region, parameters) => this.#moto(account, parameters),
      forward: (call, change) =>
        this.#moto(
          change?.account ?? call.account,
          Object.fromEntries(new URLSearchParams((change?.body ?? call.body).toString())),
        ),
    });
    const arns = {
      sharedWith: (account: string) =>
        options.shared !== false && account === LOB
          ? [`arn:aws:ec2:eu-west-1:${HUB}:transit-gateway/${TGW}`]
          : [],
    };
    this.#ec2 = new Ec2Service({ moto, shared: arns, attachments: this.attachments });
  }

  async as(account: string, operation: string, parameters: Record<string, string> = {}): Promise<XmlElement> {
    const reply = await this.#ec2.handle(formCall(operation, parameters, { account }));
    return parseXml(reply.body.toString());
  }

  async attach(tags: Record<string, string> = {}): Promise<XmlElement> {
    const input = { TransitGatewayId: TGW, VpcId: "vpc-lob", "SubnetIds.1": "subnet-1" };
    return await this.as(LOB, "CreateTransitGatewayVpcAttachment", { ...input, ...tags });
  }

  async accept(account = HUB): Promise<XmlElement> {
    return await this.as(account, "AcceptTransitGatewayVpcAttachment", {
      TransitGatewayAttachmentId: ATTACHMENT,
    });
  }

  async seenBy(account: string, parameters: Record<string, string> = {}): Promise<XmlElement[]> {
    const root = await this.as(account, "DescribeTransitGatewayVpcAttachments", parameters);
    const list = descendant(root, "transitGatewayVpcAttachments");
    return list ? childrenOf(list, "item") : [];
  }

  #moto(account: string, parameters: Parameters): Reply {
    this.sent.push({ account, parameters });
    const isHub = account === HUB;
    switch (parameters["Action"] ?? "") {
      case "DescribeVpcs":
        return xmlAnswer(
          set("vpcSet", ...(account === LOB ? ["<vpcId>vpc-lob</vpcId>"] : ["<vpcId>vpc-hub</vpcId>"])),
        );
      case "DescribeTransitGateways": {
        const gateway = this.#options.autoAccept
          ? GATEWAY_XML.replace("<autoAcceptSharedAttachments>disable", "<autoAcceptSharedAttachments>enable")
          : GATEWAY_XML;
        return xmlAnswer(set("transitGatewaySet", ...(isHub ? [gateway] : [])));
      }
      case "CreateTransitGatewayVpcAttachment":
        if (!isHub)
          return xmlAnswer(
            "<Response><Errors><Error><Code>InvalidTransitGatewayID.NotFound</Code></Error></Errors></Response>",
            400,
          );
        this.#attached = true;
        return xmlAnswer(
          `<R><transitGatewayVpcAttachment>${ATTACHMENT_XML}</transitGatewayVpcAttachment></R>`,
        );
      case "DescribeTransitGatewayVpcAttachments":
        return xmlAnswer(
          set("transitGatewayVpcAttachments", ...(isHub && this.#attached ? [ATTACHMENT_XML] : [])),
        );
      case "DeleteTransitGatewayVpcAttachment":
        this.#attached = false;
        return xmlAnswer(
          `<R><transitGatewayVpcAttachment>${ATTACHMENT_XML}</transitGatewayVpcAttachment></R>`,
        );
      case "DescribeRouteTables":
        return xmlAnswer(
          set(
            "routeTableSet",
            `<routeTableId>rtb-1</routeTableId><vpcId>vpc-lob</vpcId><routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock></item></routeSet>`,
          ),
        );
      case "GetTransitGatewayRouteTablePropagations":
        return xmlAnswer(
          set(
            "transitGatewayRouteTablePropagations",
            `<transitGatewayAttachmentId>${ATTACHMENT}</transitGatewayAttachmentId>`,
          ),
        );
      default:
        return xmlAnswer("<R><return>true</return></R>");
    }
  }
}

const state = (item: XmlElement | undefined): string | undefined => item && textAt(item, "state");
const tagsOf = (item: XmlElement | undefined): string[] => {
  const list = item && descendant(item, "tagSet");
  return list
    ? childrenOf(list, "item").map((tag) => `${textAt(tag, "key") ?? ""}=${textAt(tag, "value") ?? ""}`)
    : [];
};
const id = { "TransitGatewayAttachmentIds.1": ATTACHMENT };

describe("a Transit Gateway of another account", () => {
  it("is visible once it has been shared", async () => {
    const ids = { "TransitGatewayIds.1": TGW };
    const found = async (accounts: TwoAccounts): Promise<number> => {
      const root = await accounts.as(LOB, "DescribeTransitGateways", ids);
      return childrenOf(descendant(root, "transitGatewaySet")!).length;
    };
    expect(await found(new TwoAccounts())).toBe(1);
    await expect(found(new TwoAccounts({ shared: false }))).rejects.toMatchObject({
      code: "InvalidTransitGatewayID.NotFound",
    });
  });

  it.each([HUB, LOB])("has no default route tables when they are disabled (seen by %s)", async (account) => {
    const root = await new TwoAccounts().as(account, "DescribeTransitGateways");
    const options = descendant(root, "transitGatewaySet", "item", "options")!;
    expect(textAt(options, "defaultRouteTableAssociation")).toBe("disable");
    expect(textAt(options, "associationDefaultRouteTableId")).toBeUndefined();
    expect(textAt(options, "propagationDefaultRouteTableId")).toBeUndefined();
  });
});

describe("an attachment across accounts", () => {
  it("waits for acceptance, and belongs to the VPC's owner", async () => {
    const accounts = new TwoAccounts();
    const made = descendant(await accounts.attach(), "transitGatewayVpcAttachment")!;
    expect([state(made), textAt(made, "vpcOwnerId")]).toEqual(["pendingAcceptance", LOB]);
    expect(
      accounts.sent.find(({ parameters }) => parameters["Action"] === "CreateTransitGatewayVpcAttachment")
        ?.account,
    ).toBe(HUB);
    await accounts.accept();
    for (const account of [HUB, LOB]) {
      const [seen] = await accounts.seenBy(account, id);
      expect([state(seen), seen && textAt(seen, "vpcOwnerId")]).toEqual(["available", LOB]);
    }
  });

  it("cannot be made before the gateway is shared", async () => {
    const root = await new TwoAccounts({ shared: false }).attach();
    expect(textAt(root, "Errors", "Error", "Code")).toBe("InvalidTransitGatewayID.NotFound");
  });

  it("cannot be made for a VPC of another account", async () => {
    const made = new TwoAccounts().as(LOB, "CreateTransitGatewayVpcAttachment", {
      TransitGatewayId: TGW,
      VpcId: "vpc-hub",
    });
    await expect(made).rejects.toMatchObject({ code: "InvalidVpcID.NotFound" });
  });

  it("is accepted only by the gateway's owner, and only once", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    await expect(accounts.accept(LOB)).rejects.toMatchObject({
      code: "InvalidTransitGatewayAttachmentID.NotFound",
    });
    await accounts.accept();
    await expect(accounts.accept()).rejects.toMatchObject({ code: "IncorrectState" });
  });

  it("is available at once under auto-accept, and then cannot be accepted", async () => {
    const accounts = new TwoAccounts({ autoAccept: true });
    await accounts.attach();
    expect(state((await accounts.seenBy(LOB, id))[0])).toBe("available");
    await expect(accounts.accept()).rejects.toMatchObject({ code: "IncorrectState" });
  });

  it("stays rejected once rejected", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    await accounts.as(HUB, "RejectTransitGatewayVpcAttachment", { TransitGatewayAttachmentId: ATTACHMENT });
    expect(state((await accounts.seenBy(LOB, id))[0])).toBe("rejected");
    await expect(accounts.accept()).rejects.toMatchObject({ code: "IncorrectState" });
  });

  it.each(["AssociateTransitGatewayRouteTable", "EnableTransitGatewayRouteTablePropagation"])(
    "is in no route table before its acceptance (%s)",
    async (operation) => {
      const accounts = new TwoAccounts();
      await accounts.attach();
      const input = { TransitGatewayAttachmentId: ATTACHMENT, TransitGatewayRouteTableId: "tgw-rtb-1" };
      await expect(accounts.as(HUB, operation, input)).rejects.toMatchObject({ code: "IncorrectState" });
      await accounts.accept();
      expect(textAt(await accounts.as(HUB, operation, input), "return")).toBe("true");
      await expect(accounts.as(LOB, operation, input)).rejects.toMatchObject({
        code: "InvalidTransitGatewayAttachmentID.NotFound",
      });
    },
  );

  it("has separate tags for each account", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach({
      "TagSpecifications.1.Tag.1.Key": "Name",
      "TagSpecifications.1.Tag.1.Value": "lob",
    });
    await accounts.as(HUB, "CreateTags", {
      "ResourceId.1": ATTACHMENT,
      "Tag.1.Key": "Name",
      "Tag.1.Value": "hub",
    });
    expect(tagsOf((await accounts.seenBy(LOB, id))[0])).toEqual(["Name=lob"]);
    expect(tagsOf((await accounts.seenBy(HUB, id))[0])).toEqual(["Name=hub"]);
    await accounts.as(LOB, "DeleteTags", { "ResourceId.1": ATTACHMENT, "Tag.1.Key": "Name" });
    expect(tagsOf((await accounts.seenBy(LOB, id))[0])).toEqual([]);
    expect(tagsOf((await accounts.seenBy(HUB, id))[0])).toEqual(["Name=hub"]);
  });

  it("can be tagged in one call with resources that moto holds", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    await accounts.as(LOB, "CreateTags", {
      "ResourceId.1": ATTACHMENT,
      "ResourceId.2": "vpc-lob",
      "Tag.1.Key": "a",
      "Tag.1.Value": "b",
    });
    const { parameters } = accounts.sent.at(-1)!;
    expect(parameters).toMatchObject({ "ResourceId.1": "vpc-lob", "Tag.1.Key": "a" });
    expect(parameters).not.toHaveProperty(["ResourceId.2"]);
    expect(tagsOf((await accounts.seenBy(LOB, id))[0])).toEqual(["a=b"]);
  });

  it("is still listed as deleted in both accounts", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    await accounts.accept();
    await accounts.as(LOB, "DeleteTransitGatewayVpcAttachment", { TransitGatewayAttachmentId: ATTACHMENT });
    for (const account of [HUB, LOB]) expect(state((await accounts.seenBy(account, id))[0])).toBe("deleted");
    const again = accounts.as(HUB, "DeleteTransitGatewayVpcAttachment", {
      TransitGatewayAttachmentId: ATTACHMENT,
    });
    await expect(again).rejects.toMatchObject({ code: "InvalidTransitGatewayAttachmentID.NotFound" });
  });

  it("does not exist for a third account", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    expect(await accounts.seenBy(STRANGER)).toEqual([]);
    await expect(accounts.seenBy(STRANGER, id)).rejects.toMatchObject({
      code: "InvalidTransitGatewayAttachmentID.NotFound",
    });
    const deleted = accounts.as(STRANGER, "DeleteTransitGatewayVpcAttachment", {
      TransitGatewayAttachmentId: ATTACHMENT,
    });
    await expect(deleted).rejects.toMatchObject({ code: "InvalidTransitGatewayAttachmentID.NotFound" });
  });

  it.each([
    ["state", "pendingAcceptance", 1],
    ["state", "available", 0],
    ["vpc-id", "vpc-lob", 1],
    ["vpc-id", "vpc-other", 0],
    ["tag:Name", "lob", 1],
    ["tag:Name", "hub", 0],
  ])("is filtered by its own properties, not by moto's (%s=%s: %i)", async (name, value, count) => {
    const accounts = new TwoAccounts();
    await accounts.attach({
      "TagSpecifications.1.Tag.1.Key": "Name",
      "TagSpecifications.1.Tag.1.Value": "lob",
    });
    expect(await accounts.seenBy(LOB, { "Filter.1.Name": name, "Filter.1.Value.1": value })).toHaveLength(
      count,
    );
  });

  it("fails on an unknown filter instead of ignoring it", async () => {
    const found = new TwoAccounts().seenBy(LOB, { "Filter.1.Name": "colour", "Filter.1.Value.1": "red" });
    await expect(found).rejects.toMatchObject({ code: "InvalidParameterValue" });
  });
});

describe("a route to a gateway of another account", () => {
  const route = { RouteTableId: "rtb-1", DestinationCidrBlock: "10.0.0.0/16" };
  const target = async (accounts: TwoAccounts): Promise<string | undefined> =>
    textAt(
      await accounts.as(LOB, "DescribeRouteTables"),
      "routeTableSet",
      "item",
      "routeSet",
      "item",
      "transitGatewayId",
    );

  it("needs an accepted attachment of its VPC", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    const create = (): Promise<XmlElement> =>
      accounts.as(LOB, "CreateRoute", { ...route, TransitGatewayId: TGW });
    await expect(create()).rejects.toMatchObject({ code: "InvalidTransitGatewayID.NotFound" });
    await accounts.accept();
    await create();
    expect(await target(accounts)).toBe(TGW);
  });

  it("is kept without the host bits of its destination", async () => {
    const accounts = new TwoAccounts();
    const given = { RouteTableId: "rtb-1", NatGatewayId: "nat-1" };
    await accounts.as(LOB, "CreateRoute", { ...given, DestinationCidrBlock: "10.0.0.1/8" });
    expect(accounts.sent.at(-1)?.parameters).toMatchObject({ ...given, DestinationCidrBlock: "10.0.0.0/8" });
    for (const DestinationCidrBlock of ["no block", "10.0.0.300/8", "10.0.0.1/33"]) {
      await accounts.as(LOB, "CreateRoute", { ...given, DestinationCidrBlock });
      expect(accounts.sent.at(-1)?.parameters).toMatchObject({ DestinationCidrBlock });
    }
  });

  it("loses its target when it is replaced or deleted", async () => {
    const accounts = new TwoAccounts();
    await accounts.attach();
    await accounts.accept();
    await accounts.as(LOB, "CreateRoute", { ...route, TransitGatewayId: TGW });
    await accounts.as(LOB, "ReplaceRoute", { ...route, NatGatewayId: "nat-1" });
    expect(await target(accounts)).toBeUndefined();
    await accounts.as(LOB, "ReplaceRoute", { ...route, TransitGatewayId: TGW });
    await accounts.as(LOB, "DeleteRoute", route);
    expect(await target(accounts)).toBeUndefined();
  });
});

describe("a correction of moto", () => {
  it("enables a propagation again before it is disabled, because moto keeps only the last one", async () => {
    const accounts = new TwoAccounts();
    const input = { TransitGatewayAttachmentId: ATTACHMENT, TransitGatewayRouteTableId: "tgw-rtb-1" };
    await accounts.as(HUB, "DisableTransitGatewayRouteTablePropagation", input);
    expect(accounts.sent.map(({ parameters }) => parameters["Action"])).toEqual([
      "GetTransitGatewayRouteTablePropagations",
      "EnableTransitGatewayRouteTablePropagation",
      "DisableTransitGatewayRouteTablePropagation",
    ]);
  });

  it("deletes the default route table of a new gateway whose defaults are disabled", async () => {
    const moto = new FakeMoto({
      forward: () => xmlAnswer(`<R><transitGateway>${GATEWAY_XML}</transitGateway></R>`),
      query: (_service, _account, _region, parameters) => {
        expect(parameters).toEqual({
          Action: "DeleteTransitGatewayRouteTable",
          TransitGatewayRouteTableId: "tgw-rtb-0",
        });
        return xmlAnswer("<R/>");
      },
    });
    const service = new Ec2Service({
      moto,
      shared: { sharedWith: () => [] },
      attachments: new AttachmentRegistry(),
    });
    const reply = await service.handle(formCall("CreateTransitGateway", {}));
    expect(reply.body.toString()).not.toContain("tgw-rtb-0");
    expect.assertions(2);
  });

  it("tags a new attachment to a gateway of the same account", async () => {
    const sent: Parameters[] = [];
    const moto = new FakeMoto({
      forward: () =>
        xmlAnswer(`<R><transitGatewayVpcAttachment>${ATTACHMENT_XML}</transitGatewayVpcAttachment></R>`),
      query: (_service, _account, _region, parameters) => {
        sent.push(parameters);
        return xmlAnswer(set("vpcSet", "<vpcId>vpc-lob</vpcId>"));
      },
    });
    const service = new Ec2Service({
      moto,
      shared: { sharedWith: () => [] },
      attachments: new AttachmentRegistry(),
    });
    const tags = { "TagSpecifications.1.Tag.1.Key": "Name", "TagSpecifications.1.Tag.1.Value": "hub" };
    const reply = await service.handle(
      formCall("CreateTransitGatewayVpcAttachment", { TransitGatewayId: TGW, VpcId: "vpc-lob", ...tags }),
    );
    expect(tagsOf(descendant(parseXml(reply.body.toString()), "transitGatewayVpcAttachment"))).toEqual([
      "Name=hub",
    ]);
    expect(sent.at(-1)).toEqual({
      Action: "CreateTags",
      "ResourceId.1": ATTACHMENT,
      "Tag.1.Key": "Name",
      "Tag.1.Value": "hub",
    });
  });
});
