import Table from "cli-table3";

import type { DriftedResource, PendingChange } from "./assessment";
import type { AttributeChange } from "./attribute-changes";
import type { StackReport } from "./stack-report";

const LONGEST_VALUE = 48;

/** The reports as a table: a line per changed attribute, and a line per stack without changes. */
export function reportTable(reports: readonly StackReport[]): string {
  const table = new Table({ head: ["stack", "result", "where", "what"], style: { head: [], border: [] } });
  for (const report of reports) table.push(...rows(report));
  return [table.toString(), "", ...closing(reports)].join("\n");
}

type Row = [stack: string, result: string, where: string, what: string];

function rows({ stack, status, drift, pending, error }: StackReport): Row[] {
  if (status === "error") return [[stack, "error", "", wrapped(error ?? "")]];
  const changed = [
    ...drift.map((resource): Row => [stack, "drift", resource.address, driftText(resource)]),
    ...pending.map((change): Row => [stack, "pending", change.address, pendingText(change)]),
  ];
  return changed.length === 0 ? [[stack, status, "", ""]] : changed;
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

/** Wraps long lines, so that a table with an error in it fits a terminal. */
function wrapped(text: string): string {
  return text.replace(/(.{1,76})(?:\s+|$)/g, "$1\n").trimEnd();
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
