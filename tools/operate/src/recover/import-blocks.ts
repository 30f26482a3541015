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

/** A string of Terraform's language, in which `${` and `%{` begin a template. */
function quoted(value: string): string {
  return JSON.stringify(value).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
