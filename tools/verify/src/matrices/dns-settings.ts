import type { ResourceInstance } from "@studio-access/terraform";

import { listOf } from "../expect/resolvable-names";
import { ofType, text } from "../model/attributes";
import type { Model } from "../model/model";
import type { CellResult } from "./matrix";
import { networkIds } from "./vantages";

type Setting = readonly [name: string, answer: () => CellResult];

/** Names of a VPC's rows, by its id in the matrices. */
export const DNS_ROWS = {
  names: (network: string): string => `DNS of ${network}: names that resolve`,
  answer: (network: string): string => `DNS of ${network}: every other name is answered with`,
  failure: (network: string): string => `DNS of ${network}: when the firewall fails, queries are`,
  log: (network: string): string => `DNS of ${network}: queries are logged to`,
};

const RESOLVER = "aws_route53_resolver";

/** What each VPC's DNS firewall lets through, and where the queries are logged. */
export function dnsSettings(model: Model): readonly Setting[] {
  const networks = new Map(networkIds(model.facts).map(([id, vpcId]) => [vpcId, id]));
  return [...firewalls(model, networks), ...failures(model, networks), ...logs(model, networks)];
}

type Networks = ReadonlyMap<string, string>;

function firewalls({ facts, resources }: Model, networks: Networks): readonly Setting[] {
  return facts.dnsFirewalls.flatMap(({ associationId, vpcId, rules }): readonly Setting[] => {
    const network = networks.get(vpcId) ?? vpcId;
    const passed = rules.filter(({ action }) => action !== "BLOCK").flatMap(({ domains }) => domains);
    return [
      [DNS_ROWS.names(network), value(listOf(passed), associationId)],
      [DNS_ROWS.answer(network), value(listOf(blockResponses(resources, associationId)), associationId)],
    ];
  });
}

function blockResponses(resources: readonly ResourceInstance[], associationId: string): readonly string[] {
  const association = ofType(resources, `${RESOLVER}_firewall_rule_group_association`).find(
    (each) => text(each, "id") === associationId,
  );
  return ofType(resources, `${RESOLVER}_firewall_rule`)
    .filter(
      (rule) =>
        association !== undefined &&
        text(rule, "firewall_rule_group_id") === text(association, "firewall_rule_group_id") &&
        text(rule, "action") === "BLOCK",
    )
    .map((rule) => text(rule, "block_response"));
}

function failures({ resources }: Model, networks: Networks): readonly Setting[] {
  return ofType(resources, `${RESOLVER}_firewall_config`).map((config): Setting => {
    const vpcId = text(config, "resource_id");
    const open = text(config, "firewall_fail_open");
    const outcome = open === "DISABLED" ? "blocked" : `let through (${open})`;
    return [DNS_ROWS.failure(networks.get(vpcId) ?? vpcId), value(outcome, config.address)];
  });
}

function logs({ resources }: Model, networks: Networks): readonly Setting[] {
  const configs = ofType(resources, `${RESOLVER}_query_log_config`);
  return ofType(resources, `${RESOLVER}_query_log_config_association`).map((association): Setting => {
    const vpcId = text(association, "resource_id");
    const config = configs.find(
      (each) => text(each, "id") === text(association, "resolver_query_log_config_id"),
    );
    const [, group = "nothing"] = (config ? text(config, "destination_arn") : "").split(":log-group:");
    return [DNS_ROWS.log(networks.get(vpcId) ?? vpcId), value(group, association.address)];
  });
}

function value(outcome: string, reason: string): () => CellResult {
  return () => ({ outcome, reason });
}
