import { randomUUID } from "node:crypto";

import { isRecord } from "@studio-access/terraform";

/** A row of a table that the stack writes, as it is in AWS. */
export interface RowEntry {
  readonly type: string;
  readonly name: string;
  /** As the resource names it: `aws.shared_services`. */
  readonly provider: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * A pulled state with entries for rows of tables, which the provider cannot import. Terraform compares each with the table
 * at the next plan, and updates what differs.
 *
 * @param pulled what `terraform state pull` printed; empty where there is no state
 */
export function withEntries(pulled: string, entries: readonly RowEntry[]): string {
  const text = pulled.slice(Math.max(0, pulled.search(/^\{/m))).trim();
  const state: unknown = text === "" ? emptyState() : JSON.parse(text);
  if (!isRecord(state) || state["version"] !== 4 || !Array.isArray(state["resources"]))
    throw new Error("The state is of a version that is not known here, so nothing was written into it.");
  const resources = [...(state["resources"] as readonly unknown[]), ...entries.map(resourceOf)];
  return JSON.stringify({ ...state, serial: Number(state["serial"]) + 1, resources }, undefined, 2);
}

function emptyState(): object {
  return { version: 4, serial: 0, lineage: randomUUID(), outputs: {}, resources: [] };
}

function resourceOf({ type, name, provider, attributes }: RowEntry): object {
  const [local = "", alias] = provider.split(".");
  const source = `provider["registry.terraform.io/hashicorp/${local}"]`;
  return {
    mode: "managed",
    type,
    name,
    provider: alias === undefined ? source : `${source}.${alias}`,
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [] }],
  };
}
