import { descendant, parseXml, textAt } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

interface Created {
  /** As the caller sees it. */
  readonly mapPublicIpOnLaunch: string | undefined;
  /** What moto is told besides. */
  readonly queries: readonly Readonly<Record<string, string>>[];
}

async function created(answer: string, status = 200): Promise<Created> {
  const queries: Readonly<Record<string, string>>[] = [];
  const moto = new FakeMoto({
    forward: () => xmlAnswer(answer, status),
    query: (_service, _account, _region, parameters) => {
      queries.push(parameters);
      return xmlAnswer("<R/>");
    },
  });
  const service = new Ec2Service({
    moto,
    shared: { sharedWith: () => [] },
    attachments: new AttachmentRegistry(),
  });
  const reply = await service.handle(formCall("CreateSubnet", { VpcId: "vpc-1" }));
  const subnet = descendant(parseXml(reply.body.toString()), "subnet");
  return { mapPublicIpOnLaunch: subnet && textAt(subnet, "mapPublicIpOnLaunch"), queries };
}

function subnet(isPublic: boolean): string {
  return `<R><subnet><subnetId>subnet-1</subnetId><mapPublicIpOnLaunch>${String(isPublic)}</mapPublicIpOnLaunch></subnet></R>`;
}

describe("a subnet that CreateSubnet makes", () => {
  it("gives no public addresses, also where moto takes it for the zone's default", async () => {
    await expect(created(subnet(true))).resolves.toEqual({
      mapPublicIpOnLaunch: "false",
      queries: [
        { Action: "ModifySubnetAttribute", SubnetId: "subnet-1", "MapPublicIpOnLaunch.Value": "false" },
      ],
    });
  });

  it("is left as it is where moto makes it so", async () => {
    await expect(created(subnet(false))).resolves.toEqual({ mapPublicIpOnLaunch: "false", queries: [] });
  });

  it("is not asked for where moto refuses it", async () => {
    await expect(created("<R/>", 400)).resolves.toEqual({ mapPublicIpOnLaunch: undefined, queries: [] });
  });
});
