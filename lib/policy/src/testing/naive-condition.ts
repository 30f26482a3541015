/*
 * Conditions, for the naive evaluator: one function per sentence of AWS's documentation, no code of the library.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

/** The request context: the values of each key, by the key's name in lower case. */
export type NaiveContext = ReadonlyMap<string, readonly string[]>;

/** Told each time that a rule is applied, so that a test can count which rules the random requests reach. */
export type Note = (rule: string) => void;

/** What a text of a policy is read with. */
export interface Reading {
  readonly context: NaiveContext;
  /** Whether the policy's version has variables. */
  readonly variables: boolean;
  readonly note: Note;
}

interface PatternOptions {
  readonly wildcards: boolean;
  /** Into how many parts, at its first colons. */
  readonly parts: number;
  readonly flags?: string;
}

const TOKEN = /\$\{([*?$])\}|\$\{([^{},]+)(?:, '([^']*)')?\}|[^]/gu;
const CHARACTER = /[^]/gu;

function escapeRegExp(text: string): string {
  return text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
}

function variableSource(
  key: string,
  fallback: string | undefined,
  { context, note }: Reading,
): string | undefined {
  const value = context.get(key.toLowerCase())?.[0];
  if (value !== undefined) note("variable with a value");
  else note(fallback === undefined ? "variable without a value" : "variable with a default value");
  const text = value ?? fallback;
  return text === undefined ? undefined : escapeRegExp(text);
}

const withoutVariables = new Map<string, readonly RegExp[]>();

/** @returns one expression per part, or undefined when a variable has no value: then "there is no equal or like value" */
export function patterns(
  text: string,
  options: PatternOptions,
  reading: Reading,
): readonly RegExp[] | undefined {
  if (text.includes("$")) return read(text, options, reading);
  const place = `${text} ${String(options.wildcards)} ${options.parts} ${options.flags ?? ""}`;
  const found = withoutVariables.get(place) ?? read(text, options, reading);
  if (found !== undefined) withoutVariables.set(place, found);
  return found;
}

function read(text: string, options: PatternOptions, reading: Reading): readonly RegExp[] | undefined {
  const sources = [""];
  for (const [token, escaped, key, fallback] of text.matchAll(reading.variables ? TOKEN : CHARACTER)) {
    if (token === ":" && sources.length < options.parts) {
      sources.push("");
      continue;
    }
    let source: string | undefined = escapeRegExp(escaped ?? token);
    if (key !== undefined) source = variableSource(key, fallback, reading);
    else if (options.wildcards && token === "*") source = ".*";
    else if (options.wildcards && token === "?") source = ".";
    if (source === undefined) return undefined;
    sources.push((sources.pop() ?? "") + source);
  }
  return sources.map((source) => new RegExp(`^${source}$`, `su${options.flags ?? ""}`));
}

function textMatches(wildcards: boolean, flags = ""): Matches {
  return (expected, actual, reading) =>
    patterns(expected, { wildcards, parts: 1, flags }, reading)?.[0]?.test(actual) === true;
}

/** "Each of the six colon-delimited components of the ARN is checked separately." */
const arnMatches: Matches = (expected, actual, reading) => {
  const [a = "", b = "", c = "", d = "", e = "", ...rest] = actual.split(":");
  const parts = [a, b, c, d, e, rest.join(":")];
  const found = patterns(expected, { wildcards: true, parts: 6 }, reading);
  return found?.every((pattern, index) => pattern.test(parts[index] ?? "")) === true;
};

/** "One of the W3C implementations of the ISO 8601 date formats or epoch (UNIX) time"; four digits are a year of the former. */
function moment(text: string): number {
  return /^\d{5,}$/.test(text) ? Number(text) * 1000 : new Date(text).getTime();
}

/** The bits of an address, most significant first, after its family. */
function addressBits(address: string): string {
  if (!address.includes(":")) {
    const bytes = address.split(".").map((byte) => Number(byte).toString(2).padStart(8, "0"));
    return `4${bytes.join("")}`;
  }
  const [head = "", tail] = address.split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  const all = [...before, ...zeros, ...after].map((group) =>
    Number.parseInt(group, 16).toString(2).padStart(16, "0"),
  );
  return `6${all.join("")}`;
}

/** "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32." */
const addressMatches: Matches = (expected, actual) => {
  const [address = "", length = "32"] = expected.split("/");
  return addressBits(actual).startsWith(addressBits(address).slice(0, Number(length) + 1));
};

type Matches = (expected: string, actual: string, reading: Reading) => boolean;

function numbers(compare: (actual: number, expected: number) => boolean): Matches {
  return (expected, actual) => compare(Number(actual), Number(expected));
}

function dates(compare: (actual: number, expected: number) => boolean): Matches {
  return (expected, actual) => compare(moment(actual), moment(expected));
}

/** The operators that do not negate. `Not` in a name makes one of the others. */
const OPERATORS: Readonly<Record<string, Matches>> = {
  StringEquals: textMatches(false),
  StringEqualsIgnoreCase: textMatches(false, "i"),
  StringLike: textMatches(true),
  NumericEquals: numbers((actual, expected) => actual === expected),
  NumericLessThan: numbers((actual, expected) => actual < expected),
  NumericLessThanEquals: numbers((actual, expected) => actual <= expected),
  NumericGreaterThan: numbers((actual, expected) => actual > expected),
  NumericGreaterThanEquals: numbers((actual, expected) => actual >= expected),
  DateEquals: dates((actual, expected) => actual === expected),
  DateLessThan: dates((actual, expected) => actual < expected),
  DateLessThanEquals: dates((actual, expected) => actual <= expected),
  DateGreaterThan: dates((actual, expected) => actual > expected),
  DateGreaterThanEquals: dates((actual, expected) => actual >= expected),
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
  BinaryEquals: (expected, actual) => atob(expected) === atob(actual),
  IpAddress: addressMatches,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
};

export function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** "true (the key doesn't exist, it is null) or false (the key exists and its value is not null)" */
function nullHolds(expected: readonly string[], actual: readonly string[], note: Note): boolean {
  const holds = expected.includes(String(actual.length === 0));
  note(`Null: ${String(holds)}`);
  return holds;
}

function keyHolds(operator: string, key: string, expected: readonly string[], reading: Reading): boolean {
  const { context, note } = reading;
  const [, set, name = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const actual = context.get(key.toLowerCase()) ?? [];
  if (name === "Null") return nullHolds(expected, actual, note);
  const negated = name.includes("Not");
  if (actual.length === 0) {
    note(`absent key: ${set ?? ""}${negated ? "Not" : ""}${ifExists ?? ""}`);
    // "If the key is not present, evaluate the condition element as true."
    if (ifExists !== undefined) return true;
    // "It also returns true if there are no context keys in the request"; "if the key does not exist, … returns false".
    if (set !== undefined) return set === "ForAllValues";
    // "The values do not match and the condition is false"; if "the key is not matched, … the condition is true".
    return negated;
  }
  // "… or if the key values resolve to an empty data set, such as an empty string"
  if (set !== undefined && actual.every((value) => value === "")) {
    note(`empty set: ${set}`);
    return set === "ForAllValues";
  }
  const matches = OPERATORS[name.replace("Not", "")];
  if (matches === undefined) throw new Error(`no operator ${operator}`);
  // Several values in the policy: a logical OR, and for an operator that negates a logical NOR.
  const each = actual.map((value) => expected.some((text) => matches(text, value, reading)) !== negated);
  const holds = set === "ForAllValues" ? !each.includes(false) : each.includes(true);
  note(`${name}: ${String(holds)}`);
  if (set !== undefined)
    note(`${set} of ${actual.length > 1 ? "several values" : "a value"}: ${String(holds)}`);
  if (ifExists !== undefined) note(`IfExists, present: ${String(holds)}`);
  return holds;
}

/** All operators and keys must be met: a logical AND. */
export function conditionHolds(condition: object, reading: Reading): boolean {
  return Object.entries(condition as Record<string, object>).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => keyHolds(operator, key, list(value), reading)),
  );
}
