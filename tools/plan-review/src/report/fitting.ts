/** A text, or what makes it: only what is shown is made. */
type Form = string | (() => string);

/** A part of a report, and what it may be shortened to. */
export interface Part {
  /** The fullest first, each shorter than the one before; an empty text where it may be left out. */
  readonly forms: readonly Form[];
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

/**
 * Shortens parts, the least important first and as few as possible, until all fit into `room` characters. It begins with the
 * shortest forms and lengthens the most important ones, so that nothing is made that would be left out.
 */
export function fitted(parts: readonly Part[], room: number): Fitted {
  const texts = parts.map(({ forms }) => textOf(forms.at(-1)));
  const chosen = parts.map(({ forms }) => forms.length - 1);
  let length = texts.reduce((sum, text) => sum + text.length + SEPARATOR, 0);
  const steps = parts
    .flatMap(({ stages }, index) => stages.map((stage, form) => ({ stage, index, form })))
    .sort((a, b) => b.stage - a.stage || b.form - a.form || a.index - b.index);
  for (const { index, form } of steps) {
    const longer = textOf(parts[index]?.forms[form]);
    const next = length + longer.length - (texts[index]?.length ?? 0);
    if (next > room) break;
    texts[index] = longer;
    chosen[index] = form;
    length = next;
  }
  return { texts, shortened: chosen.filter((form) => form > 0).length };
}

function textOf(form: Form = ""): string {
  return typeof form === "string" ? form : form();
}
