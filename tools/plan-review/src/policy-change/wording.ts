import type { Verdict } from "@studio-access/policy";
import { comparisonsOf, OTHER, textsOfElement, VARIABLE_VALUE } from "@studio-access/policy/questions";
import type { ComparedStatement } from "./policy-statements";
import type { RequestClass } from "./request-classes";

type Outcome = Verdict["outcome"];

function matching(statements: readonly ComparedStatement[], mask: bigint): readonly ComparedStatement[] {
  return statements.filter((_, index) => (mask & (1n << BigInt(index))) !== 0n);
}

/** Replaces the example values of requests by words. */
function readable(text: string): string {
  return text
    .replaceAll(`"${OTHER}"`, "of another value")
    .replaceAll(`"${VARIABLE_VALUE}"`, "of any value")
    .replaceAll(OTHER, "(any other)")
    .replaceAll(VARIABLE_VALUE, "(any)")
    .replaceAll("zz-other-1", "(any region)");
}

/** The words for the keys that the statements in question test: other keys do not matter. */
function conditionWords(found: RequestClass, statements: readonly ComparedStatement[]): string {
  const looked = new Set(statements.flatMap(comparisonsOf).map(({ key }) => key.toLowerCase()));
  const words = Object.entries(found.request.words.conditions ?? {})
    .filter(([key]) => looked.has(key.toLowerCase()))
    .map(([, text]) => text);
  return words.length === 0 ? "" : `, ${words.join(" and ")}`;
}

function labelOf(statements: readonly ComparedStatement[], effect: "Allow" | "Deny"): string {
  const found = statements.find((statement) => statement.effect === effect);
  return found === undefined ? "" : ` by ${found.label}`;
}

/** The description of a class without its actions: ` on … by …: was refused, is now allowed by …`. */
export function sayRest(
  found: RequestClass,
  statements: readonly ComparedStatement[],
  [before, after]: readonly [Outcome, Outcome],
): string {
  const { resource, principal } = found.request.words;
  const changed = statements.filter(({ inBefore, inAfter }) => inBefore !== inAfter);
  const on = (side: "inBefore" | "inAfter"): readonly ComparedStatement[] =>
    matching(statements, found.certain).filter((statement) => statement[side]);
  const was = before === "deny" ? `was denied${labelOf(on("inBefore"), "Deny")}` : "was refused";
  const is = after === "allow" ? `is now allowed${labelOf(on("inAfter"), "Allow")}` : "is no longer denied";
  return readable(
    [
      resource === undefined ? "" : ` on ${resource}`,
      principal === undefined ? "" : ` by ${principal}`,
      conditionWords(found, changed),
      `: ${was}, ${is}`,
    ].join(""),
  );
}

const MOST_NAMED = 3;

/** `sts:AssumeRole`; of many actions those that a statement names, and the number of the others. */
export function sayActions(actions: readonly string[], statements: readonly ComparedStatement[]): string {
  if (actions.length <= MOST_NAMED) return actions.join(", ");
  const texts = textsOfElement(statements, "Action").map((text) => text.toLowerCase());
  const spelt = actions.filter((action) => texts.includes(action.toLowerCase()));
  const examples = (spelt.length > 0 ? spelt : actions).slice(0, MOST_NAMED);
  return `${examples.join(", ")} and ${actions.length - examples.length} more actions`;
}
