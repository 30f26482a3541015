import { randomBytes, randomInt } from "node:crypto";

import { AwsError } from "../../server/aws-error";
import type { AwsCall, Moto } from "../../server/call";
import { textAt } from "../../server/xml";
import { describeItems } from "../vpc-lookup";
import { HomeDirectories } from "./home-directories";
import {
  inUse,
  notFound,
  optionalText,
  requiredText,
  structure,
  type StudioInput,
  type StudioOperation,
} from "./studio-input";
import type { StudioResource, StudioStore } from "./studio-store";
import { detail, page, summary } from "./studio-views";

/** Fields of a request that are not properties of the domain. */
const NOT_KEPT = new Set(["Tags", "DomainId", "RetentionPolicy"]);

const ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Studio domains. */
export class DomainOperations {
  readonly operations: ReadonlyMap<string, StudioOperation> = new Map<string, StudioOperation>([
    ["CreateDomain", (call, input) => this.#create(call, input)],
    ["DescribeDomain", (call, input) => detail(findDomain(this.#store, call, input))],
    ["UpdateDomain", (call, input) => this.#update(call, input)],
    ["DeleteDomain", (call, input) => this.#delete(call, input)],
    ["ListDomains", (call, input) => this.#list(call, input)],
  ]);
  readonly #store: StudioStore;
  readonly #moto: Pick<Moto, "query">;
  readonly #homes: HomeDirectories;

  constructor(store: StudioStore, moto: Pick<Moto, "query" | "rest">) {
    this.#store = store;
    this.#moto = moto;
    this.#homes = new HomeDirectories(moto);
  }

  async #create(call: AwsCall, input: StudioInput): Promise<object> {
    const name = requiredText(input, "DomainName", /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
    requiredText(input, "AuthMode", /^(SSO|IAM)$/);
    const isTaken = this.#own(call).some((domain) => domain.name === name);
    if (isTaken) throw inUse(`Domain [${name}] already exists.`);
    const vpcId = requiredText(input, "VpcId");
    const subnetIds = await this.#subnetPerZone(call, input, vpcId);
    const domainId = `d-${Array.from({ length: 12 }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]).join("")}`;
    const arn = `arn:aws:sagemaker:${call.region}:${call.account}:domain/${domainId}`;
    const url = `https://${domainId}.studio.${call.region}.sagemaker.aws`;
    const kmsKeyId = optionalText(input, "KmsKeyId");
    const homeId = await this.#homes.make(call, { domainId, arn, vpcId, subnetIds, kmsKeyId });
    this.#store.put({
      kind: "Domain",
      arn,
      account: call.account,
      region: call.region,
      domainId,
      name,
      fields: {
        AppNetworkAccessType: "PublicInternetOnly",
        HomeEfsFileSystemId: homeId,
        SecurityGroupIdForDomainBoundary: `sg-0${randomBytes(8).toString("hex")}`,
        Url: url,
        ...kept(input),
      },
      tags: tagsIn(input),
    });
    return { DomainArn: arn, DomainId: domainId, Url: url };
  }

  #update(call: AwsCall, input: StudioInput): object {
    const domain = findDomain(this.#store, call, input);
    this.#store.update(domain, kept(input));
    return { DomainArn: domain.arn };
  }

  /** Order of deletion: apps, spaces, profiles, domain. */
  async #delete(call: AwsCall, input: StudioInput): Promise<object> {
    const domain = findDomain(this.#store, call, input);
    const members = this.#store.membersOf(domain.domainId).filter(({ status }) => status !== "Deleted");
    const [member] = members;
    if (member) {
      const message = `Unable to delete Domain [${domain.domainId}] because it still has ${members.length} resources, such as`;
      throw inUse(`${message} ${member.kind} [${member.name}].`);
    }
    const retention = structure(input["RetentionPolicy"]);
    if (optionalText(retention, "HomeEfsFileSystem") === "Delete") {
      await this.#homes.deleteFileSystem(domain, String(domain.fields["HomeEfsFileSystemId"]));
    }
    // Apps that are still listed as deleted are removed with their domain.
    for (const resource of this.#store.membersOf(domain.domainId)) this.#store.delete(resource);
    this.#store.delete(domain);
    return {};
  }

  #list(call: AwsCall, input: StudioInput): object {
    const { resources, nextToken } = page(this.#own(call), input);
    return { Domains: resources.map(summary), NextToken: nextToken };
  }

  #own({ account, region }: AwsCall): StudioResource[] {
    return this.#store.all.filter(
      (resource) => resource.kind === "Domain" && isAt(resource, account, region),
    );
  }

  /** @returns ids of the domain's subnets, one for each availability zone */
  async #subnetPerZone(call: AwsCall, input: StudioInput, vpcId: string): Promise<string[]> {
    const ids = Array.isArray(input["SubnetIds"]) ? (input["SubnetIds"] as string[]) : [];
    if (ids.length === 0) throw new AwsError("ValidationException", "A domain needs at least one subnet.");
    const parameters = Object.fromEntries(ids.map((id, index) => [`SubnetId.${index + 1}`, id]));
    const subnets = await describeItems(this.#moto, call, "DescribeSubnets", parameters, "subnetSet");
    const inVpc = subnets.filter((subnet) => textAt(subnet, "vpcId") === vpcId);
    if (inVpc.length !== ids.length) {
      throw new AwsError(
        "ValidationException",
        `Not all of the subnets ${ids.join(", ")} are in VPC ${vpcId}.`,
      );
    }
    const byZone = new Map(
      inVpc.map((subnet) => [textAt(subnet, "availabilityZone"), textAt(subnet, "subnetId") ?? ""]),
    );
    return [...byZone.values()];
  }
}

/** @throws {AwsError} `ResourceNotFound`, also for a domain of another account */
export function findDomain(store: StudioStore, call: AwsCall, input: StudioInput): StudioResource {
  const id = requiredText(input, "DomainId", /^d-(-*[a-z0-9]){1,61}$/);
  const domain = store.get(`arn:aws:sagemaker:${call.region}:${call.account}:domain/${id}`);
  if (!domain) throw notFound(`Domain [${id}]`);
  return domain;
}

export function tagsIn(input: StudioInput): Map<string, string> {
  const tags = Array.isArray(input["Tags"]) ? (input["Tags"] as { Key: string; Value: string }[]) : [];
  return new Map(tags.map(({ Key, Value }) => [Key, Value]));
}

export function isAt(resource: StudioResource, account: string, region: string): boolean {
  return resource.account === account && resource.region === region;
}

function kept(input: StudioInput): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !NOT_KEPT.has(name)));
}
