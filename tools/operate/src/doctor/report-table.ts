import { table, type OutcomeWord, type Screen } from "@studio-access/terraform-cli/table";

import { countOf } from "./doctor";
import type { Finding, Result } from "./finding";

const OUTCOMES = { ok: "success", warn: "warning", fail: "failure" } as const;

/** The findings as a table, each with its remedy below it, and the number of each result. */
export function reportTable(findings: readonly Finding[], screen?: Screen): string {
  const rows = findings.map(({ check, result, detail, remedy }) => [
    resultWord(result),
    check,
    remedy === undefined ? detail : `${detail}\n→ ${remedy}`,
  ]);
  return `${table(["result", "check", "detail, and remedy"], rows, screen)}\n\n${summary(findings)}`;
}

function resultWord(result: Result): OutcomeWord {
  return { word: result, outcome: OUTCOMES[result] };
}

function summary(findings: readonly Finding[]): string {
  const results: readonly (readonly [Result, string])[] = [
    ["ok", "ok"],
    ["warn", "to look at"],
    ["fail", "failed"],
  ];
  return results.map(([result, text]) => `${countOf(findings, result)} ${text}`).join(", ");
}
