import { isRecord } from "@studio-access/terraform";
import { valueAt } from "./marks";

/**
 * The cdktf construct behind a resource of a stack: `lob-a/Network/Vpc`. Only the synthesized stack knows it, below `//`;
 * Terraform leaves that out of its plans.
 *
 * @param synthesized the stack's `cdk.tf.json`, parsed
 */
export function constructPathOf(
  synthesized: unknown,
  { mode, type, name }: { readonly mode: "managed" | "data"; readonly type: string; readonly name: string },
): string | undefined {
  const kind = mode === "data" ? "data" : "resource";
  const metadata = valueAt(synthesized, [kind, type, name, "//", "metadata"]);
  const path = isRecord(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}
