import type { z } from "zod";
import { clear, type Path } from "./path";
import type { LineOfBusiness } from "./line-of-business";
import type { Config } from "./schema";

/** A config of which any part may be missing; a string in it may break its pattern, but is a string. */
export type Draft = Partially<Config>;

type Partially<T> = T extends readonly (infer Item)[]
  ? readonly (Partially<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Partially<T[Key]> | undefined }
    : T;

/** A line of business of a draft, and where it stands. */
export interface PlacedLob {
  readonly lob: Partially<LineOfBusiness>;
  readonly path: Path;
}

/**
 * Checks of the schema after which a value still has its type. After any other failed check, the value cannot be used.
 */
const TYPE_HOLDS: ReadonlySet<string> = new Set([
  "invalid_format",
  "too_small",
  "too_big",
  "unrecognized_keys",
]);

/**
 * The parts of an input that are usable in spite of the schema's issues.
 *
 * Thus a bad account id in one place does not hide two ranges that overlap in another.
 */
export function draftOf(input: unknown, issues: readonly z.core.$ZodIssue[]): Draft {
  const draft: unknown = structuredClone(input);
  for (const issue of issues) {
    if (TYPE_HOLDS.has(issue.code)) continue;
    const path = unusablePath(issue);
    if (path.length === 0) return {};
    clear(draft, path);
  }
  // All values of a wrong type have been removed, so the rest has the config's types.
  return draft as Draft;
}

/** A bad discriminator leaves the whole object unchecked, not the discriminator alone. */
function unusablePath(issue: z.core.$ZodIssue): Path {
  const discriminator = issue.code === "invalid_union" && issue.discriminator !== undefined;
  return discriminator ? issue.path.slice(0, -1) : issue.path;
}

/** The lines of business that a draft has. */
export function lobsOf(draft: Draft): PlacedLob[] {
  return placed(draft.linesOfBusiness, ["linesOfBusiness"]).map(({ value, path }) => ({ lob: value, path }));
}

/** A value, and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly path: Path;
}

/** The entries of a list that are there, each with its path. */
export function placed<T>(list: readonly (T | undefined)[] | undefined, path: Path): Placed<T>[] {
  return (list ?? []).flatMap((value, index) =>
    value === undefined ? [] : [{ value, path: [...path, index] }],
  );
}
