import Table from "cli-table3";

import { countOf } from "./doctor";
import type { Finding, Result } from "./finding";

/** Width of a table that is not printed on a terminal. */
const CUSTOMARY_WIDTH = 160;

const NARROWEST_TEXT = 24;

/** The findings as a table that fits the terminal, and the number of each result. */
export function reportTable(findings: readonly Finding[], columns: number = CUSTOMARY_WIDTH): string {
  const check = Math.max(...findings.map((finding) => finding.check.length), 5) + 2;
  // The borders take 5 columns, the result 8.
  const text = Math.max(NARROWEST_TEXT, Math.floor((columns - check - 13) / 2));
  const table = new Table({
    head: ["check", "result", "detail", "remedy"],
    colWidths: [check, 8, text, text],
    style: { head: [], border: [] },
  });
  for (const finding of findings)
    table.push([
      finding.check,
      finding.result,
      wrapped(finding.detail, text - 2),
      wrapped(finding.remedy ?? "", text - 2),
    ]);
  return `${table.toString()}\n\n${summary(findings)}`;
}

/** Wraps a text at `width` characters. The table itself would truncate a long word, such as an ARN. */
export function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text
    .split(" ")
    .flatMap((whole) => whole.match(new RegExp(`.{1,${width}}`, "g")) ?? [])) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

function summary(findings: readonly Finding[]): string {
  const results: readonly (readonly [Result, string])[] = [
    ["ok", "ok"],
    ["warn", "to look at"],
    ["fail", "failed"],
  ];
  return results.map(([result, text]) => `${countOf(findings, result)} ${text}`).join(", ");
}
