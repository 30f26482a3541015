import { notImplemented } from "../../server/aws-error";
import type { Reply } from "../../server/call";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

const TGW = "tgw-0a1b2c3d4e5f60718";
const OTHER_TGW = "tgw-0a1b2c3d4e5f60719";
const TABLE = "tgw-rtb-0a1b2c3d4e5f60718";
const ATTACHMENT = "tgw-attach-0a1b2c3d4e5f60718";

const set = (name: string, ...items: readonly string[]): Reply =>
  xmlAnswer(`<R><${name}>${items.map((item) => `<item>${item}</item>`).join("")}</${name}></R>`);

interface World {
  /** Gateway of the one attachment; none: nothing is attached. */
  readonly attachedTo?: string;
  readonly associated?: boolean;
  readonly rejected?: boolean;
}

/** An account with a gateway and a route table. moto crashes at calls that name anything else. */
function service({ attachedTo, associated = false, rejected = false }: World = {}): {
  send: (operation: string, parameters: Record<string, string>) => Promise<Reply>;
} {
  const attachments = new AttachmentRegistry();
  if (rejected)
    attachments.add({
      ...{ id: ATTACHMENT, region: "eu-west-1", gatewayOwner: "111111111111", vpcOwner: "222222222222" },
      ...{ gatewayId: TGW, vpcId: "vpc-1", state: "rejected", tags: new Map() },
    });
  const lists: Readonly<Record<string, () => Reply>> = {
    DescribeTransitGateways: () => set("transitGatewaySet", `<transitGatewayId>${TGW}</transitGatewayId>`),
    DescribeTransitGatewayRouteTables: () =>
      set("transitGatewayRouteTables", `<transitGatewayRouteTableId>${TABLE}</transitGatewayRouteTableId>`),
    DescribeTransitGatewayVpcAttachments: () =>
      set(
        "transitGatewayVpcAttachments",
        ...(attachedTo === undefined
          ? []
          : [
              `<transitGatewayAttachmentId>${ATTACHMENT}</transitGatewayAttachmentId>` +
                `<transitGatewayId>${attachedTo}</transitGatewayId><state>available</state>`,
            ]),
      ),
    GetTransitGatewayRouteTableAssociations: () =>
      set(
        "associations",
        ...(associated ? [`<transitGatewayAttachmentId>${ATTACHMENT}</transitGatewayAttachmentId>`] : []),
      ),
  };
  const moto = new FakeMoto({
    query: (_service, _account, _region, { Action = "" }) => lists[Action]?.() ?? xmlAnswer("", 400),
    forward: ({ operation, body }) => {
      const list = lists[operation];
      if (list) return list();
      const named = [...new URLSearchParams(body.toString())].filter(([name]) =>
        name.startsWith("TransitGateway"),
      );
      if (named.every(([, id]) => [TGW, TABLE].includes(id) || (attachedTo && id === ATTACHMENT)))
        return xmlAnswer("<R/>");
      throw notImplemented("ec2", operation, "moto crashed");
    },
  });
  const ec2 = new Ec2Service({ moto, shared: { sharedWith: () => [] }, attachments });
  return { send: (operation, parameters) => ec2.handle(formCall(operation, parameters)) };
}

const done = { status: 200 };

describe("the deletion of a Transit Gateway", () => {
  const remove = (world: World): Promise<Reply> =>
    service(world).send("DeleteTransitGateway", { TransitGatewayId: TGW });

  it("is refused while a VPC is attached", async () => {
    await expect(remove({ attachedTo: TGW })).rejects.toMatchObject({
      code: "IncorrectState",
      message: `${TGW} has non-deleted VPC Attachments: ${ATTACHMENT}.`,
      status: 400,
    });
  });

  it.each([
    ["nothing is attached", {}],
    ["an attachment is another gateway's", { attachedTo: OTHER_TGW }],
    ["an attachment was rejected", { attachedTo: TGW, rejected: true }],
  ])("is done when %s", async (_what, world) => {
    await expect(remove(world)).resolves.toMatchObject(done);
  });
});

describe("the deletion of a Transit Gateway's route table", () => {
  const remove = (world: World): Promise<Reply> =>
    service(world).send("DeleteTransitGatewayRouteTable", { TransitGatewayRouteTableId: TABLE });

  it("is refused while an attachment is associated", async () => {
    await expect(remove({ attachedTo: TGW, associated: true })).rejects.toMatchObject({
      code: "IncorrectState",
    });
  });

  it("is done without associations, and when the attachment of one was deleted", async () => {
    await expect(remove({ attachedTo: TGW })).resolves.toMatchObject(done);
    await expect(remove({ associated: true })).resolves.toMatchObject(done);
  });
});

describe("an id of a part of a Transit Gateway that is not there", () => {
  const table = { TransitGatewayRouteTableId: TABLE };
  const associate = "AssociateTransitGatewayRouteTable";

  it.each([
    ["DeleteTransitGateway", { TransitGatewayId: OTHER_TGW }, "InvalidTransitGatewayID.NotFound"],
    ["DeleteTransitGateway", { TransitGatewayId: "tgw-nope" }, "InvalidTransitGatewayID.Malformed"],
    ["DescribeTransitGateways", { "TransitGatewayIds.1": OTHER_TGW }, "InvalidTransitGatewayID.NotFound"],
    ["CreateTransitGatewayRouteTable", { TransitGatewayId: OTHER_TGW }, "InvalidTransitGatewayID.NotFound"],
    [
      associate,
      { ...table, TransitGatewayAttachmentId: ATTACHMENT },
      "InvalidTransitGatewayAttachmentID.NotFound",
    ],
    [
      associate,
      { ...table, TransitGatewayAttachmentId: "tgw-1" },
      "InvalidTransitGatewayAttachmentID.Malformed",
    ],
    [
      "DeleteTransitGatewayRouteTable",
      { TransitGatewayRouteTableId: "tgw-rtb-1" },
      "InvalidRouteTableID.NotFound",
    ],
    [
      "DescribeTransitGatewayRouteTables",
      { "TransitGatewayRouteTableIds.1": "x" },
      "InvalidRouteTableID.Malformed",
    ],
  ])("is refused by %s (%j)", async (operation, parameters, code) => {
    const sent = service().send(operation, parameters);
    await expect(sent).rejects.toMatchObject({ code, status: 400 });
  });

  it("is not held against a call that moto does not implement", async () => {
    const sent = service({ attachedTo: TGW }).send("StartTransitGatewayThing", { TransitGatewayPeerId: "x" });
    await expect(sent).rejects.toMatchObject({ code: "NotImplemented" });
  });

  it("is found when it is there", async () => {
    const { send } = service();
    await expect(send("DescribeTransitGateways", { "TransitGatewayIds.1": TGW })).resolves.toMatchObject(
      done,
    );
    await expect(
      send("DescribeTransitGatewayRouteTables", { "TransitGatewayRouteTableIds.1": TABLE }),
    ).resolves.toMatchObject(done);
  });
});
