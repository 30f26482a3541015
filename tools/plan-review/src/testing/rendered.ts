import { readFileSync } from "node:fs";

import { marked } from "marked";

/** A page that shows Markdown much as GitHub does: its own style sheet, and the width of its comments. */
export function rendered(markdown: string, { open = false }: { readonly open?: boolean } = {}): string {
  const css = readFileSync(require.resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  const html = marked.parse(markdown, { async: false, gfm: true });
  const diffs = html.replace(
    /<code class="language-diff">([\s\S]*?)<\/code>/g,
    (_all, code: string) => `<code>${code.split("\n").map(diffLine).join("\n")}</code>`,
  );
  const body = open ? diffs.replaceAll("<details>", "<details open>") : diffs;
  return `<!doctype html><meta charset="utf-8"><style>${css}
    body { margin: 24px; } .markdown-body { width: 780px; }
    .gone { background: #ffebe9; } .come { background: #dafbe1; }
  </style><article class="markdown-body">${body}</article>`;
}

/** GitHub colours the lines of a diff, and the renderer does not. */
function diffLine(line: string): string {
  if (line.startsWith("-")) return `<span class="gone">${line}</span>`;
  return line.startsWith("+") ? `<span class="come">${line}</span>` : line;
}
