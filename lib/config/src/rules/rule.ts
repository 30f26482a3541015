import type { Draft } from "../draft";
import type { Problem } from "../problem";

/** Looks at the parts of a config that are there, and says what does not fit together. */
export type Rule = (draft: Draft) => Problem[];
