/** A part of a report, and what it may be shortened to. */
export interface Part {
  /** The fullest first; an empty text where it may be left out. */
  readonly forms: readonly string[];
  /**
   * The stage in which each form is replaced by the next; lower stages come first. There is one stage less than forms.
   */
  readonly stages: readonly number[];
}

export interface Fitted {
  /** The chosen form of each part, in the order of the parts. */
  readonly texts: readonly string[];
  /** Number of shortened parts. */
  readonly shortened: number;
}

const SEPARATOR = 2;

/** Shortens parts, the least important first and as few as possible, until all fit into `room` characters. */
export function fitted(parts: readonly Part[], room: number): Fitted {
  const chosen = parts.map(() => 0);
  const textOf = (index: number): string => parts[index]?.forms[chosen[index] ?? 0] ?? "";
  let length = parts.reduce((sum, _, index) => sum + textOf(index).length + SEPARATOR, 0);
  const steps = parts
    .flatMap(({ stages }, index) => stages.map((stage, form) => ({ stage, index, form })))
    .sort((a, b) => a.stage - b.stage || a.form - b.form || b.index - a.index);
  for (const { index, form } of steps) {
    if (length <= room) break;
    const before = textOf(index).length;
    chosen[index] = form + 1;
    length += textOf(index).length - before;
  }
  return {
    texts: parts.map((_, index) => textOf(index)),
    shortened: chosen.filter((form) => form > 0).length,
  };
}
