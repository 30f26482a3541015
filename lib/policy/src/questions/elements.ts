import { isObject, listOf, type JsonObject } from "../json";
import { OTHER_ACCOUNT } from "./glob-examples";
import { Undecidable } from "./undecidable";

/** A statement as its policy's JSON has it. */
export interface RawStatement {
  readonly raw: JsonObject;
}

/** One comparison of a Condition element. */
export interface Comparison {
  /** Without ForAllValues, ForAnyValue and IfExists. */
  readonly operator: string;
  /** As the policy spells it. */
  readonly key: string;
  readonly values: readonly string[];
}

export function comparisonsOf({ raw }: RawStatement): readonly Comparison[] {
  const condition = raw["Condition"];
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([name, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator: name.replace(/^For(All|Any)Values?:/, "").replace(/IfExists$/, ""),
      key,
      values: listOf(values).map(String),
    })),
  );
}

/** Texts of an element and of its negation, of all statements, without repetition. */
export function textsOfElement(statements: readonly RawStatement[], element: string): readonly string[] {
  const texts = statements.flatMap(({ raw }) =>
    [element, `Not${element}`].flatMap((name) => (name in raw ? listOf(raw[name]).map(String) : [])),
  );
  return [...new Set(texts)];
}

const VARIABLE = /\$\{([^*?$'{},]+)(?:, *'([^'{}]*)')?\}/g;

/** The value of a policy variable that equals none of the values in the policies. */
export const VARIABLE_VALUE = "zz-own-value";

/** Condition keys, lower case, that a text refers to as variables. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([, key = ""]) => key.toLowerCase());
}

/** The values that a policy variable may have, by condition key in lower case. */
export type Fills = ReadonlyMap<string, readonly string[]>;

function escape(text: string): string {
  return text.replace(/[.+^$()|[\]{}\\]/g, "\\$&");
}

/** The values of its variables with which a text equals another, by condition key. */
export function neededValues(text: string, other: string): readonly (readonly [string, string])[] {
  const keys = variablesIn(text);
  const literals = text
    .split(/\$\{[^{}]*\}/)
    .map((part) => escape(part).replaceAll("*", ".*").replaceAll("?", "."));
  const values = new RegExp(`^${literals.join("(.*)")}$`, "s").exec(other)?.slice(1) ?? [];
  return keys.flatMap((key, index) => {
    const value = values[index] ?? "";
    return value === "" || /[*?$]/.test(value) ? [] : [[key, value] as const];
  });
}

/** The names of users whose ARNs the statements hold. */
function userNames(statements: readonly RawStatement[]): readonly string[] {
  const arns = JSON.stringify(statements.map(({ raw }) => raw)).matchAll(/:user\/(?:[^"/]*\/)*([^"/*?]+)"/g);
  return [...arns].flatMap(([, name]) => name ?? []);
}

/**
 * The values that the variables of all statements may have: those that the key is compared with, and those with which
 * two texts are equal.
 */
export function fillsOf(statements: readonly RawStatement[]): Fills {
  const fills = new Map<string, Set<string>>();
  const add = (key: string, value: string): void => {
    fills.set(key, (fills.get(key) ?? new Set([VARIABLE_VALUE])).add(value));
  };
  const comparisons = statements.flatMap(comparisonsOf);
  const texts = [...textsOfElement(statements, "Resource"), ...comparisons.flatMap(({ values }) => values)];
  for (const text of texts) {
    for (const key of variablesIn(text)) {
      add(key, VARIABLE_VALUE);
      const compared = comparisons
        .filter((one) => one.key.toLowerCase() === key)
        .flatMap(({ values }) => values);
      compared
        .filter((value) => !/[*?$]/.test(value))
        .forEach((value) => {
          add(key, value);
        });
    }
    if (!text.includes("${")) continue;
    for (const other of texts) for (const [key, value] of neededValues(text, other)) add(key, value);
  }
  if (fills.has("aws:username")) for (const name of userNames(statements)) add("aws:username", name);
  return new Map([...fills].map(([key, values]) => [key, [...values]]));
}

/** A text with the values of those variables that have one. */
export function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(VARIABLE, (whole: string, key: string) => values.get(key.toLowerCase()) ?? whole);
}

const MOST_SPELLINGS = 200;

function fillOne(text: string, key: string, values: readonly string[]): readonly string[] {
  return values.map((value) =>
    text.replace(VARIABLE, (whole: string, found: string) => (found.toLowerCase() === key ? value : whole)),
  );
}

/**
 * The texts that a text becomes once its variables are filled: with each of their values, with their fallbacks, and
 * with a wildcard for any other value.
 */
export function spellings(text: string, fills: Fills): readonly string[] {
  if (!text.includes("${")) return [text];
  let found: readonly string[] = [text];
  for (const key of new Set(variablesIn(text))) {
    found = found.flatMap((one) => fillOne(one, key, [...(fills.get(key) ?? [VARIABLE_VALUE]), "*"]));
    if (found.length > MOST_SPELLINGS) throw new Undecidable("its variables make for too many combinations");
  }
  const fallback = text.replace(VARIABLE, (_, __, other: string | undefined) => other ?? VARIABLE_VALUE);
  const plain = [...found, fallback].map((one) => one.replace(/\$\{([*?$])\}/g, "$1"));
  return [...new Set(plain)];
}

/** The accounts in which a name or an id may be: the policies' own, those that they hold, and any other. */
export function accountsIn(statements: readonly RawStatement[], account: string): readonly string[] {
  const held = JSON.stringify(statements.map(({ raw }) => raw)).match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  return [...new Set([account, OTHER_ACCOUNT, ...held])];
}
