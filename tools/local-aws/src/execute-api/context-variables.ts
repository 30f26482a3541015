/** Values of `$context.…`, by the part after the dot. */
export type ContextVariables = ReadonlyMap<string, string>;

/** Fills in `$context.name`; a variable without a value becomes `fallback`. */
export function fillIn(template: string, variables: ContextVariables, fallback: string): string {
  return template.replace(
    /\$\{?context\.([A-Za-z0-9_]+(?:\.[A-Za-z0-9_-]+)*)\}?/g,
    (_, name: string) => variables.get(name) ?? fallback,
  );
}
