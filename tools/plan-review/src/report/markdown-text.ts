import type { PhrasingContent, RootContent, TableRow } from "mdast";
import { gfmTableToMarkdown } from "mdast-util-gfm-table";
import { toMarkdown } from "mdast-util-to-markdown";

import { visible } from "./value-text";

/** Markdown of some nodes; the library escapes what the texts in them hold. */
export function markdown(...children: readonly RootContent[]): string {
  return toMarkdown(
    { type: "root", children: [...children] },
    {
      bullet: "-",
      extensions: [
        // Columns that line up cost a third more characters, and nobody sees them.
        gfmTableToMarkdown({ tablePipeAlign: false }),
        // GitHub strikes out what stands between these.
        { unsafe: [{ character: "~", inConstruct: "phrasing" }] },
      ],
    },
  ).trimEnd();
}

export function paragraph(...children: readonly PhrasingContent[]): RootContent {
  return { type: "paragraph", children: [...children] };
}

export function heading(depth: 2 | 3 | 4, text: string): RootContent {
  return { type: "heading", depth, children: [{ type: "text", value: visible(text) }] };
}

export function text(value: string): PhrasingContent {
  return { type: "text", value };
}

export function strong(value: string): PhrasingContent {
  return { type: "strong", children: [{ type: "text", value: visible(value) }] };
}

/** A value in a line. GitHub makes no mention, link or emoji of what is code. */
export function code(value: string): PhrasingContent {
  return { type: "inlineCode", value: value === "" ? "(empty)" : visible(value) };
}

/** Words that GitHub would make more of than text: mentions, references, links, emoji; and AWS's names, all colons. */
const SPECIAL = /(\S*(?:@|#\d|:\/\/|www\.|GH-\d|:[\w+-]*:)\S*)/;

/** Somebody's sentence: its words, with those as code of which GitHub would make more. */
export function sentence(value: string): readonly PhrasingContent[] {
  return visible(value)
    .split(SPECIAL)
    .filter((part) => part !== "")
    .map((part) => (SPECIAL.test(part) ? code(part) : text(part)));
}

export function diff(lines: readonly string[]): RootContent {
  return { type: "code", lang: "diff", value: lines.join("\n") };
}

export function block(value: string): RootContent {
  return { type: "code", lang: "text", value };
}

export function list(...items: readonly (readonly RootContent[])[]): RootContent {
  return {
    type: "list",
    ordered: false,
    spread: false,
    // What may stand in a list item is what may stand in a page, but for front matter.
    children: items.map((children) => ({
      type: "listItem",
      spread: false,
      children: [...children] as never,
    })),
  };
}

export function table(head: readonly string[], rows: readonly (readonly PhrasingContent[])[]): RootContent {
  const row = (cells: readonly PhrasingContent[]): TableRow => ({
    type: "tableRow",
    children: cells.map((cell) => ({ type: "tableCell", children: [cell] })),
  });
  return {
    type: "table",
    align: head.map((_, index) => (index === 0 ? "left" : "right")),
    children: [row(head.map(text)), ...rows.map(row)],
  };
}

/** A part that is folded; nothing in its headline is taken for markup. */
export function folded(headline: string, body: string): string {
  return `<details><summary>${escapedHtml(visible(headline))}</summary>\n\n${body}\n\n</details>`;
}

function escapedHtml(value: string): string {
  return (
    value
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // Also in HTML, GitHub makes mentions of these.
      .replaceAll("@", "&#64;&#8288;")
  );
}
