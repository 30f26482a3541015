import type { Leftover } from "./leftovers";

/** File with import blocks, in the folder of a synthesized stack. */
export const IMPORT_FILE = "recover.tf";

/**
 * Terraform's import blocks for what was found.
 *
 * Source: https://developer.hashicorp.com/terraform/language/block/import. The provider is that of the resource.
 */
export function importBlocks(leftovers: readonly Pick<Leftover, "address" | "importId">[]): string {
  return leftovers
    .map(({ address, importId }) => `import {\n  to = ${address}\n  id = ${quoted(importId)}\n}\n`)
    .join("\n");
}

/** File that Terraform merges into the stack: https://developer.hashicorp.com/terraform/language/files/override */
export const OVERRIDE_FILE = "recover_override.tf";

/** Has Terraform ignore the attributes and blocks that it cannot read. Empty where there are none. */
export function overrides(leftovers: readonly Pick<Leftover, "address" | "unread">[]): string {
  return leftovers
    .filter(({ unread }) => unread.length > 0)
    .map(({ address, unread }) => {
      const [type = "", name = ""] = address.split(".");
      return `resource "${type}" "${name}" {\n  lifecycle {\n    ignore_changes = [${unread.join(", ")}]\n  }\n}\n`;
    })
    .join("\n");
}

/** A string of Terraform's language, in which `${` and `%{` begin a template. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}
