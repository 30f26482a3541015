import { isRecord } from "@studio-access/terraform";
import type { RoleModel } from "../model/roles";

/** Principals of one kind that a trust policy names, known to the config or not. */
export function trustedPrincipals(
  { trust }: Pick<RoleModel, "trust">,
  kind: "Service" | "Federated",
): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(trust.json);
  } catch {
    // Whoever asks for the role finds that out, and says so.
    return [];
  }
  const statements = isRecord(document) ? [document["Statement"]].flat() : [];
  return statements.flatMap((statement: unknown) => {
    const principal = isRecord(statement) ? statement["Principal"] : undefined;
    const named: readonly unknown[] = isRecord(principal) ? [principal[kind]].flat() : [];
    return named.filter((name) => typeof name === "string");
  });
}
