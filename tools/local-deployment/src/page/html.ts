import escape from "escape-html";

/** A piece of HTML, in which all text is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | readonly Html[];

/** A template of HTML: its values are escaped, unless they are HTML themselves. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    literals.reduce((text, literal, index) => `${text}${shown(parts[index - 1] ?? "")}${literal}`),
  );
}

function shown(part: Part): string {
  if (part instanceof Html) return part.text;
  return typeof part === "object" ? part.map(({ text }) => text).join("\n") : escape(String(part));
}
