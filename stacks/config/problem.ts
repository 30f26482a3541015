/** One thing that is wrong with a config, and the way out. */
export interface Problem {
  /** Where, such as `linesOfBusiness[1].cidr`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there, as JSON, shortened. */
  readonly value: string;
  /** What must hold there, or what is wrong with the value. */
  readonly rule: string;
  /** What to do about it. */
  readonly remedy: string;
}

const LONGEST_VALUE = 60;

/** `["linesOfBusiness", 1, "cidr"]` as `linesOfBusiness[1].cidr`. */
export function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** A value as JSON, at most 60 characters; `(missing)` where there is none. */
export function renderValue(value: unknown): string {
  // JSON.stringify answers undefined for what JSON cannot hold, which its type does not say.
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return "(missing)";
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** A problem with the value at a path. */
export function problem(path: readonly PropertyKey[], value: unknown, rule: string, remedy: string): Problem {
  return { path: renderPath(path), value: renderValue(value), rule, remedy };
}
