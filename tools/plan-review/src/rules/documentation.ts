import { DEFAULT_SETTINGS, exceptionsRule } from "../exceptions";
import { DEFAULT_PARAMETERS, RULES } from "./index";

function parametersOf(name: string): string {
  const found = Object.entries(DEFAULT_PARAMETERS).find(([rule]) => rule === name)?.[1] as object | undefined;
  const names = Object.keys(found ?? {}).map((parameter) => `\`${parameter}\``);
  return names.length === 0 ? "" : names.join(", ");
}

/** The table of rules in docs/plan-review.md, one line per rule. */
export function rulesTable(): string {
  const rules = [...RULES, exceptionsRule(DEFAULT_SETTINGS, "")];
  const rows = rules.map(({ name, severity, description }) => [
    `\`${name}\``,
    severity,
    description.replaceAll("|", "\\|"),
    parametersOf(name),
  ]);
  const lines = [
    ["rule", "at most", "what it looks for", "parameters"],
    ["---", "---", "---", "---"],
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
