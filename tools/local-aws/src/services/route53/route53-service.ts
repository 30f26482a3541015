import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto, Reply, ServiceHandler } from "../../server/call";
import { NAMESPACES, withBody, xmlReply } from "../../server/protocol";
import {
  child,
  element,
  parseXml,
  putChild,
  removeChild,
  renderXml,
  textAt,
  type XmlElement,
} from "../../server/xml";
import { ownsVpc } from "../vpc-lookup";
import { ZoneConflicts } from "./zone-conflicts";
import type { ZoneRegistry, ZoneVpc } from "./zone-registry";
import { summariesIn } from "./zone-summaries";
import { requireRoomForTags } from "./zone-tags";

type ZoneOperation = (call: AwsCall, zoneId: string) => Promise<Reply>;

const API = "/2013-04-01/";

/** The id in a reply's `ChangeInfo`. */
const CHANGE_ID = /<Id>\/change\/([^<]+)<\/Id>/g;

/**
 * Route 53: moto's zones and records, with the authorization that associates a VPC of one account with a zone of another.
 *
 * Wire format: REST-XML under /2013-04-01/.
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html
 */
export class Route53Service implements ServiceHandler {
  readonly #moto: Pick<Moto, "forward" | "query" | "rest">;
  readonly #zones: ZoneRegistry;
  readonly #conflicts: ZoneConflicts;
  /** Ids of the changes that replies have named. */
  readonly #changes = new Set<string>();
  readonly #zoneOperations: ReadonlyMap<string, ZoneOperation> = new Map<string, ZoneOperation>([
    ["POST authorizevpcassociation", (call, zoneId) => Promise.resolve(this.#authorize(call, zoneId))],
    [
      "GET authorizevpcassociation",
      (call, zoneId) => Promise.resolve(this.#listAuthorizations(call, zoneId)),
    ],
    ["POST deauthorizevpcassociation", (call, zoneId) => Promise.resolve(this.#deauthorize(call, zoneId))],
    ["POST associatevpc", (call, zoneId) => this.#associate(call, zoneId)],
    ["POST disassociatevpc", (call, zoneId) => this.#disassociate(call, zoneId)],
    ["DELETE ", (call, zoneId) => this.#deleteZone(call, zoneId)],
  ]);

  constructor(moto: Pick<Moto, "forward" | "query" | "rest">, zones: ZoneRegistry) {
    this.#moto = moto;
    this.#zones = zones;
    this.#conflicts = new ZoneConflicts(moto, zones);
  }

  async handle(call: AwsCall): Promise<Reply> {
    const reply = await this.#answer(call);
    for (const [, id = ""] of reply.body.toString().matchAll(CHANGE_ID)) this.#changes.add(id);
    return reply;
  }

  async #answer(call: AwsCall): Promise<Reply> {
    const [collection, zoneId, operation = ""] = call.url.pathname.slice(API.length).split("/");
    if (collection === "hostedzonesbyvpc") return await this.#listByVpc(call);
    if (collection === "change") this.#requireChange(zoneId ?? "");
    if (collection === "tags" && call.method === "POST" && operation !== "")
      await requireRoomForTags(this.#moto, call);
    if (collection !== "hostedzone") return await this.#moto.forward(call);
    if (!zoneId)
      return call.method === "POST" ? await this.#createZone(call) : await this.#moto.forward(call);
    const handler = this.#zoneOperations.get(`${call.method} ${operation}`);
    return handler ? await handler(call, zoneId) : await this.#moto.forward(call);
  }

  /**
   * AWS creates a private zone when the request names a VPC. moto needs `PrivateZone` as well, which the provider does not
   * send.
   */
  async #createZone(call: AwsCall): Promise<Reply> {
    const request = parseXml(call.body.toString());
    const vpc = vpcIn(request);
    if (vpc) {
      await this.#requireOwnVpc(call, vpc);
      await this.#conflicts.requireFreeName(vpc, textAt(request, "Name") ?? "");
      const config = child(request, "HostedZoneConfig") ?? element("HostedZoneConfig");
      putChild(config, "PrivateZone", "true");
      putChild(request, "HostedZoneConfig", ...config.children);
    }
    const reply = await this.#moto.forward(call, vpc ? { body: renderXml(request) } : {});
    if (reply.status < 300) {
      const id = textAt(parseXml(reply.body.toString()), "HostedZone", "Id");
      if (id !== undefined) this.#zones.created(id.replace("/hostedzone/", ""), call.account);
    }
    return reply;
  }

  async #deleteZone(call: AwsCall, zoneId: string): Promise<Reply> {
    const reply = await this.#moto.forward(call);
    if (reply.status < 300) this.#zones.deleted(zoneId);
    return reply;
  }

  #authorize(call: AwsCall, zoneId: string): Reply {
    this.#requireOwner(call, zoneId);
    const vpc = requiredVpc(call);
    this.#zones.authorize(zoneId, vpc);
    return route53Reply(
      "CreateVPCAssociationAuthorizationResponse",
      element("HostedZoneId", zoneId),
      vpcElement(vpc),
    );
  }

  #listAuthorizations(call: AwsCall, zoneId: string): Reply {
    this.#requireOwner(call, zoneId);
    const vpcs = this.#zones.authorized(zoneId).map(vpcElement);
    const name = "ListVPCAssociationAuthorizationsResponse";
    return route53Reply(name, element("HostedZoneId", zoneId), element("VPCs", ...vpcs));
  }

  #deauthorize(call: AwsCall, zoneId: string): Reply {
    this.#requireOwner(call, zoneId);
    const { id } = requiredVpc(call);
    if (!this.#zones.deauthorize(zoneId, id)) {
      const message = `The VPC ${id} is not authorized for the hosted zone ${zoneId}.`;
      throw new AwsError("VPCAssociationAuthorizationNotFound", message, 404);
    }
    return route53Reply("DeleteVPCAssociationAuthorizationResponse");
  }

  /** The caller must own the VPC; if the zone belongs to another account, that account must have authorized the VPC. */
  async #associate(call: AwsCall, zoneId: string): Promise<Reply> {
    const owner = this.#requireZone(zoneId);
    const vpc = requiredVpc(call);
    await this.#requireOwnVpc(call, vpc);
    if (owner !== call.account && !this.#zones.isAuthorized(zoneId, vpc.id)) {
      const message = `The VPC: ${vpc.id} has not authorized to associate with your hosted zone.`;
      throw new AwsError("NotAuthorizedException", message, 401);
    }
    await this.#conflicts.requireAssociable(vpc, zoneId, owner);
    return await this.#moto.forward(call, { account: owner });
  }

  async #disassociate(call: AwsCall, zoneId: string): Promise<Reply> {
    const owner = this.#requireZone(zoneId);
    if (owner !== call.account) await this.#requireOwnVpc(call, requiredVpc(call));
    return await this.#moto.forward(call, { account: owner });
  }

  /** Zones of every account that the VPC is associated with, in pages. */
  async #listByVpc(call: AwsCall): Promise<Reply> {
    await this.#requireListableVpc(call);
    const accounts = [...new Set([call.account, ...this.#zones.owners])];
    const replies = await Promise.all(accounts.map((account) => this.#moto.forward(call, { account })));
    const failed = replies.find(({ status }) => status >= 300);
    if (failed) return failed;
    const [first, ...others] = replies.map(({ body }) => parseXml(body.toString()));
    if (!first) throw new Error("no account was asked for its zones");
    const summaries = [first, ...others].flatMap(summariesIn);
    const { shown, maxItems, nextToken } = pageOf(summaries, call.url.searchParams);
    for (const name of ["MaxItems", "NextToken"]) removeChild(first, name);
    putChild(first, "HostedZoneSummaries", ...shown);
    putChild(first, "MaxItems", String(maxItems));
    if (nextToken !== undefined) putChild(first, "NextToken", nextToken);
    return withBody(replies[0] ?? xmlReply(first), renderXml(first));
  }

  /**
   * A VPC is the caller's, in the region that the call names. The Terraform provider knows this error by its code and "is not
   * owned by you"; the other words are our reading.
   */
  async #requireListableVpc({ account, url }: AwsCall): Promise<void> {
    const id = url.searchParams.get("vpcid") ?? "";
    const region = url.searchParams.get("vpcregion") ?? "";
    if (await ownsVpc(this.#moto, { account, region }, id)) return;
    throw new AwsError("AccessDenied", `The VPC ${id} in region ${region} is not owned by you.`, 403);
  }

  /** Words from the description of the error in AWS's API reference. */
  #requireChange(id: string): void {
    if (this.#changes.has(decodeURIComponent(id))) return;
    throw new AwsError("NoSuchChange", "A change with the specified change ID does not exist.", 404);
  }

  #requireZone(zoneId: string): string {
    const owner = this.#zones.ownerOf(zoneId);
    if (owner === undefined) throw noSuchZone(zoneId);
    return owner;
  }

  /** @throws {AwsError} `NoSuchHostedZone` for every account but the owner */
  #requireOwner(call: AwsCall, zoneId: string): void {
    if (this.#requireZone(zoneId) !== call.account) throw noSuchZone(zoneId);
  }

  async #requireOwnVpc(call: AwsCall, vpc: ZoneVpc): Promise<void> {
    if (await ownsVpc(this.#moto, { account: call.account, region: vpc.region }, vpc.id)) return;
    throw new AwsError(
      "InvalidVPCId",
      `The VPC: ${vpc.id} you provided is not authorized to make the association.`,
    );
  }
}

/** AWS's default size of a page, and its largest. */
const LARGEST_PAGE = 100;

/**
 * A page of ListHostedZonesByVPC. The token is the number of the next zone.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByVPC.html
 */
function pageOf<Zone>(
  zones: readonly Zone[],
  query: URLSearchParams,
): { readonly shown: Zone[]; readonly maxItems: number; readonly nextToken: string | undefined } {
  const maxItems = Number(query.get("maxitems") ?? LARGEST_PAGE);
  if (!Number.isInteger(maxItems) || maxItems < 1 || maxItems > LARGEST_PAGE)
    throw new AwsError("InvalidInput", `MaxItems must be a number from 1 to ${LARGEST_PAGE}.`);
  const start = Number(query.get("nexttoken") ?? 0);
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError("InvalidPaginationToken", "The value of NextToken is not valid.");
  const end = start + maxItems;
  return {
    shown: zones.slice(start, end),
    maxItems,
    nextToken: end < zones.length ? String(end) : undefined,
  };
}

function noSuchZone(zoneId: string): AwsError {
  return new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${zoneId}`, 404);
}

function vpcIn(request: XmlElement): ZoneVpc | undefined {
  const id = textAt(request, "VPC", "VPCId");
  const region = textAt(request, "VPC", "VPCRegion");
  return id !== undefined && region !== undefined ? { id, region } : undefined;
}

function requiredVpc(call: AwsCall): ZoneVpc {
  const vpc = vpcIn(parseXml(call.body.toString()));
  if (!vpc) throw new AwsError("InvalidInput", "The request names no VPC.");
  return vpc;
}

function vpcElement({ id, region }: ZoneVpc): XmlElement {
  return element("VPC", element("VPCRegion", region), element("VPCId", id));
}

function route53Reply(name: string, ...children: readonly XmlElement[]): Reply {
  return xmlReply(element(name, ...children), { namespace: NAMESPACES.route53 });
}
