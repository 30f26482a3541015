import { isRecord } from "@studio-access/terraform";
import type { RoleModel } from "../model/roles";

const RIGHTS = new WeakMap<RoleModel, boolean>();

/**
 * Whether any of the role's own statements could allow sts:AssumeRole. It saves the evaluator the many roles whose
 * policies name other actions only, so a document that it cannot read counts as "could".
 */
export function couldAssume(role: RoleModel): boolean {
  const known = RIGHTS.get(role);
  if (known !== undefined) return known;
  const could = role.identity.some(({ json }) => couldAllow(json));
  RIGHTS.set(role, could);
  return could;
}

function couldAllow(json: string): boolean {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return true;
  }
  if (!isRecord(document)) return true;
  return [document["Statement"]].flat().some((statement: unknown) => {
    if (!isRecord(statement)) return true;
    if (statement["Effect"] === "Deny") return false;
    const actions: readonly unknown[] = [statement["Action"]].flat();
    return "NotAction" in statement || actions.some(covers);
  });
}

/** An action with a wildcard counts when its text before the first wildcard is the beginning of sts:AssumeRole. */
function covers(action: unknown): boolean {
  if (typeof action !== "string") return true;
  const [literal = ""] = action.toLowerCase().split(/[*?]/);
  return action.length === literal.length
    ? literal === "sts:assumerole"
    : "sts:assumerole".startsWith(literal);
}
