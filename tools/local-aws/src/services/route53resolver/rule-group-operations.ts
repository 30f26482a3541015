import type { AwsCall } from "../../server/call";
import {
  conflict,
  invalid,
  notFound,
  oneOf,
  optionalText,
  pageOf,
  requiredNumber,
  requiredText,
  tagsIn,
  type ResolverInput,
  type ResolverOperation,
} from "./resolver-input";
import type { FirewallRule, ResolverStore, RuleGroup, Stored } from "./resolver-store";

const ACTIONS = ["ALLOW", "BLOCK", "ALERT"] as const;

/**
 * Rule groups of the DNS firewall, and their rules.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_CreateFirewallRule.html
 */
export class RuleGroupOperations {
  readonly operations: ReadonlyMap<string, ResolverOperation>;
  readonly #store: ResolverStore;

  constructor(store: ResolverStore) {
    this.#store = store;
    this.operations = new Map<string, ResolverOperation>([
      ["CreateFirewallRuleGroup", (call, input) => this.#create(call, input)],
      ["GetFirewallRuleGroup", (call, input) => described(this.#find(call, input))],
      ["ListFirewallRuleGroups", (call, input) => this.#list(call, input)],
      ["DeleteFirewallRuleGroup", (call, input) => this.#delete(call, input)],
      ["CreateFirewallRule", (call, input) => this.#createRule(call, input)],
      ["UpdateFirewallRule", (call, input) => this.#updateRule(call, input)],
      ["DeleteFirewallRule", (call, input) => this.#deleteRule(call, input)],
      ["ListFirewallRules", (call, input) => this.#rules(call, input)],
    ]);
  }

  #create(call: AwsCall, input: ResolverInput): object {
    const { ruleGroups } = this.#store;
    const group: RuleGroup = {
      ...ruleGroups.name(call),
      Name: requiredText(input, "Name"),
      CreatorRequestId: requiredText(input, "CreatorRequestId"),
      rules: [],
    };
    return described(ruleGroups.put(call, group, tagsIn(input)));
  }

  #list(call: AwsCall, input: ResolverInput): object {
    const items = this.#store.ruleGroups.all(call).map(({ resource }) => {
      const { Id, Arn, Name, CreatorRequestId } = resource;
      return { Id, Arn, Name, CreatorRequestId, OwnerId: call.account, ShareStatus: "NOT_SHARED" };
    });
    return pageOf("FirewallRuleGroups", items, input);
  }

  #delete(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const { Id } = stored.resource;
    const associated = this.#store.associations
      .all(call)
      .some(({ resource }) => resource.FirewallRuleGroupId === Id);
    if (associated) throw conflict(`The rule group '${Id}' is associated with a VPC.`);
    if (stored.resource.rules.length > 0) throw conflict(`The rule group '${Id}' has rules.`);
    this.#store.ruleGroups.delete(stored);
    return described(stored, "DELETING");
  }

  #createRule(call: AwsCall, input: ResolverInput): object {
    const { resource: group } = this.#find(call, input);
    const list = this.#store.domainLists.get(call, requiredText(input, "FirewallDomainListId"));
    const Qtype = optionalText(input, "Qtype");
    const rule: FirewallRule = {
      FirewallRuleGroupId: group.Id,
      FirewallDomainListId: list.resource.Id,
      Name: requiredText(input, "Name"),
      Priority: requiredNumber(input, "Priority"),
      FirewallDomainRedirectionAction:
        optionalText(input, "FirewallDomainRedirectionAction") ?? "INSPECT_REDIRECTION_DOMAIN",
      CreatorRequestId: requiredText(input, "CreatorRequestId"),
      ...(Qtype === undefined ? {} : { Qtype }),
      ...outcomeIn(input),
    };
    if (group.rules.some((other) => isSame(other, rule)))
      throw invalid(`The rule group '${group.Id}' has a rule for '${list.resource.Id}' already.`);
    requireFreePriority(group.rules, rule);
    group.rules = [...group.rules, rule];
    return { FirewallRule: rule };
  }

  #updateRule(call: AwsCall, input: ResolverInput): object {
    const { group, rule, others } = this.#findRule(call, input);
    const changed: FirewallRule = {
      ...rule,
      Name: optionalText(input, "Name") ?? rule.Name,
      Priority: typeof input["Priority"] === "number" ? input["Priority"] : rule.Priority,
      FirewallDomainRedirectionAction:
        optionalText(input, "FirewallDomainRedirectionAction") ?? rule.FirewallDomainRedirectionAction,
      ...(input["Action"] === undefined ? {} : outcomeIn(input)),
    };
    requireFreePriority(others, changed);
    group.rules = [...others, changed];
    return { FirewallRule: changed };
  }

  #deleteRule(call: AwsCall, input: ResolverInput): object {
    const { group, rule, others } = this.#findRule(call, input);
    group.rules = others;
    return { FirewallRule: rule };
  }

  #rules(call: AwsCall, input: ResolverInput): object {
    const rules = this.#find(call, input).resource.rules.toSorted((a, b) => a.Priority - b.Priority);
    return pageOf("FirewallRules", rules, input);
  }

  #find(call: AwsCall, input: ResolverInput): Stored<RuleGroup> {
    return this.#store.ruleGroups.get(call, requiredText(input, "FirewallRuleGroupId"));
  }

  #findRule(
    call: AwsCall,
    input: ResolverInput,
  ): { readonly group: RuleGroup; readonly rule: FirewallRule; readonly others: readonly FirewallRule[] } {
    const { resource: group } = this.#find(call, input);
    const FirewallDomainListId = requiredText(input, "FirewallDomainListId");
    const Qtype = optionalText(input, "Qtype");
    const rule = group.rules.find((one) =>
      isSame(one, { FirewallDomainListId, ...(Qtype === undefined ? {} : { Qtype }) }),
    );
    if (rule === undefined) throw notFound(FirewallDomainListId);
    return { group, rule, others: group.rules.filter((other) => other !== rule) };
  }
}

type RuleKey = Pick<FirewallRule, "FirewallDomainListId" | "Qtype">;

function isSame(left: RuleKey, right: RuleKey): boolean {
  return left.FirewallDomainListId === right.FirewallDomainListId && left.Qtype === right.Qtype;
}

/** What a rule does with a query that it matches. AWS wants a response for BLOCK, and takes none for the others. */
function outcomeIn(input: ResolverInput): Pick<FirewallRule, "Action" | "BlockResponse"> {
  const Action = oneOf(input, "Action", ACTIONS);
  if (Action === "BLOCK")
    return { Action, BlockResponse: oneOf(input, "BlockResponse", ["NODATA", "NXDOMAIN"]) };
  if (input["BlockResponse"] !== undefined)
    throw invalid(`BlockResponse must not be set for the action ${Action}.`);
  return { Action };
}

function requireFreePriority(others: readonly FirewallRule[], { Priority }: FirewallRule): void {
  if (others.some((other) => other.Priority === Priority))
    throw invalid(`The priority ${Priority} is in use by another rule of the rule group.`);
}

function described(
  { resource, account, createdAt, modifiedAt }: Stored<RuleGroup>,
  Status = "COMPLETE",
): object {
  const { rules, ...group } = resource;
  return {
    FirewallRuleGroup: {
      ...group,
      RuleCount: rules.length,
      Status,
      OwnerId: account,
      ShareStatus: "NOT_SHARED",
      CreationTime: createdAt,
      ModificationTime: modifiedAt,
    },
  };
}
