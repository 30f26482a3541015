/** What must hold for a value, and what to do where it does not. */
export interface Advice {
  readonly rule: string;
  readonly remedy: string;
}

const SEPARATOR = "; ";

/** The error text of a schema check: its rule and its remedy in one string, since zod carries no more than that. */
export function advice(rule: string, remedy: string): string {
  return rule + SEPARATOR + remedy;
}

/** The two parts of a text made by {@link advice}; undefined for any other text, such as zod's own. */
export function readAdvice(text: string): Advice | undefined {
  const at = text.indexOf(SEPARATOR);
  return at < 0 ? undefined : { rule: text.slice(0, at), remedy: text.slice(at + SEPARATOR.length) };
}
