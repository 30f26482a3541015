import type { AwsCall } from "../../server/call";
import {
  conflict,
  invalid,
  oneOf,
  pageOf,
  requiredText,
  tagsIn,
  textsOf,
  type ResolverInput,
  type ResolverOperation,
} from "./resolver-input";
import type { DomainList, ResolverStore, Stored } from "./resolver-store";

/** AWS: an asterisk for every name, or for every label below the rest; letters, digits and hyphens. */
const DOMAIN = /^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*)\.?$/i;

/**
 * Domain lists of the DNS firewall.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html
 */
export class DomainListOperations {
  readonly operations: ReadonlyMap<string, ResolverOperation>;
  readonly #store: ResolverStore;

  constructor(store: ResolverStore) {
    this.#store = store;
    this.operations = new Map<string, ResolverOperation>([
      ["CreateFirewallDomainList", (call, input) => this.#create(call, input)],
      ["GetFirewallDomainList", (call, input) => described(this.#find(call, input))],
      ["ListFirewallDomainLists", (call, input) => this.#list(call, input)],
      ["ListFirewallDomains", (call, input) => this.#domains(call, input)],
      ["UpdateFirewallDomains", (call, input) => this.#update(call, input)],
      ["DeleteFirewallDomainList", (call, input) => this.#delete(call, input)],
    ]);
  }

  #create(call: AwsCall, input: ResolverInput): object {
    const { domainLists } = this.#store;
    const list: DomainList = {
      ...domainLists.name(call),
      Name: requiredText(input, "Name"),
      CreatorRequestId: requiredText(input, "CreatorRequestId"),
      domains: [],
    };
    return described(domainLists.put(call, list, tagsIn(input)));
  }

  #list(call: AwsCall, input: ResolverInput): object {
    const items = this.#store.domainLists.all(call).map(({ resource }) => {
      const { Id, Arn, Name, CreatorRequestId } = resource;
      return { Id, Arn, Name, CreatorRequestId };
    });
    return pageOf("FirewallDomainLists", items, input);
  }

  #domains(call: AwsCall, input: ResolverInput): object {
    return pageOf("Domains", this.#find(call, input).resource.domains, input);
  }

  #update(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const given = textsOf(input["Domains"]);
    const wrong = given.find((domain) => !DOMAIN.test(domain));
    if (wrong !== undefined) throw invalid(`The domain name '${wrong}' is not valid.`);
    const domains = given.map((domain) => (domain.endsWith(".") ? domain : `${domain}.`).toLowerCase());
    const { resource: list } = stored;
    const kept = list.domains.filter((domain) => !domains.includes(domain));
    switch (oneOf(input, "Operation", ["ADD", "REMOVE", "REPLACE"])) {
      case "ADD":
        list.domains = [...kept, ...domains];
        break;
      case "REMOVE":
        list.domains = kept;
        break;
      case "REPLACE":
        list.domains = domains;
    }
    stored.modifiedAt = new Date().toISOString();
    return { Id: list.Id, Name: list.Name, Status: "COMPLETE", StatusMessage: "Finished domain list update" };
  }

  #delete(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const { Id } = stored.resource;
    const user = this.#store.ruleGroups
      .all(call)
      .find(({ resource }) => resource.rules.some((rule) => rule.FirewallDomainListId === Id));
    if (user !== undefined)
      throw conflict(`The domain list '${Id}' is used by a rule of ${user.resource.Id}.`);
    this.#store.domainLists.delete(stored);
    return described(stored, "DELETING");
  }

  #find(call: AwsCall, input: ResolverInput): Stored<DomainList> {
    return this.#store.domainLists.get(call, requiredText(input, "FirewallDomainListId"));
  }
}

function described({ resource, createdAt, modifiedAt }: Stored<DomainList>, Status = "COMPLETE"): object {
  const { domains, ...list } = resource;
  return {
    FirewallDomainList: {
      ...list,
      DomainCount: domains.length,
      Status,
      CreationTime: createdAt,
      ModificationTime: modifiedAt,
    },
  };
}
