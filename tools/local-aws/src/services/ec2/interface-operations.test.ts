import { descendant, parseXml, textAt, type XmlElement } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

function service(moto: FakeMoto): Ec2Service {
  return new Ec2Service({ moto, shared: { sharedWith: () => [] }, attachments: new AttachmentRegistry() });
}

/** An instance as moto describes it. */
function described({ groups, association }: { groups: string; association: string }): string {
  return (
    `<R><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><groupSet>${groups}</groupSet>` +
    `<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId>${association}` +
    `<groupSet><item><groupId>sg-nic</groupId></item></groupSet>` +
    `<attachment><deviceIndex>0</deviceIndex></attachment></item></networkInterfaceSet>` +
    `</item></instancesSet></item></reservationSet></R>`
  );
}

async function instance(answer: string): Promise<XmlElement> {
  const moto = new FakeMoto({ forward: () => xmlAnswer(answer) });
  const reply = await service(moto).handle(formCall("DescribeInstances", {}));
  return descendant(parseXml(reply.body.toString()), "reservationSet", "item", "instancesSet", "item")!;
}

const GROUP = ["groupSet", "item", "groupId"];
const NIC = ["networkInterfaceSet", "item"];

describe("a described instance", () => {
  it("has the groups of its first interface, and no empty public address", async () => {
    const shown = await instance(described({ groups: "", association: "<association/>" }));
    expect(textAt(shown, ...GROUP)).toBe("sg-nic");
    expect(descendant(shown, ...NIC, "association")).toBeUndefined();
    expect(textAt(shown, ...NIC, ...GROUP)).toBe("sg-nic");
  });

  it("keeps the groups and the public address that it has", async () => {
    const association = "<association><publicIp>203.0.113.9</publicIp></association>";
    const shown = await instance(
      described({ groups: "<item><groupId>sg-own</groupId></item>", association }),
    );
    expect(textAt(shown, ...GROUP)).toBe("sg-own");
    expect(textAt(shown, ...NIC, "association", "publicIp")).toBe("203.0.113.9");
  });
});

describe("the interface of a launched instance", () => {
  async function launchedWith(parameters: Record<string, string>): Promise<string | null> {
    const moto = new FakeMoto({ forward: () => xmlAnswer("<R/>") });
    await service(moto).handle(formCall("RunInstances", parameters));
    return new URLSearchParams(moto.forwarded[0]!.body).get("NetworkInterface.1.DeleteOnTermination");
  }

  it.each([
    ["is deleted with it by default", { "NetworkInterface.1.DeviceIndex": "0" }, "true"],
    [
      "stays if DeleteOnTermination is false",
      { "NetworkInterface.1.DeviceIndex": "0", "NetworkInterface.1.DeleteOnTermination": "false" },
      "false",
    ],
    [
      "stays if it existed before",
      { "NetworkInterface.1.DeviceIndex": "0", "NetworkInterface.1.NetworkInterfaceId": "eni-1" },
      null,
    ],
    ["is created by moto if the call specifies none", { SubnetId: "subnet-1" }, null],
  ] as const)("%s", async (_name, parameters, expected) => {
    expect(await launchedWith(parameters)).toBe(expected);
  });
});

describe("the interface of a NAT gateway", () => {
  const nat =
    "<R><natGatewaySet><item><natGatewayAddressSet><item><networkInterfaceId>eni-nat</networkInterfaceId></item>" +
    "</natGatewayAddressSet></item></natGatewaySet></R>";

  async function deletedWith(status: number): Promise<(string | undefined)[]> {
    const queries: Readonly<Record<string, string>>[] = [];
    const moto = new FakeMoto({
      query: (_service, _account, _region, parameters) => {
        queries.push(parameters);
        return xmlAnswer(nat);
      },
      forward: () => xmlAnswer("<R/>", status),
    });
    await service(moto).handle(formCall("DeleteNatGateway", { NatGatewayId: "nat-1" }));
    return queries
      .filter(({ Action }) => Action === "DeleteNetworkInterface")
      .map(({ NetworkInterfaceId }) => NetworkInterfaceId);
  }

  it("is deleted with it", async () => {
    expect(await deletedWith(200)).toEqual(["eni-nat"]);
  });

  it("stays when the gateway is not deleted", async () => {
    expect(await deletedWith(400)).toEqual([]);
  });
});
