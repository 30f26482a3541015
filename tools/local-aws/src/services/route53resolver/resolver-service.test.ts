import { FakeMoto, fakeCall, jsonAnswer, xmlAnswer } from "../testing/fake-moto";
import { firewallFacts } from "./firewall-facts";
import { ResolverService } from "./resolver-service";
import { ResolverStore } from "./resolver-store";

type Answer = Record<string, unknown>;

const LOB = "222222222222";
const VPC = "vpc-1";
const NAMED = { Name: "names", CreatorRequestId: "terraform-1" };

/** Route 53 Resolver of an account that owns one VPC. */
class Resolver {
  readonly store = new ResolverStore();
  readonly #service: ResolverService;

  constructor() {
    const moto = new FakeMoto({
      forward: () => jsonAnswer({ by: "moto" }),
      query: (_service, account) =>
        xmlAnswer(
          account === LOB ? `<R><vpcSet><item><vpcId>${VPC}</vpcId></item></vpcSet></R>` : "<R><vpcSet/></R>",
        ),
    });
    this.#service = new ResolverService(moto, this.store);
  }

  async send(operation: string, input: object = {}, account = LOB): Promise<Answer> {
    const call = fakeCall({ service: "route53resolver", operation, account, body: JSON.stringify(input) });
    return JSON.parse((await this.#service.handle(call)).body.toString()) as Answer;
  }

  /** @returns the field of the answer */
  async ask<Field>(field: string, operation: string, input: object = {}): Promise<Field> {
    return (await this.send(operation, input))[field] as Field;
  }

  async list(...Domains: string[]): Promise<string> {
    const { Id } = await this.ask<{ Id: string }>("FirewallDomainList", "CreateFirewallDomainList", NAMED);
    await this.send("UpdateFirewallDomains", { FirewallDomainListId: Id, Operation: "REPLACE", Domains });
    return Id;
  }

  async group(): Promise<string> {
    return (await this.ask<{ Id: string }>("FirewallRuleGroup", "CreateFirewallRuleGroup", NAMED)).Id;
  }

  async rule(group: string, list: string, rule: object): Promise<Answer> {
    const input = { ...NAMED, FirewallRuleGroupId: group, FirewallDomainListId: list, ...rule };
    return await this.ask<Answer>("FirewallRule", "CreateFirewallRule", input);
  }

  async associate(group: string, Priority = 101): Promise<string> {
    const input = { ...NAMED, FirewallRuleGroupId: group, VpcId: VPC, Priority };
    const field = "FirewallRuleGroupAssociation";
    return (await this.ask<{ Id: string }>(field, "AssociateFirewallRuleGroup", input)).Id;
  }

  async queryLog(): Promise<string> {
    const DestinationArn = `arn:aws:logs:eu-west-1:${LOB}:log-group:/dns`;
    const input = { ...NAMED, DestinationArn };
    return (await this.ask<{ Id: string }>("ResolverQueryLogConfig", "CreateResolverQueryLogConfig", input))
      .Id;
  }
}

const allow = { Priority: 100, Action: "ALLOW" };
const block = { Priority: 200, Action: "BLOCK", BlockResponse: "NODATA" };

describe("a domain list of the DNS firewall", () => {
  it("returns its domains in lower case, with the final dot that AWS adds", async () => {
    const resolver = new Resolver();
    const FirewallDomainListId = await resolver.list("STS.eu-west-1.amazonaws.com", "*.example.com", "*");
    expect(FirewallDomainListId).toMatch(/^rslvr-fdl-[0-9a-f]+$/);
    expect(await resolver.send("ListFirewallDomains", { FirewallDomainListId })).toEqual({
      Domains: ["sts.eu-west-1.amazonaws.com.", "*.example.com.", "*."],
    });
    expect(await resolver.send("GetFirewallDomainList", { FirewallDomainListId })).toMatchObject({
      FirewallDomainList: {
        ...NAMED,
        Arn: `arn:aws:route53resolver:eu-west-1:${LOB}:firewall-domain-list/${FirewallDomainListId}`,
        DomainCount: 3,
        Status: "COMPLETE",
      },
    });
  });

  it("takes and loses single domains", async () => {
    const resolver = new Resolver();
    const FirewallDomainListId = await resolver.list("a.example");
    const update = (Operation: string, ...Domains: string[]): Promise<Answer> =>
      resolver.send("UpdateFirewallDomains", { FirewallDomainListId, Operation, Domains });
    await update("ADD", "b.example");
    await update("REMOVE", "a.example.");
    expect(await resolver.ask("Domains", "ListFirewallDomains", { FirewallDomainListId })).toEqual([
      "b.example.",
    ]);
  });

  it("is returned in pages", async () => {
    const resolver = new Resolver();
    const FirewallDomainListId = await resolver.list("a.example", "b.example", "c.example");
    const page = { FirewallDomainListId, MaxResults: 2 };
    const first = await resolver.send("ListFirewallDomains", page);
    expect(first).toEqual({ Domains: ["a.example.", "b.example."], NextToken: "2" });
    const { NextToken } = first;
    expect(await resolver.send("ListFirewallDomains", { ...page, NextToken })).toEqual({
      Domains: ["c.example."],
    });
  });

  it.each(["a..example", "*example.com", "a.*.example", "under_score.example"])(
    "takes no domain %s",
    async (domain) => {
      await expect(new Resolver().list(domain)).rejects.toMatchObject({ code: "ValidationException" });
    },
  );

  it("cannot be deleted while a rule uses it", async () => {
    const resolver = new Resolver();
    const FirewallDomainListId = await resolver.list("*");
    const FirewallRuleGroupId = await resolver.group();
    await resolver.rule(FirewallRuleGroupId, FirewallDomainListId, block);
    const gone = (): Promise<Answer> => resolver.send("DeleteFirewallDomainList", { FirewallDomainListId });
    await expect(gone()).rejects.toMatchObject({ code: "ConflictException", status: 400 });
    await resolver.send("DeleteFirewallRule", { FirewallRuleGroupId, FirewallDomainListId });
    expect(await gone()).toMatchObject({ FirewallDomainList: { Status: "DELETING" } });
    await expect(gone()).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });

  it("is not found by another account", async () => {
    const resolver = new Resolver();
    const FirewallDomainListId = await resolver.list("*");
    await expect(
      resolver.send("GetFirewallDomainList", { FirewallDomainListId }, "333333333333"),
    ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });
});

describe("rules of the DNS firewall", () => {
  it("are listed by priority, as they were made", async () => {
    const resolver = new Resolver();
    const [group, names, all] = [
      await resolver.group(),
      await resolver.list("a.example"),
      await resolver.list("*"),
    ];
    await resolver.rule(group, all, block);
    await resolver.rule(group, names, {
      ...allow,
      FirewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    });
    const listed = await resolver.ask("FirewallRules", "ListFirewallRules", { FirewallRuleGroupId: group });
    expect(listed).toEqual([
      {
        ...NAMED,
        ...allow,
        FirewallRuleGroupId: group,
        FirewallDomainListId: names,
        FirewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
      },
      {
        ...NAMED,
        ...block,
        FirewallRuleGroupId: group,
        FirewallDomainListId: all,
        FirewallDomainRedirectionAction: "INSPECT_REDIRECTION_DOMAIN",
      },
    ]);
    expect(await resolver.send("GetFirewallRuleGroup", { FirewallRuleGroupId: group })).toMatchObject({
      FirewallRuleGroup: { RuleCount: 2, Status: "COMPLETE", OwnerId: LOB, ShareStatus: "NOT_SHARED" },
    });
  });

  it.each([
    ["a priority that another rule has", { ...block, Priority: 100 }],
    ["a block without an answer", { ...block, BlockResponse: undefined }],
    ["an answer for what is allowed", { ...allow, Priority: 300, BlockResponse: "NODATA" }],
    ["an action that AWS does not know", { ...allow, Priority: 300, Action: "PASS" }],
  ])("refuse %s", async (_what, rule) => {
    const resolver = new Resolver();
    const group = await resolver.group();
    await resolver.rule(group, await resolver.list("a.example"), allow);
    const made = resolver.rule(group, await resolver.list("*"), rule);
    await expect(made).rejects.toMatchObject({ code: "ValidationException" });
  });

  it("are changed, but not to a priority that another rule has", async () => {
    const resolver = new Resolver();
    const [group, names, all] = [
      await resolver.group(),
      await resolver.list("a.example"),
      await resolver.list("*"),
    ];
    await resolver.rule(group, names, allow);
    await resolver.rule(group, all, block);
    const rule = { FirewallRuleGroupId: group, FirewallDomainListId: all };
    expect(await resolver.ask("FirewallRule", "UpdateFirewallRule", { ...rule, Priority: 50 })).toMatchObject(
      {
        ...block,
        Priority: 50,
      },
    );
    await expect(resolver.send("UpdateFirewallRule", { ...rule, Priority: 100 })).rejects.toMatchObject({
      code: "ValidationException",
    });
  });
});

describe("a VPC's DNS firewall", () => {
  it("is the rule groups that are associated with it", async () => {
    const resolver = new Resolver();
    const FirewallRuleGroupId = await resolver.group();
    const id = await resolver.associate(FirewallRuleGroupId);
    const listed = await resolver.send("ListFirewallRuleGroupAssociations", { VpcId: VPC });
    expect(listed).toMatchObject({
      FirewallRuleGroupAssociations: [
        {
          Id: id,
          FirewallRuleGroupId,
          VpcId: VPC,
          Priority: 101,
          MutationProtection: "DISABLED",
          Status: "COMPLETE",
        },
      ],
    });
    await expect(resolver.associate(FirewallRuleGroupId, 102)).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(resolver.send("DeleteFirewallRuleGroup", { FirewallRuleGroupId })).rejects.toMatchObject({
      code: "ConflictException",
    });
  });

  it.each([100, 9900])(
    "has no association of priority %d, which AWS keeps for Firewall Manager",
    async (priority) => {
      const resolver = new Resolver();
      const made = resolver.associate(await resolver.group(), priority);
      await expect(made).rejects.toMatchObject({ code: "ValidationException" });
    },
  );

  it("is made for a VPC of the account alone", async () => {
    const resolver = new Resolver();
    const input = { ...NAMED, FirewallRuleGroupId: await resolver.group(), VpcId: "vpc-2", Priority: 101 };
    await expect(
      resolver.send("AssociateFirewallRuleGroup", { ...input, VpcId: "vpc-2" }),
    ).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  it("cannot be taken from the VPC while the association is protected", async () => {
    const resolver = new Resolver();
    const FirewallRuleGroupAssociationId = await resolver.associate(await resolver.group());
    const protect = (MutationProtection: string): Promise<Answer> =>
      resolver.send("UpdateFirewallRuleGroupAssociation", {
        FirewallRuleGroupAssociationId,
        MutationProtection,
      });
    const remove = (): Promise<Answer> =>
      resolver.send("DisassociateFirewallRuleGroup", { FirewallRuleGroupAssociationId });
    await protect("ENABLED");
    await expect(remove()).rejects.toMatchObject({ code: "ConflictException" });
    await protect("DISABLED");
    expect(await remove()).toMatchObject({ FirewallRuleGroupAssociation: { Status: "DELETING" } });
    expect(resolver.store.associations.everywhere).toEqual([]);
  });

  it("fails closed unless it is told otherwise", async () => {
    const resolver = new Resolver();
    const config = (operation: string, input: object = {}): Promise<Answer> =>
      resolver.ask<Answer>("FirewallConfig", operation, { ResourceId: VPC, ...input });
    expect(await config("GetFirewallConfig")).toMatchObject({ OwnerId: LOB, FirewallFailOpen: "DISABLED" });
    const changed = await config("UpdateFirewallConfig", { FirewallFailOpen: "ENABLED" });
    expect(changed).toMatchObject({ ResourceId: VPC, FirewallFailOpen: "ENABLED" });
    expect(await resolver.ask("FirewallConfigs", "ListFirewallConfigs")).toEqual([changed]);
  });
});

describe("the network", () => {
  it("knows each VPC's rules with the names that they are for", async () => {
    const resolver = new Resolver();
    const [group, names] = [await resolver.group(), await resolver.list("sts.eu-west-1.amazonaws.com")];
    await resolver.rule(group, names, {
      ...allow,
      FirewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    });
    await resolver.rule(group, await resolver.list("*"), block);
    await resolver.rule(group, names, { ...allow, Priority: 50, Qtype: "TXT" });
    const associationId = await resolver.associate(group);
    const place = { account: LOB, region: "eu-west-1" };
    expect(firewallFacts(resolver.store, place)).toEqual([
      {
        associationId,
        vpcId: VPC,
        priority: 101,
        rules: [
          {
            priority: 100,
            action: "ALLOW",
            domains: ["sts.eu-west-1.amazonaws.com"],
            trustsRedirection: true,
          },
          { priority: 200, action: "BLOCK", domains: ["*"], trustsRedirection: false },
        ],
      },
    ]);
    expect(firewallFacts(resolver.store, { ...place, account: "333333333333" })).toEqual([]);
  });
});

describe("a query log", () => {
  it("logs the queries of the VPCs that are associated with it", async () => {
    const resolver = new Resolver();
    const ResolverQueryLogConfigId = await resolver.queryLog();
    const associated = await resolver.send("AssociateResolverQueryLogConfig", {
      ResolverQueryLogConfigId,
      ResourceId: VPC,
    });
    expect(associated).toMatchObject({
      ResolverQueryLogConfigAssociation: {
        ResolverQueryLogConfigId,
        ResourceId: VPC,
        Status: "ACTIVE",
        Error: "NONE",
      },
    });
    expect(await resolver.send("GetResolverQueryLogConfig", { ResolverQueryLogConfigId })).toMatchObject({
      ResolverQueryLogConfig: {
        DestinationArn: `arn:aws:logs:eu-west-1:${LOB}:log-group:/dns`,
        AssociationCount: 1,
        Status: "CREATED",
      },
    });
  });

  it("cannot be deleted while a VPC is associated", async () => {
    const resolver = new Resolver();
    const input = { ResolverQueryLogConfigId: await resolver.queryLog(), ResourceId: VPC };
    await resolver.send("AssociateResolverQueryLogConfig", input);
    const remove = (): Promise<Answer> => resolver.send("DeleteResolverQueryLogConfig", input);
    await expect(remove()).rejects.toMatchObject({ code: "InvalidRequestException" });
    await resolver.send("DisassociateResolverQueryLogConfig", input);
    await remove();
    expect(resolver.store.leftovers).toEqual([]);
  });

  it("logs a VPC once", async () => {
    const resolver = new Resolver();
    const input = { ResolverQueryLogConfigId: await resolver.queryLog(), ResourceId: VPC };
    await resolver.send("AssociateResolverQueryLogConfig", input);
    await expect(resolver.send("AssociateResolverQueryLogConfig", input)).rejects.toMatchObject({
      code: "ResourceExistsException",
    });
  });
});

describe("Route 53 Resolver", () => {
  it("keeps tags of what it holds itself", async () => {
    const resolver = new Resolver();
    const Tags = [{ Key: "Project", Value: "studio-access" }];
    const made = await resolver.ask<{ Arn: string }>("FirewallRuleGroup", "CreateFirewallRuleGroup", {
      ...NAMED,
      Tags,
    });
    const ResourceArn = made.Arn;
    await resolver.send("TagResource", { ResourceArn, Tags: [{ Key: "Team", Value: "data" }] });
    await resolver.send("UntagResource", { ResourceArn, TagKeys: ["Project"] });
    expect(await resolver.send("ListTagsForResource", { ResourceArn })).toEqual({
      Tags: [{ Key: "Team", Value: "data" }],
    });
  });

  it("leaves endpoints, forward rules and their tags to moto", async () => {
    const resolver = new Resolver();
    const arn = `arn:aws:route53resolver:eu-west-1:${LOB}:resolver-endpoint/rslvr-in-1`;
    expect(await resolver.send("ListResolverEndpoints")).toEqual({ by: "moto" });
    expect(await resolver.send("ListTagsForResource", { ResourceArn: arn })).toEqual({ by: "moto" });
  });

  it("shows in the inventory what a destroy has to remove", async () => {
    const resolver = new Resolver();
    const group = await resolver.group();
    await resolver.associate(group);
    await resolver.send("UpdateFirewallConfig", { ResourceId: VPC, FirewallFailOpen: "DISABLED" });
    expect(resolver.store.leftovers.map(({ kind }) => kind).sort()).toEqual([
      "firewall-rule-group",
      "firewall-rule-group-association",
    ]);
  });
});
