import type { Path } from "../path";
import { problem } from "../problem";
import { descriptionAt, isKnown } from "../schema-lookup";
import type { Rule } from "./rule";
import type { Placed } from "../draft";

const PLACEHOLDER = /replace-me/i;

const nothingToReplace: Rule = (draft) =>
  textsOf(draft, [])
    // What stands under an unknown key may be a secret: that the key is unknown is reported, without the value.
    .filter(({ value, path }) => PLACEHOLDER.test(value) && isKnown(path))
    .map(({ value, path }) => {
      const what = descriptionAt(path);
      const remedy = `write your own value${what === undefined ? ", or leave the key out if it may be" : `: ${what}`}`;
      return problem(path, value, "replace-me is a placeholder, from the example", remedy);
    });

/** Every text of a value but its comments, in the order of the file. */
function textsOf(value: unknown, path: Path): Placed<string>[] {
  if (typeof value === "string") return [{ value, path }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsOf(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === "$comment" ? [] : textsOf(entry, [...path, key]),
  );
}

export const placeholderRules: readonly Rule[] = [nothingToReplace];
