import { randomUUID } from "node:crypto";

import { isRecord } from "@studio-access/terraform";

/** A row of a table that the stack writes, as it is in AWS. */
interface RowEntry {
  readonly type: string;
  readonly name: string;
  /** As the resource names it: `aws.shared_services`. */
  readonly provider: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface StateAdditions {
  /** Rows of tables, which the provider cannot import. */
  readonly rows?: readonly RowEntry[];
  /** Attributes and blocks of imported resources that the provider cannot read, by the resources' addresses. */
  readonly blocks?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * A pulled state with what no import brings. Terraform compares each row with its table at the next plan, and updates what
 * differs.
 *
 * @param pulled what `terraform state pull` printed; empty where there is no state
 */
export function withAdditions(pulled: string, { rows = [], blocks = new Map() }: StateAdditions): string {
  const text = pulled.slice(Math.max(0, pulled.search(/^\{/m))).trim();
  const state: unknown = text === "" ? emptyState() : JSON.parse(text);
  if (!isRecord(state) || state["version"] !== 4 || !Array.isArray(state["resources"]))
    throw new Error("The state is of a version that is not known here, so nothing was written into it.");
  const there = (state["resources"] as readonly StateFileResource[]).map((resource) => {
    const more = blocks.get(`${resource.type}.${resource.name}`);
    if (more === undefined || resource.mode !== "managed") return resource;
    const instances = resource.instances.map((instance) => ({
      ...instance,
      attributes: { ...instance.attributes, ...more },
    }));
    return { ...resource, instances };
  });
  const resources = [...there, ...rows.map(resourceOf)];
  return JSON.stringify({ ...state, serial: Number(state["serial"]) + 1, resources }, undefined, 2);
}

/** A value of a stack's file as a state has it: of a block, a list. */
export function inState(value: unknown): unknown {
  return isRecord(value) ? [value] : value;
}

/** A resource in a state file of version 4. */
interface StateFileResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
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
