import type { AwsCall, Reply, ServiceHandler } from "../server/call";
import { invokeFunction } from "../lambda-runtime/invoke-api";
import { requestCheck, type RequestCheck } from "../models/request-check";
import { answerCheck, type AnswerCheck } from "../models/testing/answer-check";
import { motoModels } from "../models/testing/moto-models";
import { RamService } from "./ram/ram-service";
import { ShareRegistry } from "./ram/share-registry";
import { ResolverService } from "./route53resolver/resolver-service";
import { ResolverStore } from "./route53resolver/resolver-store";
import { FakeHomes } from "./sagemaker/testing/fake-homes";
import { SageMakerService } from "./sagemaker/sagemaker-service";
import { StudioStore } from "./sagemaker/studio-store";
import { ServiceQuotasService } from "./service-quotas/service-quotas-service";
import { SessionRegistry } from "./sts/session-registry";
import { StsService } from "./sts/sts-service";
import { FakeMoto, fakeCall, formCall, xmlAnswer } from "./testing/fake-moto";

const HUB = "111111111111";
const LOB = "222222222222";
const GATEWAY = `arn:aws:ec2:eu-west-1:${HUB}:transit-gateway/tgw-0123456789abcdef0`;
const ROLE = `arn:aws:iam::${LOB}:role/studio`;
const TAG = { Key: "Project", Value: "studio-access" };

type Answer = Record<string, unknown>;

let allowed: RequestCheck;
let faultsOf: AnswerCheck;

beforeAll(async () => {
  const models = await motoModels();
  allowed = requestCheck(models);
  faultsOf = answerCheck(models);
});

/** Calls a service with requests that AWS allows, and collects what AWS would not answer. */
class Judged {
  readonly faults: string[] = [];
  readonly #service: ServiceHandler;

  constructor(service: ServiceHandler) {
    this.#service = service;
  }

  async send(call: AwsCall): Promise<Reply> {
    await allowed(call);
    const reply = await this.#service.handle(call);
    this.faults.push(...(await faultsOf(call, reply)));
    return reply;
  }

  /** A call with X-Amz-Target. */
  async target(service: string, prefix: string, operation: string, input: object): Promise<Answer> {
    const headers = { "x-amz-target": `${prefix}.${operation}` };
    const call = { service, operation, account: LOB, headers, body: JSON.stringify(input) };
    const { body } = await this.send(fakeCall(call));
    return body.length === 0 ? {} : (JSON.parse(body.toString()) as Answer);
  }
}

describe("the answers of the local AWS itself have the form of AWS's model", () => {
  it.each([true, false])("RAM, in an organization: %s", async (inOrganization) => {
    const judged = new Judged(new RamService(new ShareRegistry(), { inOrganization }));
    const ask = async (account: string, operation: string, input: object): Promise<Answer> => {
      const call = { service: "ram", account, path: `/${operation}`, body: JSON.stringify(input) };
      return JSON.parse((await judged.send(fakeCall(call))).body.toString()) as Answer;
    };
    const { resourceShare } = await ask(HUB, "createresourceshare", {
      name: "hub",
      resourceArns: [GATEWAY],
      principals: [LOB],
      tags: [{ key: "Project", value: "studio-access" }],
    });
    const resourceShareArn = (resourceShare as { resourceShareArn: string }).resourceShareArn;
    const resourceShareArns = [resourceShareArn];
    const { resourceShareInvitations } = await ask(LOB, "getresourceshareinvitations", {});
    for (const { resourceShareInvitationArn } of resourceShareInvitations as Answer[])
      await ask(LOB, "acceptresourceshareinvitation", { resourceShareInvitationArn });
    await ask(HUB, "getresourceshares", { resourceOwner: "SELF", resourceShareArns });
    await ask(LOB, "getresourceshares", { resourceOwner: "OTHER-ACCOUNTS" });
    for (const associationType of ["RESOURCE", "PRINCIPAL"])
      await ask(HUB, "getresourceshareassociations", { associationType, resourceShareArns });
    await ask(HUB, "listresourcesharepermissions", { resourceShareArn });
    await ask(LOB, "listresources", { resourceOwner: "OTHER-ACCOUNTS" });
    await ask(HUB, "updateresourceshare", { resourceShareArn, name: "spokes" });
    await ask(HUB, "tagresource", { resourceShareArn, tags: [{ key: "a", value: "b" }] });
    await ask(HUB, "untagresource", { resourceShareArn, tagKeys: ["a"] });
    await ask(HUB, "associateresourceshare", { resourceShareArn, principals: ["333333333333"] });
    await ask(HUB, "disassociateresourceshare", { resourceShareArn, principals: [LOB] });
    await ask(HUB, "enablesharingwithawsorganization", {});
    await judged.send(
      fakeCall({
        service: "ram",
        method: "DELETE",
        account: HUB,
        path: `/deleteresourceshare?resourceShareArn=${encodeURIComponent(resourceShareArn)}`,
      }),
    );
    expect(judged.faults).toEqual([]);
  });

  it("Studio", async () => {
    const moto = new FakeMoto(new FakeHomes().answers);
    const judged = new Judged(new SageMakerService(moto, new StudioStore(), { issued: () => undefined }));
    const ask = (operation: string, input: object): Promise<Answer> =>
      judged.target("sagemaker", "SageMaker", operation, input);
    const { DomainId, DomainArn } = await ask("CreateDomain", {
      DomainName: "lob-a",
      AuthMode: "IAM",
      VpcId: "vpc-1",
      SubnetIds: ["subnet-1", "subnet-2"],
      AppNetworkAccessType: "VpcOnly",
      DefaultUserSettings: { ExecutionRole: ROLE },
      Tags: [TAG],
    });
    const profile = { DomainId, UserProfileName: "ann" };
    const space = { DomainId, SpaceName: "own" };
    const app = { ...space, AppType: "JupyterLab", AppName: "default" };
    await ask("CreateUserProfile", { ...profile, UserSettings: { ExecutionRole: ROLE }, Tags: [TAG] });
    await ask("CreateSpace", {
      ...space,
      OwnershipSettings: { OwnerUserProfileName: "ann" },
      SpaceSharingSettings: { SharingType: "Private" },
    });
    await ask("CreateApp", { ...app, ResourceSpec: { InstanceType: "ml.t3.medium" } });
    for (const operation of ["ListDomains", "ListUserProfiles", "ListSpaces", "ListApps"])
      await ask(operation, {});
    await ask("DescribeDomain", { DomainId });
    // A profile is pending at first.
    while ((await ask("DescribeUserProfile", profile))["Status"] !== "InService")
      await new Promise((resolve) => setTimeout(resolve, 200));
    await ask("DescribeSpace", space);
    await ask("DescribeApp", app);
    await ask("UpdateDomain", { DomainId, DefaultUserSettings: { StudioWebPortal: "ENABLED" } });
    await ask("UpdateUserProfile", { ...profile, UserSettings: { StudioWebPortal: "ENABLED" } });
    await ask("AddTags", { ResourceArn: DomainArn, Tags: [TAG] });
    await ask("ListTags", { ResourceArn: DomainArn });
    await ask("DeleteTags", { ResourceArn: DomainArn, TagKeys: ["Project"] });
    await ask("CreatePresignedDomainUrl", { ...profile, ExpiresInSeconds: 300 });
    await ask("DeleteApp", app);
    await ask("DeleteSpace", space);
    await ask("DeleteUserProfile", profile);
    await ask("DeleteDomain", { DomainId });
    expect(judged.faults).toEqual([]);
  });

  it("Service Quotas", async () => {
    const judged = new Judged(new ServiceQuotasService());
    for (const operation of ["GetServiceQuota", "GetAWSDefaultServiceQuota"])
      await judged.target("servicequotas", "ServiceQuotasV20190624", operation, {
        ServiceCode: "vpc",
        QuotaCode: "L-F678F1CE",
      });
    expect(judged.faults).toEqual([]);
  });

  it("STS, which completes moto's answer", async () => {
    const credentials =
      "<AccessKeyId>ASIAEXAMPLE123456789</AccessKeyId><SecretAccessKey>s</SecretAccessKey>" +
      "<SessionToken>t</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration>";
    const role = `<Role><Arn>${ROLE}</Arn><MaxSessionDuration>7200</MaxSessionDuration></Role>`;
    const moto = new FakeMoto({
      forward: () =>
        xmlAnswer(
          `<AssumeRoleResponse><AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        ),
      query: () => xmlAnswer(`<GetRoleResponse><GetRoleResult>${role}</GetRoleResult></GetRoleResponse>`),
    });
    const webIdentityOf = (): Promise<never> => Promise.reject(new Error("no token"));
    const judged = new Judged(new StsService({ moto, sessions: new SessionRegistry(), webIdentityOf }));
    const parameters = { RoleArn: ROLE, RoleSessionName: "ann", SourceIdentity: "ann" };
    await judged.send(formCall("AssumeRole", parameters, { service: "sts", account: HUB }));
    expect(judged.faults).toEqual([]);
  });

  it("Route 53 Resolver: the DNS firewall and query logs", async () => {
    const vpcs = "<R><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet></R>";
    const moto = new FakeMoto({ query: () => xmlAnswer(vpcs) });
    const judged = new Judged(new ResolverService(moto, new ResolverStore()));
    const ask = async (operation: string, input: object, field?: string): Promise<string> => {
      const answer = await judged.target("route53resolver", "Route53Resolver", operation, input);
      return field === undefined ? "" : (answer[field] as { Id: string }).Id;
    };
    const made = { Name: "names", CreatorRequestId: "terraform-1" };
    const FirewallDomainListId = await ask("CreateFirewallDomainList", made, "FirewallDomainList");
    await ask("UpdateFirewallDomains", { FirewallDomainListId, Operation: "REPLACE", Domains: ["*"] });
    await ask("ListFirewallDomains", { FirewallDomainListId });
    await ask("GetFirewallDomainList", { FirewallDomainListId });
    const FirewallRuleGroupId = await ask("CreateFirewallRuleGroup", made, "FirewallRuleGroup");
    const rule = { FirewallRuleGroupId, FirewallDomainListId };
    await ask("CreateFirewallRule", { ...made, ...rule, Priority: 100, Action: "ALLOW" });
    await ask("ListFirewallRules", { FirewallRuleGroupId });
    await ask("GetFirewallRuleGroup", { FirewallRuleGroupId });
    const association = { ...made, FirewallRuleGroupId, VpcId: "vpc-1", Priority: 101 };
    const FirewallRuleGroupAssociationId = await ask(
      "AssociateFirewallRuleGroup",
      association,
      "FirewallRuleGroupAssociation",
    );
    await ask("GetFirewallRuleGroupAssociation", { FirewallRuleGroupAssociationId });
    const DestinationArn = `arn:aws:logs:eu-west-1:${LOB}:log-group:/dns`;
    const ResolverQueryLogConfigId = await ask(
      "CreateResolverQueryLogConfig",
      { ...made, DestinationArn },
      "ResolverQueryLogConfig",
    );
    const logged = { ResolverQueryLogConfigId, ResourceId: "vpc-1" };
    await ask("AssociateResolverQueryLogConfig", logged);
    await ask("GetResolverQueryLogConfig", { ResolverQueryLogConfigId });
    await ask("DisassociateResolverQueryLogConfig", logged);
    await ask("DeleteResolverQueryLogConfig", { ResolverQueryLogConfigId });
    await ask("DisassociateFirewallRuleGroup", { FirewallRuleGroupAssociationId });
    await ask("DeleteFirewallRule", rule);
    await ask("DeleteFirewallRuleGroup", { FirewallRuleGroupId });
    await ask("DeleteFirewallDomainList", { FirewallDomainListId });
    expect(judged.faults).toEqual([]);
  });

  it.each([
    ["RequestResponse", { ok: true, payload: '{"statusCode":200}' }],
    ["RequestResponse", { ok: false, error: { errorType: "Error", errorMessage: "no", trace: [] } }],
    ["DryRun", { ok: true, payload: "" }],
    ["Event", { ok: true, payload: "" }],
  ] as const)("the data plane's Invoke of Lambda: %s, %j", async (type, outcome) => {
    const runtime = { invoke: () => Promise.resolve({ outcome, log: "line" }) };
    const judged = new Judged({
      handle: async (call) => {
        const reply = await invokeFunction(runtime, call);
        if (reply === undefined) throw new Error("not an Invoke");
        return reply;
      },
    });
    const headers = { "x-amz-invocation-type": type, "x-amz-log-type": "Tail" };
    const path = "/2015-03-31/functions/presign/invocations";
    await judged.send(fakeCall({ service: "lambda", path, headers, body: "{}" }));
    expect(judged.faults).toEqual([]);
  });

  it("and one that has another form is found", async () => {
    const call = fakeCall({
      service: "servicequotas",
      operation: "GetServiceQuota",
      headers: { "x-amz-target": "ServiceQuotasV20190624.GetServiceQuota" },
    });
    const body = Buffer.from(
      JSON.stringify({ Quota: { Value: "5", Color: "red", QuotaAppliedAtLevel: "NOWHERE" } }),
    );
    expect(await faultsOf(call, { body })).toEqual([
      "GetServiceQuota Quota.Value: STRING_VALUE can not be converted to a Double",
      "GetServiceQuota Quota.Color: unknown",
      "GetServiceQuota Quota.QuotaAppliedAtLevel: enum",
    ]);
    const domains = fakeCall({
      service: "ram",
      path: "/getresourceshareinvitations",
    });
    expect(await faultsOf(domains, { body: Buffer.from("[]") })).toEqual([
      "GetResourceShareInvitations : Start of list found where not expected",
    ]);
    const invoked = fakeCall({ service: "lambda", path: "/2015-03-31/functions/presign/invocations" });
    const headers = { "x-amz-executed-version": "newest", "x-amz-function-erorr": "Unhandled" };
    expect(await faultsOf(invoked, { headers, body: Buffer.from("{}") })).toEqual([
      "Invoke x-amz-function-erorr: unknown",
      "Invoke ExecutedVersion: pattern",
    ]);
  });
});
