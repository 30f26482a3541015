import type { Reply } from "../../server/call";
import type { LocalState } from "../control-plane";
import { AttachmentRegistry } from "../ec2/attachment-registry";
import { FakeMoto, jsonAnswer, xmlAnswer } from "../testing/fake-moto";
import { PrivateDomains } from "../api-gateway/private-domains";
import { ShareRegistry } from "../ram/share-registry";
import { ZoneRegistry } from "../route53/zone-registry";
import { ProfileStore } from "../route53profiles/profile-store";
import { ResolverStore } from "../route53resolver/resolver-store";
import { StudioStore } from "../sagemaker/studio-store";
import { SessionRegistry } from "../sts/session-registry";
import { Inventory } from "./inventory";

const HUB = "111111111111";
const REGION = "eu-west-1";

type Json = Readonly<Record<string, unknown>>;

interface Contents {
  /** By Action of the Query protocol. */
  readonly query?: Readonly<Record<string, string>>;
  /** By X-Amz-Target, without its prefix; several pages of one list as an array. */
  readonly json?: Readonly<Record<string, Json | ((request: Json) => Json)>>;
  /** By path. */
  readonly rest?: Readonly<Record<string, Reply>>;
}

function emptyState(): LocalState {
  return {
    shares: new ShareRegistry(),
    domains: new PrivateDomains(),
    attachments: new AttachmentRegistry(),
    zones: new ZoneRegistry(),
    profiles: new ProfileStore(new ShareRegistry()),
    resolver: new ResolverStore(),
    studio: new StudioStore(),
    sessions: new SessionRegistry(),
  };
}

async function linesOf(contents: Contents, state: LocalState = emptyState()): Promise<string[]> {
  const moto = new FakeMoto({
    query: (_service, _account, _region, parameters) =>
      xmlAnswer(contents.query?.[parameters["Action"] ?? ""] ?? "<R/>"),
    json: (_service, _account, _region, target, body) => {
      const answer = contents.json?.[target.split(".")[1] ?? ""] ?? {};
      return typeof answer === "function" ? answer(body as Json) : answer;
    },
    rest: (_service, _account, _region, _method, path) => {
      const isXml = path === "/" || path.startsWith("/2013-04-01");
      return contents.rest?.[path] ?? (isXml ? xmlAnswer("<R/>") : jsonAnswer({}));
    },
  });
  const inventory = new Inventory(moto, state);
  inventory.observe({ account: HUB, region: REGION, accessKeyId: "test" });
  return await inventory.lines();
}

describe("the inventory", () => {
  it("is empty where nothing was called", async () => {
    expect(await new Inventory(new FakeMoto(), emptyState()).lines()).toEqual([]);
  });

  it("does not read an account that only had unsigned calls", async () => {
    const inventory = new Inventory(new FakeMoto(), emptyState());
    inventory.observe({ account: HUB, region: REGION, accessKeyId: undefined });
    expect(await inventory.lines()).toEqual([]);
  });

  it("names each resource by account, region, service, type and id", async () => {
    const lines = await linesOf({
      query: {
        DescribeSubnets:
          "<R><subnetSet><item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId></item></subnetSet></R>",
        ListRoles:
          "<R><ListRolesResult><Roles><member><RoleName>role-a</RoleName></member></Roles></ListRolesResult></R>",
      },
      json: { ListTables: { TableNames: ["users"] } },
      rest: {
        "/2015-03-31/functions/": jsonAnswer({ Functions: [{ FunctionName: "f" }] }),
        "/": xmlAnswer("<R><Buckets><Bucket><Name>state</Name></Bucket></Buckets></R>"),
      },
    });
    expect(lines).toEqual([
      `${HUB} ${REGION} dynamodb table users`,
      `${HUB} ${REGION} ec2 subnet subnet-1`,
      `${HUB} ${REGION} lambda function f`,
      `${HUB} global iam role role-a`,
      `${HUB} global s3 bucket state`,
    ]);
  });

  it("leaves out the default resources of every account", async () => {
    const vpc = "<vpcSet><item><vpcId>vpc-0</vpcId><isDefault>true</isDefault></item></vpcSet>";
    const lines = await linesOf({
      query: {
        DescribeVpcs: `<R>${vpc}</R>`,
        DescribeSubnets:
          "<R><subnetSet><item><subnetId>subnet-0</subnetId><vpcId>vpc-0</vpcId></item></subnetSet></R>",
        DescribeNetworkAcls:
          "<R><networkAclSet><item><networkAclId>acl-0</networkAclId><vpcId>vpc-gone</vpcId><default>true</default></item></networkAclSet></R>",
        DescribeManagedPrefixLists:
          "<R><prefixListSet><item><prefixListId>pl-0</prefixListId><ownerId>AWS</ownerId></item></prefixListSet></R>",
      },
      json: {
        ListAliases: { Aliases: [{ AliasName: "alias/aws/s3" }] },
        DescribeParameters: { Parameters: [{ Name: "/aws/service/x" }] },
      },
    });
    expect(lines).toEqual([]);
  });

  it("leaves out deleted resources that are still listed", async () => {
    const lines = await linesOf({
      query: {
        DescribeNatGateways:
          "<R><natGatewaySet><item><natGatewayId>nat-1</natGatewayId><state>deleted</state></item></natGatewaySet></R>",
        DescribeInstances:
          "<R><reservationSet><item><instancesSet><item><instanceId>i-1</instanceId><instanceState><name>terminated</name></instanceState></item></instancesSet></item></reservationSet></R>",
      },
      json: {
        ListKeys: { Keys: [{ KeyId: "k1" }, { KeyId: "k2" }, { KeyId: "made-by-aws" }] },
        ListAliases: { Aliases: [{ AliasName: "alias/aws/dynamodb", TargetKeyId: "made-by-aws" }] },
        DescribeKey: ({ KeyId }) => ({
          KeyMetadata: {
            KeyId,
            KeyState: KeyId === "k1" ? "PendingDeletion" : "Enabled",
          },
        }),
      },
    });
    expect(lines).toEqual([`${HUB} ${REGION} kms key k2`]);
  });

  it("reads every page of a list", async () => {
    const pages = ({ NextToken }: Json): Json =>
      NextToken === undefined
        ? { Parameters: [{ Name: "/aws/x" }], NextToken: "2" }
        : { Parameters: [{ Name: "/mine" }] };
    expect(await linesOf({ json: { DescribeParameters: pages } })).toEqual([
      `${HUB} ${REGION} ssm parameter /mine`,
    ]);
  });

  it("holds the local AWS's own state, without deleted resources", async () => {
    const state = emptyState();
    const terms = {
      name: "s",
      owner: HUB,
      region: REGION,
      allowExternalPrincipals: true,
      tags: new Map<string, string>(),
    };
    const kept = state.shares.create(terms);
    state.shares.delete(state.shares.create(terms));
    const invitation = state.shares.invite(kept, "222222222222");
    state.zones.created("Z1", HUB);
    state.zones.authorize("Z1", { id: "vpc-1", region: REGION });
    expect(await linesOf({}, state)).toEqual([
      `${HUB} ${REGION} ram resource-share ${kept.arn}`,
      `${HUB} global route53 vpc-association-authorization Z1/vpc-1`,
      `222222222222 ${REGION} ram invitation ${invitation.arn}`,
    ]);
  });

  it("fails when a service does not answer", async () => {
    const rest = { "/restapis": jsonAnswer({}, 500) };
    await expect(linesOf({ rest })).rejects.toThrow("GET /restapis of apigateway");
  });
});
