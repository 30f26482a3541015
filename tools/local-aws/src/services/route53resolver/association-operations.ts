import type { AwsCall, Moto } from "../../server/call";
import { ownsVpc } from "../vpc-lookup";
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
import type { FirewallConfig, GroupAssociation, ResolverStore, Stored } from "./resolver-store";

const SWITCH = ["ENABLED", "DISABLED"] as const;

/**
 * What a VPC has of the DNS firewall: its associations with rule groups, and what happens when the firewall fails.
 *
 * Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html
 */
export class AssociationOperations {
  readonly operations: ReadonlyMap<string, ResolverOperation>;
  readonly #store: ResolverStore;
  readonly #moto: Pick<Moto, "query">;

  constructor(store: ResolverStore, moto: Pick<Moto, "query">) {
    this.#store = store;
    this.#moto = moto;
    this.operations = new Map<string, ResolverOperation>([
      ["AssociateFirewallRuleGroup", (call, input) => this.#associate(call, input)],
      ["GetFirewallRuleGroupAssociation", (call, input) => described(this.#find(call, input))],
      ["ListFirewallRuleGroupAssociations", (call, input) => this.#list(call, input)],
      ["UpdateFirewallRuleGroupAssociation", (call, input) => this.#update(call, input)],
      ["DisassociateFirewallRuleGroup", (call, input) => this.#disassociate(call, input)],
      ["UpdateFirewallConfig", (call, input) => this.#configure(call, input)],
      ["GetFirewallConfig", (call, input) => this.#config(call, input)],
      ["ListFirewallConfigs", (call, input) => this.#configs(call, input)],
    ]);
  }

  async #associate(call: AwsCall, input: ResolverInput): Promise<object> {
    const group = this.#store.ruleGroups.get(call, requiredText(input, "FirewallRuleGroupId"));
    const VpcId = await this.#requireVpc(call, requiredText(input, "VpcId"));
    const Priority = requiredNumber(input, "Priority");
    const others = this.#store.associations.all(call).filter(({ resource }) => resource.VpcId === VpcId);
    if (others.some(({ resource }) => resource.FirewallRuleGroupId === group.resource.Id))
      throw conflict(`The rule group '${group.resource.Id}' is associated with '${VpcId}' already.`);
    requirePriority(Priority, others);
    const association: GroupAssociation = {
      ...this.#store.associations.name(call),
      FirewallRuleGroupId: group.resource.Id,
      VpcId,
      Name: requiredText(input, "Name"),
      Priority,
      MutationProtection: optionalSwitch(input, "MutationProtection") ?? "DISABLED",
      CreatorRequestId: requiredText(input, "CreatorRequestId"),
    };
    return described(this.#store.associations.put(call, association, tagsIn(input)));
  }

  #list(call: AwsCall, input: ResolverInput): object {
    const vpcId = optionalText(input, "VpcId");
    const groupId = optionalText(input, "FirewallRuleGroupId");
    const found = this.#store.associations
      .all(call)
      .filter(
        ({ resource }) =>
          (vpcId === undefined || resource.VpcId === vpcId) &&
          (groupId === undefined || resource.FirewallRuleGroupId === groupId),
      );
    return pageOf(
      "FirewallRuleGroupAssociations",
      found.map((stored) => fieldsOf(stored)),
      input,
    );
  }

  #update(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const { resource } = stored;
    const priority = input["Priority"];
    if (typeof priority === "number") {
      const others = this.#store.associations
        .all(call)
        .filter((other) => other !== stored && other.resource.VpcId === resource.VpcId);
      requirePriority(priority, others);
      resource.Priority = priority;
    }
    resource.Name = optionalText(input, "Name") ?? resource.Name;
    resource.MutationProtection = optionalSwitch(input, "MutationProtection") ?? resource.MutationProtection;
    stored.modifiedAt = new Date().toISOString();
    return described(stored);
  }

  #disassociate(call: AwsCall, input: ResolverInput): object {
    const stored = this.#find(call, input);
    const { Id, MutationProtection } = stored.resource;
    if (MutationProtection === "ENABLED")
      throw conflict(`The association '${Id}' is protected from changes: disable MutationProtection first.`);
    this.#store.associations.delete(stored);
    return described(stored, "DELETING");
  }

  async #configure(call: AwsCall, input: ResolverInput): Promise<object> {
    const vpcId = await this.#requireVpc(call, requiredText(input, "ResourceId"));
    const stored = this.#configOf(call, vpcId);
    stored.resource.FirewallFailOpen = oneOf(input, "FirewallFailOpen", SWITCH);
    return { FirewallConfig: configFields(stored) };
  }

  async #config(call: AwsCall, input: ResolverInput): Promise<object> {
    const vpcId = await this.#requireVpc(call, requiredText(input, "ResourceId"));
    return { FirewallConfig: configFields(this.#configOf(call, vpcId)) };
  }

  #configs(call: AwsCall, input: ResolverInput): object {
    return pageOf("FirewallConfigs", this.#store.configs.all(call).map(configFields), input);
  }

  /** Every VPC has one. AWS's default is to fail closed. */
  #configOf(call: AwsCall, ResourceId: string): Stored<FirewallConfig> {
    const { configs } = this.#store;
    const { Id } = configs.name(call);
    return (
      configs.all(call).find(({ resource }) => resource.ResourceId === ResourceId) ??
      configs.put(call, { Id, ResourceId, FirewallFailOpen: "DISABLED" })
    );
  }

  #find(call: AwsCall, input: ResolverInput): Stored<GroupAssociation> {
    return this.#store.associations.get(call, requiredText(input, "FirewallRuleGroupAssociationId"));
  }

  async #requireVpc(call: AwsCall, vpcId: string): Promise<string> {
    if (await ownsVpc(this.#moto, call, vpcId)) return vpcId;
    throw notFound(vpcId);
  }
}

function optionalSwitch(input: ResolverInput, name: string): "ENABLED" | "DISABLED" | undefined {
  return input[name] === undefined ? undefined : oneOf(input, name, SWITCH);
}

/** AWS keeps 100 and below, and 9,900 and above, for Firewall Manager. */
function requirePriority(priority: number, others: readonly Stored<GroupAssociation>[]): void {
  if (priority <= 100 || priority >= 9900)
    throw invalid(`The priority of an association must be greater than 100 and less than 9900.`);
  if (others.some(({ resource }) => resource.Priority === priority))
    throw invalid(`The priority ${priority} is in use by another association of the VPC.`);
}

function fieldsOf(
  { resource, createdAt, modifiedAt }: Stored<GroupAssociation>,
  Status = "COMPLETE",
): object {
  return { ...resource, Status, CreationTime: createdAt, ModificationTime: modifiedAt };
}

function described(stored: Stored<GroupAssociation>, status?: string): object {
  return { FirewallRuleGroupAssociation: fieldsOf(stored, status) };
}

function configFields({ resource, account }: Stored<FirewallConfig>): object {
  return { ...resource, OwnerId: account };
}
