import type { Finding, ReviewJson, Severity, Verdict } from "@studio-access/plan-review";
import { table, type Cell } from "@studio-access/terraform-cli/table";

const SIGNS: Readonly<Record<Severity, string>> = { block: "✖", warn: "!", note: "·" };

/** The exit codes of Terraform's -detailed-exitcode, and 3 for changes that a rule blocks. */
export const EXIT_CODES: Readonly<Record<Verdict, 0 | 1 | 2 | 3>> = {
  "no-changes": 0,
  failed: 1,
  changes: 2,
  blocked: 3,
};

const VERDICTS: Readonly<Record<Verdict, string>> = {
  "no-changes": "No changes.",
  failed: "Not every stack could be planned.",
  changes: "There are changes; nothing blocks them.",
  blocked: "Blocked.",
};

/** The review in short form for a terminal. It is made from the JSON result, which holds no secrets. */
export function terminalReport({ stacks, findings, verdict }: ReviewJson): string {
  const rows = stacks.map(({ stack, counts, failure }) => [
    stack,
    planCell(failure),
    counts.add,
    counts.change,
    counts.replace,
    counts.destroy,
    counts.move + counts.import + counts.forget,
  ]);
  const heads = ["stack", "plan", "add", "change", "replace", "destroy", "moved, imported"];
  const failures = stacks.flatMap(({ stack, failure }) =>
    failure === null ? [] : [`✖ ${stack}: ${failure.message.split("\n").join("\n    ")}`],
  );
  const said = [...failures, ...findings.map(findingText)];
  return [table(heads, rows), "", ...said, "", VERDICTS[verdict]].join("\n");
}

function planCell(failure: ReviewJson["stacks"][number]["failure"]): Cell {
  return failure === null ? "made" : { word: failure.kind, outcome: "failure" };
}

function findingText({ severity, rule, stack, address, constructPath, message, remedy }: Finding): string {
  const place = constructPath ?? address;
  const where = place === undefined ? stack : `${stack}, ${place}`;
  return `${SIGNS[severity]} ${rule} in ${where}: ${message}${remedy === undefined ? "" : ` ${remedy}`}`;
}
