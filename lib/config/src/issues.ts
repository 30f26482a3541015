import type { z } from "zod";
import { readAdvice } from "./advice";
import { valueAt } from "./path";
import { problem, type Problem } from "./problem";
import { descriptionAt, keysAt } from "./schema-lookup";
import { nearest } from "./suggestion";

type Issue = z.core.$ZodIssue;

/** What is wrong with a config according to the schema, in our own words. */
export function schemaProblems(input: unknown, issues: readonly Issue[]): Problem[] {
  return issues.flatMap((issue) => problemsOf(input, issue));
}

function problemsOf(input: unknown, issue: Issue): Problem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(input, issue, key));
  const value = valueAt(input, issue.path);
  if (value === undefined && !("options" in issue)) return [missing(issue)];
  const { rule, remedy } = readAdvice(textOf(issue)) ?? ownAdvice(issue, value);
  const found = problem(issue.path, value, rule, remedy);
  return [isMisplaced(issue, value) ? { ...found, value: "(not shown)" } : found];
}

/** Whether a text, or a list that may hold one, stands where something else belongs: it may be a secret. */
function isMisplaced(issue: Issue, value: unknown): boolean {
  if (Array.isArray(value)) return ["invalid_type", "invalid_union", "invalid_value"].includes(issue.code);
  const takesText = issue.code === "invalid_union" && "options" in issue;
  return typeof value === "string" && ["invalid_type", "invalid_union"].includes(issue.code) && !takesText;
}

/** The text that the schema gives; that of a record's bad key is one level deeper. */
function textOf(issue: Issue): string {
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

function missing({ path }: Issue): Problem {
  const what = descriptionAt(path);
  const remedy = what === undefined ? "add it" : `add it: ${what}`;
  return problem(path, undefined, "required", remedy);
}

function unknownKey(input: unknown, { path }: Issue, key: string): Problem {
  const known = keysAt(path);
  const absent = known.filter((name) => valueAt(input, [...path, name]) === undefined);
  const meant = nearest(key, absent);
  const remedy =
    meant === undefined ? `remove it; known here: ${known.join(", ")}` : `did you mean ${meant}?`;
  // The problem says only that the key is there: the value of an unknown key may be a secret.
  return { ...problem([...path, key], undefined, "unknown key", remedy), value: "(not shown)" };
}

/** The message for checks that have none in the schema, because one text fits all of them. */
function ownAdvice(issue: Issue, value: unknown): { rule: string; remedy: string } {
  if (issue.code === "invalid_value") return choice(issue.values.map(String), value);
  if (issue.code === "invalid_union" && "options" in issue)
    return choice((issue.options ?? []).map(String), value);
  if (issue.code === "invalid_type") return typeAdvice(issue.expected, value);
  return { rule: issue.message, remedy: "correct the value" };
}

function choice(values: readonly string[], value: unknown): { rule: string; remedy: string } {
  const meant = nearest(String(value), values);
  const remedy = meant === undefined ? "choose one of these" : `did you mean ${meant}?`;
  return { rule: `must be one of ${values.join(", ")}`, remedy };
}

function typeAdvice(expected: string, value: unknown): { rule: string; remedy: string } {
  const rule = `must be ${TYPE_NAMES[expected] ?? expected}, is ${typeName(value)}`;
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return { rule, remedy: "put it in double quotes" };
  }
  if ((expected === "number" || expected === "boolean") && typeof value === "string") {
    return { rule, remedy: "remove the quotes" };
  }
  if (expected === "array")
    return { rule, remedy: "write a list, [ … ]; it holds one entry or more, or none" };
  return { rule, remedy: "write a value of that type" };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "boolean") return String(value);
  return TYPE_NAMES[typeof value] ?? typeof value;
}
