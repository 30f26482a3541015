import type { Attributes, ResourceChange } from "../model";
import { textOf } from "./changes";

/** A row of the users', the groups' or the LOBs' table: attribute values by name. */
export type DirectoryRow = Readonly<Record<string, string>>;

/** Whether a row is one of the groups' table: by the table's name, and at a first deploy, which does not know it, by the construct. */
export function isGroupRow({ constructPath = "", after, before }: ResourceChange): boolean {
  const table = textOf(after ?? before, "table_name");
  return table === undefined ? constructPath.includes("/Directory/Group-") : table.endsWith("-groups");
}

/** The row that an `aws_dynamodb_table_item` writes. @returns undefined when it is another resource, or not known yet */
export function rowOf({ type }: ResourceChange, attributes: Attributes | null): DirectoryRow | undefined {
  const item = type === "aws_dynamodb_table_item" ? textOf(attributes, "item") : undefined;
  if (item === undefined) return undefined;
  try {
    const row = JSON.parse(item) as Readonly<Record<string, { readonly S?: string }>>;
    return Object.fromEntries(Object.entries(row).map(([name, { S }]) => [name, S ?? ""]));
  } catch {
    return undefined;
  }
}
