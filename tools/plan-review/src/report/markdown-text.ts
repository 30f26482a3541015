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
        // Aligned columns cost a third more characters, and the rendered table looks the same.
        gfmTableToMarkdown({ tablePipeAlign: false }),
        // GitHub strikes out the text between tildes.
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

/** A value inside a line, as code: GitHub creates no mention, link or emoji in code. */
export function code(value: string): PhrasingContent {
  return { type: "inlineCode", value: value === "" ? "(empty)" : visible(value) };
}

/** Words that GitHub turns into mentions, references, links or emoji; and AWS's names, which are full of colons. */
const SPECIAL = /(\S*(?:@|#\d|:\/\/|www\.|GH-\d|:[\w+-]*:)\S*)/;

/** A sentence from outside: words that GitHub would turn into something else become code. */
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
    // A list item may hold everything that a page may hold, except front matter.
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

/** A folded part. Its headline is escaped, so that nothing in it is markup. */
export function folded(headline: string, body: string): string {
  return `<details><summary>${escapedHtml(visible(headline))}</summary>\n\n${body}\n\n</details>`;
}

function escapedHtml(value: string): string {
  return (
    value
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // GitHub creates mentions in HTML too.
      .replaceAll("@", "&#64;&#8288;")
  );
}
