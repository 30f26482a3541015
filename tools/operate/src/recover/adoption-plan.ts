import { isRecord, type ChangeJson, type PlanJson } from "@studio-access/terraform";

/** What a plan with import blocks would do. */
export interface AdoptionPlan {
  /** Addresses that are imported, with the attributes that change. */
  readonly imported: readonly { readonly address: string; readonly changes: readonly string[] }[];
  /** Addresses of what imported resources need, which does not exist. */
  readonly created: readonly string[];
  /** Imported resources that Terraform would replace, each with the attributes that it cannot change. */
  readonly replaced: readonly { readonly address: string; readonly because: readonly string[] }[];
  /** Other resources that it would delete or replace. */
  readonly deleted: readonly string[];
}

export function adoptionPlan({ resource_changes: changes = [] }: PlanJson): AdoptionPlan {
  const managed = changes.filter(({ mode }) => mode === "managed");
  const isImport = ({ importing }: ChangeJson): boolean => importing !== undefined && importing !== null;
  const deletes = ({ actions }: ChangeJson): boolean => actions.includes("delete");
  return {
    imported: managed
      .filter(({ change }) => isImport(change) && !deletes(change))
      .map(({ address, change }) => ({ address, changes: changedIn(change) })),
    created: managed
      .filter(({ change }) => change.actions.includes("create") && !deletes(change))
      .map(({ address }) => address),
    replaced: managed
      .filter(({ change }) => isImport(change) && deletes(change))
      .map(({ address, change }) => ({
        address,
        because: (change.replace_paths ?? []).map((path) => path.join(".")),
      })),
    deleted: managed
      .filter(({ change }) => !isImport(change) && deletes(change))
      .map(({ address }) => address),
  };
}

/** Names alone, since a plan's values may be secrets. */
function changedIn({ actions, before, after }: ChangeJson): string[] {
  if (!actions.includes("update") || !isRecord(before) || !isRecord(after)) return [];
  const differs = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return Object.keys(after).filter((name) => after[name] !== undefined && differs(name));
}
