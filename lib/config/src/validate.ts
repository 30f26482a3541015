import { draftOf, type Draft } from "./draft";
import { schemaProblems } from "./issues";
import type { Problem } from "./problem";
import { RULES } from "./rules";
import { ConfigSchema, type Config } from "./schema";

/** A valid config, or its problems and the draft of its usable parts. */
export type Validation =
  { readonly config: Config } | { readonly problems: readonly Problem[]; readonly draft: Draft };

/**
 * The config, if it is valid; otherwise every problem that it has: those of single values first, in the schema's order,
 * then those of values that do not fit together.
 */
export function validate(input: unknown): Validation {
  const parsed = ConfigSchema.safeParse(input);
  const issues = parsed.success ? [] : parsed.error.issues;
  const draft = draftOf(input, issues);
  const problems = [...schemaProblems(input, issues), ...RULES.flatMap((rule) => rule(draft))];
  return parsed.success && problems.length === 0 ? { config: parsed.data } : { problems, draft };
}
