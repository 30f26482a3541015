import { isRecord } from "@studio-access/terraform";
import type { RoleModel } from "../model/roles";

/** The principals of one type that a trust policy names. */
export function trustedPrincipals(
  { trust }: Pick<RoleModel, "trust">,
  kind: "Service" | "Federated",
): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(trust.json);
  } catch {
    // Every cell of the role's column reports the malformed document as unknown.
    return [];
  }
  const statements = isRecord(document) ? [document["Statement"]].flat() : [];
  return statements.flatMap((statement: unknown) => {
    const principal = isRecord(statement) ? statement["Principal"] : undefined;
    const named: readonly unknown[] = isRecord(principal) ? [principal[kind]].flat() : [];
    return named.filter((name) => typeof name === "string");
  });
}
