import { svg } from "./elements";

/** The kinds of text in the drawing. The page's style sheet has a font for each. */
type TextKind = "title" | "subtitle" | "row" | "line-label";

/** Width of a text as it will be drawn, in pixels. */
export type TextWidth = (text: string, kind: TextKind) => number;

/**
 * Measures a text by drawing it, because its width depends on the fonts of the reader's machine.
 *
 * @param host the element that holds the drawing, so that the texts get the drawing's style
 */
export function measuredIn<Measured>(host: Element, measure: (textWidth: TextWidth) => Measured): Measured {
  const sample = svg("text", {});
  const group = svg("g", {}, sample);
  const picture = svg("svg", { width: 0, height: 0, "aria-hidden": true }, group);
  host.append(picture);
  try {
    return measure((text, kind) => {
      // A row of the chosen path is bold, and has to fit its box as well.
      group.setAttribute("class", kind === "row" ? "row on" : "");
      sample.setAttribute("class", kind === "row" ? "" : kind);
      sample.textContent = text;
      return sample.getComputedTextLength();
    });
  } finally {
    picture.remove();
  }
}
