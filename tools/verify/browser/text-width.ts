import { svg } from "./elements";

/** What a text of the drawing is; the page's style sheet has a font for each. */
type TextKind = "title" | "subtitle" | "row" | "line-label";

/** Width of a text as it will be drawn, in pixels. */
export type TextWidth = (text: string, kind: TextKind) => number;

/**
 * Measures by drawing: how wide a text is depends on which fonts the reader's machine has.
 *
 * @param host an element of the page that texts of the drawing get their style in
 */
export function measuredIn<Measured>(host: Element, measure: (textWidth: TextWidth) => Measured): Measured {
  const sample = svg("text", {});
  const group = svg("g", {}, sample);
  const picture = svg("svg", { width: 0, height: 0, "aria-hidden": true }, group);
  host.append(picture);
  try {
    return measure((text, kind) => {
      group.setAttribute("class", kind === "row" ? kind : "");
      sample.setAttribute("class", kind === "row" ? "" : kind);
      sample.textContent = text;
      return sample.getComputedTextLength();
    });
  } finally {
    picture.remove();
  }
}
