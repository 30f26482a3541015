import { descendant, parseXml, textAt } from "../../server/xml";
import { FakeMoto, formCall, xmlAnswer } from "../testing/fake-moto";
import { AttachmentRegistry } from "./attachment-registry";
import { Ec2Service } from "./ec2-service";

interface Created {
  /** The attribute in the reply. */
  readonly mapPublicIpOnLaunch: string | undefined;
  /** Further queries to moto. */
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
  it("assigns no public addresses, even where moto treats it as the zone's default subnet", async () => {
    await expect(created(subnet(true))).resolves.toEqual({
      mapPublicIpOnLaunch: "false",
      queries: [
        { Action: "ModifySubnetAttribute", SubnetId: "subnet-1", "MapPublicIpOnLaunch.Value": "false" },
      ],
    });
  });

  it("is not changed where moto creates it without public addresses", async () => {
    await expect(created(subnet(false))).resolves.toEqual({ mapPublicIpOnLaunch: "false", queries: [] });
  });

  it("is not changed where moto refuses to create it", async () => {
    await expect(created("<R/>", 400)).resolves.toEqual({ mapPublicIpOnLaunch: undefined, queries: [] });
  });
});
