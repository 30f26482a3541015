import type { RawStatement } from "@studio-access/policy/questions";
import { isRecord } from "@studio-access/terraform";

/**
 * The statements of a policy, as they are written. A malformed document has none: every cell for which it is evaluated
 * reports it as unknown.
 */
export function statementsIn(json: string): readonly RawStatement[] {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return [];
  }
  const statements: readonly unknown[] = isRecord(document) ? [document["Statement"]].flat() : [];
  return statements.filter(isRecord).map((raw) => ({ raw }));
}
