import { problem, type Problem } from "./problem";
import { ConfigSchema, type Config } from "./schema";

export type Validation = { readonly config: Config } | { readonly problems: readonly Problem[] };

/** The config, if it may be used; else every problem that it has. */
export function validate(input: unknown): Validation {
  const parsed = ConfigSchema.safeParse(input, { reportInput: true });
  if (parsed.success) return { config: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) =>
      problem(issue.path, issue.input, issue.message, "correct it"),
    ),
  };
}
