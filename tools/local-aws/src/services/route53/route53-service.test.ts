import { parseXml, textAt } from "../../server/xml";
import { FakeMoto, fakeCall, xmlAnswer } from "../testing/fake-moto";
import { Route53Service } from "./route53-service";
import { ZoneRegistry } from "./zone-registry";

const HUB = "111111111111";
const LOB = "222222222222";
const VPCS: Readonly<Record<string, string>> = { "vpc-hub": HUB, "vpc-lob": LOB };

const vpcXml = (id: string): string => `<VPC><VPCRegion>eu-west-1</VPCRegion><VPCId>${id}</VPCId></VPC>`;

const tagsXml = (first: number, last: number): string =>
  Array.from(
    { length: last - first + 1 },
    (_, index) => `<Tag><Key>k${first + index}</Key><Value/></Tag>`,
  ).join("");

type Zone = readonly [id: string, name: string];

const summariesXml = (zones: readonly Zone[]): string => {
  const items = zones.map(
    ([id, name]) =>
      `<HostedZoneSummary><HostedZoneId>${id}</HostedZoneId><Name>${name}</Name></HostedZoneSummary>`,
  );
  return `<R><HostedZoneSummaries>${items.join("")}</HostedZoneSummaries></R>`;
};

/** @param associated - zones of the hub that every VPC has */
function setUp(associated: readonly Zone[] = []): {
  moto: FakeMoto;
  zones: ZoneRegistry;
  route53: Route53Service;
} {
  const moto = new FakeMoto({
    query: (_service, account, _region, parameters) => {
      const id = parameters["VpcId.1"] ?? "";
      const item = VPCS[id] === account ? `<item><vpcId>${id}</vpcId></item>` : "";
      return xmlAnswer(`<R><vpcSet>${item}</vpcSet></R>`);
    },
    rest: (_service, account, _region, _method, path) => {
      if (path.includes("/tags/"))
        return xmlAnswer(`<R><ResourceTagSet><Tags>${tagsXml(1, 8)}</Tags></ResourceTagSet></R>`);
      if (path.includes("hostedzonesbyvpc"))
        return xmlAnswer(summariesXml(account === HUB ? associated : []));
      return xmlAnswer(`<R><HostedZone><Id>/hostedzone/Z1</Id><Name>a.example.</Name></HostedZone></R>`);
    },
    forward: (_call, change) =>
      xmlAnswer(
        `<R><ChangeInfo><Id>/change/C1</Id></ChangeInfo><HostedZone><Id>/hostedzone/Z1</Id></HostedZone><HostedZoneSummaries><HostedZoneSummary>` +
          `<HostedZoneId>Z-${change?.account ?? "caller"}</HostedZoneId></HostedZoneSummary></HostedZoneSummaries></R>`,
      ),
  });
  const zones = new ZoneRegistry();
  return { moto, zones, route53: new Route53Service(moto, zones) };
}

function call(account: string, method: string, path: string, body = ""): ReturnType<typeof fakeCall> {
  return fakeCall({ service: "route53", account, method, path: `/2013-04-01/${path}`, body });
}

describe("Route 53", () => {
  it("makes a zone with a VPC private, keeping the rest of its configuration", async () => {
    const { moto, zones, route53 } = setUp();
    const body = `<R><HostedZoneConfig><Comment>c</Comment></HostedZoneConfig>${vpcXml("vpc-hub")}</R>`;
    await route53.handle(call(HUB, "POST", "hostedzone", body));
    const sent = parseXml(moto.forwarded[0]?.body ?? "");
    expect(textAt(sent, "HostedZoneConfig", "PrivateZone")).toBe("true");
    expect(textAt(sent, "HostedZoneConfig", "Comment")).toBe("c");
    expect(zones.ownerOf("Z1")).toBe(HUB);
  });

  it("leaves a zone without a VPC public", async () => {
    const { moto, route53 } = setUp();
    await route53.handle(call(HUB, "POST", "hostedzone", "<R><Name>x</Name></R>"));
    expect(moto.forwarded[0]?.body).toBe("<R><Name>x</Name></R>");
  });

  it("refuses a zone in a VPC of another account", async () => {
    const { route53 } = setUp();
    const made = route53.handle(call(HUB, "POST", "hostedzone", `<R>${vpcXml("vpc-lob")}</R>`));
    await expect(made).rejects.toMatchObject({ code: "InvalidVPCId" });
  });

  it("associates a VPC of another account only once the zone's owner has authorized it, and as the owner", async () => {
    const { moto, zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const associate = (): Promise<unknown> =>
      route53.handle(call(LOB, "POST", "hostedzone/Z1/associatevpc", `<R>${vpcXml("vpc-lob")}</R>`));
    await expect(associate()).rejects.toMatchObject({ code: "NotAuthorizedException", status: 401 });
    await route53.handle(
      call(HUB, "POST", "hostedzone/Z1/authorizevpcassociation", `<R>${vpcXml("vpc-lob")}</R>`),
    );
    await associate();
    expect(moto.forwarded.at(-1)?.account).toBe(HUB);
  });

  it("refuses to associate a VPC that the caller does not own, authorized or not", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    zones.authorize("Z1", { id: "vpc-lob", region: "eu-west-1" });
    const associated = route53.handle(
      call(HUB, "POST", "hostedzone/Z1/associatevpc", `<R>${vpcXml("vpc-lob")}</R>`),
    );
    await expect(associated).rejects.toMatchObject({ code: "InvalidVPCId" });
  });

  it("associates the owner's own VPC without authorization", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const reply = await route53.handle(
      call(HUB, "POST", "hostedzone/Z1/associatevpc", `<R>${vpcXml("vpc-hub")}</R>`),
    );
    expect(reply.status).toBe(200);
  });

  it.each<[string, Zone]>([
    ["the same zone", ["Z1", "a.example."]],
    ["another zone of the name", ["Z2", "a.example."]],
  ])("refuses to associate a VPC that has %s already", async (_what, zone) => {
    const { moto, zones, route53 } = setUp([zone]);
    zones.created("Z1", HUB);
    const again = route53.handle(
      call(HUB, "POST", "hostedzone/Z1/associatevpc", `<R>${vpcXml("vpc-hub")}</R>`),
    );
    await expect(again).rejects.toMatchObject({
      code: "ConflictingDomainExists",
      message:
        "The VPC that you chose, vpc-hub in region eu-west-1, is already associated with another private hosted zone " +
        "that has an overlapping name space, a.example..",
      status: 400,
    });
    expect(moto.forwarded).toEqual([]);
  });

  it("refuses a second zone of a name in a VPC, and takes one below it", async () => {
    const { zones, route53 } = setUp([["Z1", "a.example."]]);
    zones.created("Z1", HUB);
    const create = (name: string): Promise<unknown> =>
      route53.handle(call(HUB, "POST", "hostedzone", `<R><Name>${name}</Name>${vpcXml("vpc-hub")}</R>`));
    await expect(create("a.example")).rejects.toMatchObject({ code: "ConflictingDomainExists" });
    await expect(create("b.a.example.")).resolves.toMatchObject({ status: 200 });
  });

  it("lists no zones of a VPC that the caller does not own in the region", async () => {
    const listed = setUp().route53.handle(
      call(HUB, "GET", "hostedzonesbyvpc?vpcid=vpc-lob&vpcregion=eu-west-1"),
    );
    await expect(listed).rejects.toMatchObject({ code: "AccessDenied", status: 403 });
  });

  it("holds at most ten tags, in however many calls", async () => {
    const { route53 } = setUp();
    const tag = (body: string): Promise<unknown> =>
      route53.handle(call(HUB, "POST", "tags/hostedzone/Z1", `<R>${body}</R>`));
    const done = { status: 200 };
    await expect(tag(`<AddTags>${tagsXml(8, 10)}</AddTags>`)).resolves.toMatchObject(done);
    await expect(tag(`<AddTags>${tagsXml(9, 11)}</AddTags>`)).rejects.toMatchObject({
      code: "InvalidInput",
      status: 400,
    });
    const moved = `<AddTags>${tagsXml(9, 11)}</AddTags><RemoveTagKeys><Key>k1</Key></RemoveTagKeys>`;
    await expect(tag(moved)).resolves.toMatchObject(done);
    await expect(tag("<RemoveTagKeys><Key>k1</Key></RemoveTagKeys>")).resolves.toMatchObject(done);
  });

  it("lists and withdraws authorizations, each once", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    zones.authorize("Z1", { id: "vpc-lob", region: "eu-west-1" });
    const list = await route53.handle(call(HUB, "GET", "hostedzone/Z1/authorizevpcassociation"));
    expect(textAt(parseXml(list.body.toString()), "VPCs", "VPC", "VPCId")).toBe("vpc-lob");
    const withdraw = (): Promise<unknown> =>
      route53.handle(
        call(HUB, "POST", "hostedzone/Z1/deauthorizevpcassociation", `<R>${vpcXml("vpc-lob")}</R>`),
      );
    await withdraw();
    await expect(withdraw()).rejects.toMatchObject({
      code: "VPCAssociationAuthorizationNotFound",
      status: 404,
    });
  });

  it.each([
    ["POST", "authorizevpcassociation"],
    ["GET", "authorizevpcassociation"],
    ["POST", "deauthorizevpcassociation"],
  ])("hides the zone from others in %s %s", async (method, operation) => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const body = method === "POST" ? `<R>${vpcXml("vpc-lob")}</R>` : "";
    const asked = route53.handle(call(LOB, method, `hostedzone/Z1/${operation}`, body));
    await expect(asked).rejects.toMatchObject({ code: "NoSuchHostedZone", status: 404 });
  });

  it("lets the owner of the VPC disassociate it from the zone, but no third account", async () => {
    const { moto, zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const leave = (account: string): Promise<unknown> =>
      route53.handle(call(account, "POST", "hostedzone/Z1/disassociatevpc", `<R>${vpcXml("vpc-lob")}</R>`));
    await leave(LOB);
    expect(moto.forwarded.at(-1)?.account).toBe(HUB);
    await expect(leave("333333333333")).rejects.toMatchObject({ code: "InvalidVPCId" });
  });

  it("lists the zones of a VPC from every account that owns one", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const reply = await route53.handle(
      call(LOB, "GET", "hostedzonesbyvpc?vpcid=vpc-lob&vpcregion=eu-west-1"),
    );
    expect(reply.body.toString()).toContain(`Z-${LOB}`);
    expect(reply.body.toString()).toContain(`Z-${HUB}`);
  });

  it("lists zones in pages, as many as MaxItems asks for", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    const list = async (parameters: string): Promise<string> => {
      const path = `hostedzonesbyvpc?vpcid=vpc-lob&vpcregion=eu-west-1${parameters}`;
      return (await route53.handle(call(LOB, "GET", path))).body.toString();
    };
    const first = await list("&maxitems=1");
    expect(first).toContain("<MaxItems>1</MaxItems><NextToken>1</NextToken>");
    expect(first).not.toContain(`Z-${HUB}`);
    const second = await list("&maxitems=1&nexttoken=1");
    expect(second).toContain(`Z-${HUB}`);
    expect(second).not.toContain("NextToken");
    expect(await list("")).toContain("<MaxItems>100</MaxItems>");
    await expect(list("&maxitems=0")).rejects.toMatchObject({ code: "InvalidInput" });
    await expect(list("&nexttoken=x")).rejects.toMatchObject({ code: "InvalidPaginationToken" });
  });

  it("removes the authorizations of a deleted zone", async () => {
    const { zones, route53 } = setUp();
    zones.created("Z1", HUB);
    zones.authorize("Z1", { id: "vpc-lob", region: "eu-west-1" });
    await route53.handle(call(HUB, "DELETE", "hostedzone/Z1"));
    expect(zones.ownerOf("Z1")).toBeUndefined();
    expect(zones.authorizations).toEqual([]);
  });

  it("forwards record sets and all other calls to moto", async () => {
    const { moto, route53 } = setUp();
    await route53.handle(call(HUB, "POST", "hostedzone/Z1/rrset", "<R/>"));
    await route53.handle(call(HUB, "GET", "change/C1"));
    expect(moto.forwarded).toHaveLength(2);
    await expect(route53.handle(call(HUB, "GET", "change/C2"))).rejects.toMatchObject({
      code: "NoSuchChange",
      status: 404,
    });
  });
});
