import { table, type Cell, type OutcomeWord, type Screen } from "@studio-access/terraform-cli/table";

import type { DriftedResource, PendingChange, Remedy } from "./assessment";
import type { AttributeChange } from "./attribute-changes";
import type { StackReport, StackStatus } from "./stack-report";

const LONGEST_VALUE = 48;

const OUTCOMES = {
  error: "failure",
  drift: "failure",
  pending: "warning",
  "not deployed": "warning",
  clean: "success",
} as const;

/** The reports as a table with a row per changed resource and per stack without changes, and then what can be done. */
export function reportTable(reports: readonly StackReport[], screen?: Screen): string {
  const rows = table(["stack", "result", "where", "what"], reports.flatMap(rowsOf), screen);
  return [rows, "", ...closing(reports), ...reports.flatMap(remedyLines)].join("\n");
}

type Row = [stack: string, result: Cell, where: string, what: string];

function rowsOf({ stack, status, drift, pending, error }: StackReport): Row[] {
  if (status === "error") return [[stack, resultWord("error"), "", error ?? ""]];
  const changed = [
    ...drift.map((resource): Row => [stack, resultWord("drift"), placeOf(resource), driftText(resource)]),
    ...pending.map((change): Row => [stack, resultWord("pending"), placeOf(change), pendingText(change)]),
  ];
  return changed.length === 0 ? [[stack, resultWord(status), "", ""]] : changed;
}

function resultWord(status: StackStatus): OutcomeWord {
  return { word: status, outcome: OUTCOMES[status] };
}

/** The construct, as in the review of a plan, which a reader finds in the code; else Terraform's address. */
function placeOf({ constructPath, address }: Pick<DriftedResource, "constructPath" | "address">): string {
  return constructPath ?? address;
}

function driftText({ kind, attributes }: DriftedResource): string {
  if (kind === "deleted") return "deleted";
  if (kind === "added to")
    return attributes.map((change) => `${change.attribute}: added ${afterOf(change)}`).join("\n");
  return attributes.map(attributeText).join("\n");
}

function pendingText({ action, attributes }: PendingChange): string {
  return [action, ...attributes.map(attributeText)].join("\n");
}

function attributeText(change: AttributeChange): string {
  if (change.sensitive) return `${change.attribute}: (sensitive)`;
  return `${change.attribute}: ${render(change.before)} → ${render(change.after)}`;
}

function afterOf(change: AttributeChange): string {
  return change.sensitive ? "(sensitive)" : render(change.after);
}

function render(value: unknown): string {
  if (value === null || value === undefined) return "(none)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** What to do with the drift of one stack: what a deploy puts back, and what it leaves. */
function remedyLines({ stack, drift }: StackReport): readonly string[] {
  if (drift.length === 0) return [];
  const isPutBack = drift.some(({ remedies }) => remedies === undefined);
  const putBack = [
    "",
    `${stack}, what changed or went:`,
    `  undo: ./studio deploy ${stack}`,
    `  keep: write the present values into the config or the construct (take out what went), then ./studio deploy ${stack}`,
  ];
  return [...(isPutBack ? putBack : []), ...drift.flatMap((resource) => additionLines(stack, resource))];
}

function additionLines(stack: string, resource: DriftedResource): readonly string[] {
  const account = resource.account === undefined ? "" : `, in account ${resource.account}`;
  return (resource.remedies ?? []).flatMap(({ what, undo, keep }) => [
    "",
    `${placeOf(resource)}, added ${what}${account}:`,
    `  undo: ${undo}`,
    ...keepLines(stack, keep),
  ]);
}

function keepLines(stack: string, { type, ...importId }: Remedy["keep"]): readonly string[] {
  const known = "id" in importId;
  const declare = `declare it as ${type} in the stack's code, with .importFrom("${known ? importId.id : "ID"}"), then ./studio deploy ${stack}`;
  return [`  keep: ${declare}`, ...(known ? [] : [`        the ID: ${importId.idCommand}`])];
}

function closing(reports: readonly StackReport[]): string[] {
  const named = (status: StackReport["status"]): string =>
    reports
      .filter((report) => report.status === status)
      .map(({ stack }) => stack)
      .join(" ");
  const lines: readonly (readonly [names: string, text: string])[] = [
    [named("error"), "could not be planned."],
    [
      named("drift"),
      "changed outside of Terraform. A deploy puts back what changed or went; what was added stays.",
    ],
    [named("pending"), "as Terraform left it; the next deploy brings what the config has new."],
    [named("not deployed"), "not deployed."],
  ];
  const said = lines.filter(([names]) => names !== "").map(([names, text]) => `${names}: ${text}`);
  return said.length === 0 ? ["Nothing changed outside of Terraform."] : said;
}
