import type { AwsCall } from "../../server/call";
import { findDomain, isAt, tagsIn } from "./domain-operations";
import type { MemberKind } from "./member-kinds";
import {
  inUse,
  notFound,
  optionalText,
  requiredText,
  type StudioInput,
  type StudioOperation,
} from "./studio-input";
import type { StudioResource, StudioStore } from "./studio-store";
import { detail, page, summary } from "./studio-views";

/** First POSIX user id that Studio gives to a profile on the home file system. */
const FIRST_UID = 200_001;

/** Operations on the user profiles, spaces or apps of a domain, which are alike. */
export class MemberOperations {
  readonly operations: ReadonlyMap<string, StudioOperation>;
  readonly #store: StudioStore;
  readonly #kind: MemberKind;

  constructor(store: StudioStore, kind: MemberKind) {
    this.#store = store;
    this.#kind = kind;
    const name = kind.kind;
    this.operations = new Map<string, StudioOperation>([
      [`Create${name}`, (call, input) => this.#create(call, input)],
      [`Describe${name}`, (call, input) => detail(this.find(call, input))],
      [`Update${name}`, (call, input) => this.#update(call, input)],
      [`Delete${name}`, (call, input) => this.#delete(call, input)],
      [`List${name}s`, (call, input) => this.#list(call, input)],
    ]);
  }

  /** @throws {AwsError} `ResourceNotFound` */
  find(call: AwsCall, input: StudioInput): StudioResource {
    const resource = this.#store.get(this.#arn(call, input));
    if (!resource) throw notFound(`${this.#kind.kind} [${this.#name(input)}]`);
    return resource;
  }

  #create(call: AwsCall, input: StudioInput): object {
    const domain = findDomain(this.#store, call, input);
    this.#kind.check?.(input);
    const arn = this.#arn(call, input);
    const name = this.#name(input);
    if ((this.#store.get(arn)?.status ?? "Deleted") !== "Deleted")
      throw inUse(`${this.#kind.kind} [${name}] already exists.`);
    const fields = Object.entries(input).filter(([field]) => field !== "Tags");
    this.#store.put({
      kind: this.#kind.kind,
      arn,
      account: call.account,
      region: call.region,
      domainId: domain.domainId,
      name,
      fields: { ...Object.fromEntries(fields), ...this.#givenFields(domain) },
      tags: tagsIn(input),
    });
    return { [`${this.#kind.kind}Arn`]: arn };
  }

  #update(call: AwsCall, input: StudioInput): object {
    const resource = this.find(call, input);
    this.#store.update(resource, input);
    return { [`${this.#kind.kind}Arn`]: resource.arn };
  }

  #delete(call: AwsCall, input: StudioInput): object {
    const resource = this.find(call, input);
    const others = this.#store.membersOf(resource.domainId).filter((other) => other !== resource);
    const held = others.filter((other) => this.#kind.isHeldBy?.(resource, other));
    const holder = held.find(({ status }) => status !== "Deleted");
    if (holder) {
      const message = `Unable to delete ${this.#kind.kind} [${resource.name}] because it is used by`;
      throw inUse(`${message} ${holder.kind} [${holder.name}].`);
    }
    for (const other of held) this.#store.delete(other);
    // AWS lists a deleted app for another day.
    if (resource.kind === "App") resource.status = "Deleted";
    else this.#store.delete(resource);
    return {};
  }

  #list(call: AwsCall, input: StudioInput): object {
    const domainId = optionalText(input, "DomainIdEquals");
    const found = this.#store.all.filter(
      (resource) =>
        resource.kind === this.#kind.kind &&
        isAt(resource, call.account, call.region) &&
        (domainId === undefined || resource.domainId === domainId) &&
        this.#passes(resource, input),
    );
    const { resources, nextToken } = page(found, input);
    return { [`${this.#kind.kind}s`]: resources.map(summary), NextToken: nextToken };
  }

  #passes(resource: StudioResource, input: StudioInput): boolean {
    return Object.entries(this.#kind.filters).every(([filter, field]) => {
      const wanted = optionalText(input, filter);
      const value = optionalText(resource.fields, field) ?? "";
      if (wanted === undefined) return true;
      return filter.endsWith("Contains")
        ? value.toLowerCase().includes(wanted.toLowerCase())
        : value === wanted;
    });
  }

  /** Fields that Studio itself sets. */
  #givenFields({ domainId }: StudioResource): object {
    if (this.#kind.kind !== "UserProfile") return {};
    return {
      HomeEfsFileSystemUid: String(FIRST_UID + this.#store.membersOf(domainId, "UserProfile").length),
    };
  }

  #arn(call: AwsCall, input: StudioInput): string {
    return `arn:aws:sagemaker:${call.region}:${call.account}:${this.#kind.arnTail(input)}`;
  }

  #name(input: StudioInput): string {
    return requiredText(input, this.#kind.nameField);
  }
}
