import { renderPath, type Path } from "./path";

/** One thing that is wrong with a config, and the way out. */
export interface Problem {
  /** Where, such as `linesOfBusiness[1].cidr`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there, shortened; of objects only the keys, since a misplaced secret must not reach a log. */
  readonly value: string;
  /** What must hold there. */
  readonly rule: string;
  /** What to do about it. */
  readonly remedy: string;
}

const LONGEST_VALUE = 60;

/** A problem with the value at a path. */
export function problem(path: Path, value: unknown, rule: string, remedy: string): Problem {
  return { path: renderPath(path), value: renderValue(value), rule, remedy };
}

/** A value for people, at most 60 characters; `(missing)` where there is none, `(not shown)` for a private key. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "(missing)";
  // A private key in place of the public one: nothing of it may reach a log.
  if (typeof value === "string" && value.includes("PRIVATE KEY")) return "(not shown)";
  const text = render(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function render(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(render).join(", ")}]`;
  if (typeof value === "object" && value !== null) return `{ ${Object.keys(value).join(", ")} }`;
  return JSON.stringify(value);
}
