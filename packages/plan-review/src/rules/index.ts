import type { Rule } from "./rule";

/** Every rule, in the order of their findings within one severity. */
export const RULES: readonly Rule[] = [];
