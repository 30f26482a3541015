import { listOf } from "../expect/resolvable-names";
import type { Model } from "../model/model";
import type { CellResult } from "./matrix";
import { networkIds } from "./vantages";

type Setting = readonly [name: string, answer: () => CellResult];

/** Name of a VPC's row, by its id in the matrices. */
export function namesRow(network: string): string {
  return `DNS of ${network}: names that resolve`;
}

/** What each VPC's DNS firewall lets through. */
export function dnsSettings({ facts }: Model): readonly Setting[] {
  const networks = new Map(networkIds(facts).map(([id, vpcId]) => [vpcId, id]));
  return facts.dnsFirewalls.map(({ associationId, vpcId, rules }): Setting => {
    const passed = rules.filter(({ action }) => action !== "BLOCK").flatMap(({ domains }) => domains);
    const outcome = listOf(passed);
    return [namesRow(networks.get(vpcId) ?? vpcId), () => ({ outcome, reason: associationId })];
  });
}
