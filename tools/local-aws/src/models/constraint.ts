/** What the model asks of a value. */
export type Constraint =
  | { readonly kind: "required" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "min-length" | "max-length" | "min-value" | "max-value"; readonly limit: number }
  /** The value is of another type on the wire; `words` are AWS's. */
  | { readonly kind: "type"; readonly words: string }
  /** The model has no such member. */
  | { readonly kind: "unknown" };

/** Where a value is: members by name, entries of a list from 1, and keys and values of a map. */
export type Step = string | number | { readonly map: "key" | "value" };

/** A value that does not satisfy a constraint. */
export interface Violation {
  readonly path: readonly Step[];
  readonly constraint: Constraint;
  /** Undefined when there is none. */
  readonly value: unknown;
  /** Whether the value must not be repeated in a message. */
  readonly sensitive: boolean;
  /** The name of the violated shape, which XML schemas name in their errors. */
  readonly shape: string;
}
