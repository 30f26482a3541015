/** Values of `$context` variables, by the part of the name after the dot. */
export type ContextVariables = ReadonlyMap<string, string>;

/** Replaces `$context.name` with its value; a variable without a value becomes `fallback`. */
export function fillIn(template: string, variables: ContextVariables, fallback: string): string {
  return template.replace(
    /\$\{?context\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_-]+)*)\}?/g,
    (_, name: string) => variables.get(name) ?? fallback,
  );
}
