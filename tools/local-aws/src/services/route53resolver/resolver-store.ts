import { randomBytes } from "node:crypto";

import type { Place } from "../vpc-lookup";
import { notFound } from "./resolver-input";

export interface DomainList {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly CreatorRequestId: string;
  /** As AWS returns them: with a final dot. */
  domains: readonly string[];
}

type RuleAction = "ALLOW" | "BLOCK" | "ALERT";

/** As AWS returns it. A group has at most one rule per domain list and query type. */
export interface FirewallRule {
  readonly FirewallRuleGroupId: string;
  readonly FirewallDomainListId: string;
  readonly Name: string;
  readonly Priority: number;
  readonly Action: RuleAction;
  readonly BlockResponse?: string;
  readonly FirewallDomainRedirectionAction: string;
  readonly Qtype?: string;
  readonly CreatorRequestId: string;
}

export interface RuleGroup {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly CreatorRequestId: string;
  rules: readonly FirewallRule[];
}

export interface GroupAssociation {
  readonly Id: string;
  readonly Arn: string;
  readonly FirewallRuleGroupId: string;
  readonly VpcId: string;
  readonly CreatorRequestId: string;
  Name: string;
  Priority: number;
  MutationProtection: "ENABLED" | "DISABLED";
}

export interface FirewallConfig {
  readonly Id: string;
  readonly ResourceId: string;
  FirewallFailOpen: "ENABLED" | "DISABLED";
}

export interface QueryLogConfig {
  readonly Id: string;
  readonly Arn: string;
  readonly Name: string;
  readonly DestinationArn: string;
  readonly CreatorRequestId: string;
}

export interface QueryLogAssociation {
  readonly Id: string;
  readonly ResolverQueryLogConfigId: string;
  readonly ResourceId: string;
}

/** A resource with its account, region and tags. */
export interface Stored<Resource> extends Place {
  readonly resource: Resource;
  readonly tags: Map<string, string>;
  readonly createdAt: string;
  modifiedAt: string;
}

interface Identified {
  readonly Id: string;
  readonly Arn?: string;
}

/** The resources of one kind, of every account and region. An account sees only its own. */
class Shelf<Resource extends Identified> {
  readonly #stored = new Map<string, Stored<Resource>>();

  constructor(
    /** As in ARNs and in the inventory. */
    readonly kind: string,
    private readonly idPrefix: string,
  ) {}

  get everywhere(): Stored<Resource>[] {
    return [...this.#stored.values()];
  }

  /** A new id, with its ARN. */
  name({ account, region }: Place): { readonly Id: string; readonly Arn: string } {
    const Id = `${this.idPrefix}-${randomBytes(8).toString("hex")}`;
    return { Id, Arn: `arn:aws:route53resolver:${region}:${account}:${this.kind}/${Id}` };
  }

  put(
    { account, region }: Place,
    resource: Resource,
    tags: ReadonlyMap<string, string> = new Map(),
  ): Stored<Resource> {
    const now = new Date().toISOString();
    const stored = { account, region, resource, tags: new Map(tags), createdAt: now, modifiedAt: now };
    this.#stored.set(resource.Id, stored);
    return stored;
  }

  all({ account, region }: Place): Stored<Resource>[] {
    return this.everywhere.filter((stored) => stored.account === account && stored.region === region);
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  get(place: Place, id: string): Stored<Resource> {
    const stored = this.all(place).find(({ resource }) => resource.Id === id);
    if (stored === undefined) throw notFound(id);
    return stored;
  }

  delete({ resource }: Stored<Resource>): void {
    this.#stored.delete(resource.Id);
  }
}

/** The DNS firewalls and query logs of every account, which moto does not have, or has in part. */
export class ResolverStore {
  readonly domainLists = new Shelf<DomainList>("firewall-domain-list", "rslvr-fdl");
  readonly ruleGroups = new Shelf<RuleGroup>("firewall-rule-group", "rslvr-frg");
  readonly associations = new Shelf<GroupAssociation>("firewall-rule-group-association", "rslvr-frgassoc");
  readonly configs = new Shelf<FirewallConfig>("firewall-config", "rslvr-fc");
  readonly queryLogs = new Shelf<QueryLogConfig>("resolver-query-log-config", "rslvr-qlc");
  readonly queryLogAssociations = new Shelf<QueryLogAssociation>(
    "resolver-query-log-config-association",
    "rslvr-qlcassoc",
  );

  /** The tags of a resource of the account; undefined for a resource that moto holds. */
  tagsOf({ account }: Place, arn: string): Map<string, string> | undefined {
    const tagged: readonly Stored<Identified>[] = [
      ...this.domainLists.everywhere,
      ...this.ruleGroups.everywhere,
      ...this.associations.everywhere,
      ...this.queryLogs.everywhere,
    ];
    return tagged.find((stored) => stored.resource.Arn === arn && stored.account === account)?.tags;
  }

  /** What a destroy has to remove. A VPC's firewall config has no end of its own: it is set back to AWS's default. */
  get leftovers(): readonly { readonly place: Place; readonly kind: string; readonly id: string }[] {
    const of = ({ kind, everywhere }: Pick<Shelf<Identified>, "kind" | "everywhere">) =>
      everywhere.map((stored) => ({ place: stored, kind, id: stored.resource.Id }));
    return [
      ...of(this.domainLists),
      ...of(this.ruleGroups),
      ...of(this.associations),
      ...of(this.queryLogs),
      ...of(this.queryLogAssociations),
    ];
  }
}
