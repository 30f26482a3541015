import { AwsError, notImplemented } from "../../server/aws-error";
import type { AwsCall, Moto, Reply } from "../../server/call";
import { restJsonReply } from "../../server/protocol";
import type { Certificates } from "../acm/acm-service";
import { statementsOf } from "../policy-text";
import { describeItems } from "../vpc-lookup";
import { requireCertificate } from "./certificate-check";
import type { AccessAssociation, PrivateDomain, PrivateDomains } from "./private-domains";

const ROOT = "(none)";

interface Body {
  readonly domainName?: string;
  readonly domainNameArn?: string;
  readonly certificateArn?: string;
  readonly endpointConfiguration?: { readonly types?: readonly string[] };
  readonly securityPolicy?: string;
  readonly policy?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly basePath?: string;
  readonly restApiId?: string;
  readonly stage?: string;
  readonly accessAssociationSource?: string;
  readonly patchOperations?: readonly { readonly path?: string; readonly value?: string }[];
}

type DomainMoto = Pick<Moto, "forward" | "query" | "rest">;

/** What private custom domain names are made of. */
export interface DomainParts {
  readonly domains: PrivateDomains;
  readonly certificates: Certificates;
}

/**
 * API Gateway's private custom domain names, their base path mappings and access associations, of which moto knows none.
 * Other domain names go to moto. What AWS says of a wrong request is our reading; the codes are those of its model.
 *
 * Wire format: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html,
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainNameAccessAssociation.html
 */
export class DomainOperations {
  readonly #moto: DomainMoto;
  readonly #domains: PrivateDomains;
  readonly #certificates: Certificates;

  constructor(moto: DomainMoto, { domains, certificates }: DomainParts) {
    this.#moto = moto;
    this.#domains = domains;
    this.#certificates = certificates;
  }

  /** @returns undefined where the call is about something else, which moto answers */
  async answer(call: AwsCall): Promise<Reply | undefined> {
    const [collection = "", id = "", part, partId] = call.url.pathname
      .slice(1)
      .split("/")
      .map(decodeURIComponent);
    if (collection === "tags") return this.#tags(call, id);
    if (collection === "domainnameaccessassociations") return await this.#associations(call, id);
    if (collection !== "domainnames") return undefined;
    if (id === "") return await this.#names(call);
    const domain = this.#find(call, id);
    if (domain === undefined) return undefined;
    if (part === undefined) return this.#name(call, domain);
    return part === "basepathmappings" ? await this.#mappings(call, domain, partId) : undefined;
  }

  /** A private name is told from others by its id. */
  #find({ account, region, url }: AwsCall, name: string): PrivateDomain | undefined {
    const id = url.searchParams.get("domainNameId");
    if (id === null) return undefined;
    const found = this.#domains.all.find((domain) => domain.id === id && domain.name === name);
    if (found?.account !== account || found.region !== region)
      throw notFound("Invalid domain name identifier specified");
    return found;
  }

  async #names(call: AwsCall): Promise<Reply | undefined> {
    if (call.method === "GET") {
      const reply = await this.#moto.forward(call);
      const { item = [] } = JSON.parse(reply.body.toString()) as { readonly item?: readonly object[] };
      return restJsonReply({ item: [...item, ...this.#domains.all.filter(isOf(call)).map(view)] });
    }
    const body = bodyOf(call);
    if (!body.endpointConfiguration?.types?.includes("PRIVATE")) return undefined;
    const {
      domainName: name = "",
      certificateArn = "",
      securityPolicy = "TLS_1_2",
      policy,
      tags = {},
    } = body;
    if (this.#domains.all.filter(isOf(call)).some((domain) => domain.name === name))
      throw badRequest("The domain name you provided already exists.");
    if (securityPolicy !== "TLS_1_2")
      throw badRequest("A private custom domain name takes the security policy TLS_1_2 only");
    requirePolicy(policy);
    requireCertificate(this.#certificates, call, certificateArn, name);
    const given = { name, certificateArn, securityPolicy, policy, tags: new Map(Object.entries(tags)) };
    return restJsonReply(view(this.#domains.add(call, given, Date.now())), 201);
  }

  #name(call: AwsCall, domain: PrivateDomain): Reply {
    if (call.method === "PATCH") {
      for (const { path, value = "" } of bodyOf(call).patchOperations ?? [])
        this.#patch(call, domain, path, value);
    }
    if (call.method !== "DELETE") return restJsonReply(view(domain));
    if (this.#domains.associations.some(({ domainArn }) => domainArn === domain.arn))
      throw badRequest("The domain name has access associations; delete them first");
    this.#domains.remove(domain.arn);
    return restJsonReply({}, 202);
  }

  #patch(call: AwsCall, domain: PrivateDomain, path: string | undefined, value: string): void {
    if (path === "/policy") {
      requirePolicy(value);
      domain.policy = value;
    } else if (path === "/certificateArn") {
      requireCertificate(this.#certificates, call, value, domain.name);
      domain.certificateArn = value;
      domain.certificateUploadDate = Math.floor(Date.now() / 1000);
    } else throw notImplemented("apigateway", "UpdateDomainName", `of ${path ?? "no path"}`);
  }

  async #mappings(call: AwsCall, { mappings }: PrivateDomain, basePath: string | undefined): Promise<Reply> {
    if (basePath === undefined) {
      if (call.method === "GET")
        return restJsonReply({
          item: [...mappings].map(([path, mapping]) => ({ basePath: path, ...mapping })),
        });
      const { basePath: given = "", restApiId = "", stage = "" } = bodyOf(call);
      const path = given === "" ? ROOT : given;
      if (mappings.has(path))
        throw new AwsError("ConflictException", "Base path already exists for this domain name", 409);
      await this.#requireStage(call, restApiId, stage);
      mappings.set(path, { restApiId, stage });
      return restJsonReply({ basePath: path, restApiId, stage }, 201);
    }
    const mapping = mappings.get(basePath);
    if (mapping === undefined) throw notFound("Invalid base path mapping identifier specified");
    if (call.method === "GET") return restJsonReply({ basePath, ...mapping });
    if (call.method !== "DELETE")
      throw notImplemented("apigateway", "UpdateBasePathMapping", "Studio Access replaces the mapping");
    mappings.delete(basePath);
    return restJsonReply({}, 202);
  }

  async #requireStage({ account, region }: AwsCall, restApiId: string, stage: string): Promise<void> {
    const there = async (path: string): Promise<boolean> =>
      (await this.#moto.rest("apigateway", account, region, "GET", path)).status < 300;
    if (!(await there(`/restapis/${restApiId}`))) throw badRequest("Invalid REST API identifier specified");
    if (stage === "" || !(await there(`/restapis/${restApiId}/stages/${stage}`)))
      throw badRequest("Invalid stage identifier specified");
  }

  async #associations(call: AwsCall, arn: string): Promise<Reply> {
    if (call.method === "DELETE") {
      const found = this.#domains.associations
        .filter(isOf(call))
        .find((association) => association.arn === arn);
      if (found === undefined) throw notFound("Invalid domain name access association identifier specified");
      this.#domains.remove(arn);
      return restJsonReply({}, 202);
    }
    if (call.method === "GET")
      return restJsonReply({ item: this.#domains.associations.filter(isOf(call)).map(associationView) });
    const { domainNameArn = "", accessAssociationSource: source = "", tags = {} } = bodyOf(call);
    const domain = this.#domains.byArn(domainNameArn);
    // Nobody shares a name here, neither by RAM nor by its management policy.
    if (domain?.account !== call.account) throw notFound("Invalid domain name identifier specified");
    await this.#requireEndpoint(call, source);
    if (this.#domains.through(source, domain.name) !== undefined)
      throw new AwsError("ConflictException", "The VPC endpoint has an association with this name", 409);
    const given = { vpcEndpointId: source, tags: new Map(Object.entries(tags)) };
    return restJsonReply(associationView(this.#domains.associate(call, domain, given)), 201);
  }

  async #requireEndpoint(call: AwsCall, id: string): Promise<void> {
    const filters = { "VpcEndpointId.1": id, "Filter.1.Name": "service-name" };
    const service = `com.amazonaws.${call.region}.execute-api`;
    const found = await describeItems(
      this.#moto,
      call,
      "DescribeVpcEndpoints",
      { ...filters, "Filter.1.Value.1": service },
      "vpcEndpointSet",
    );
    if (found.length === 0) throw badRequest(`There is no endpoint ${id} of ${service} in this account`);
  }

  /** @returns undefined for a resource that moto holds */
  #tags(call: AwsCall, arn: string): Reply | undefined {
    const tags = this.#domains.tagsOf(arn);
    if (tags === undefined) return undefined;
    if (call.method === "GET") return restJsonReply({ tags: Object.fromEntries(tags) });
    for (const [key, value] of Object.entries(bodyOf(call).tags ?? {})) tags.set(key, value);
    if (call.method === "DELETE") for (const key of call.url.searchParams.getAll("tagKeys")) tags.delete(key);
    return restJsonReply({}, 204);
  }
}

function view(domain: PrivateDomain): object {
  const { name, id, arn, certificateArn, certificateUploadDate, securityPolicy, policy, tags } = domain;
  return {
    ...{ domainName: name, domainNameId: id, domainNameArn: arn, certificateArn, certificateUploadDate },
    ...{ domainNameStatus: "AVAILABLE", securityPolicy, routingMode: "BASE_PATH_MAPPING_ONLY", policy },
    endpointConfiguration: { types: ["PRIVATE"], ipAddressType: "dualstack" },
    tags: Object.fromEntries(tags),
  };
}

function associationView({ arn, domainArn, vpcEndpointId, tags }: AccessAssociation): object {
  return {
    domainNameAccessAssociationArn: arn,
    domainNameArn: domainArn,
    accessAssociationSource: vpcEndpointId,
    accessAssociationSourceType: "VPCE",
    tags: Object.fromEntries(tags),
  };
}

const isOf =
  (call: AwsCall) =>
  ({ account, region }: Pick<PrivateDomain, "account" | "region">): boolean =>
    account === call.account && region === call.region;

function bodyOf({ body }: AwsCall): Body {
  return JSON.parse(body.toString() || "{}") as Body;
}

function requirePolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  if (statementsOf(policy) === undefined)
    throw badRequest("Invalid policy document. Please check the policy syntax");
  // AWS writes the short form out with the id that it makes; how is not documented.
  if (policy.includes('"execute-api:/'))
    throw notImplemented("apigateway", "a domain name's policy", "name the resources by their ARNs");
}

function badRequest(message: string): AwsError {
  return new AwsError("BadRequestException", message, 400);
}

function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, 404);
}
