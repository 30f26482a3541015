import type { Problem } from "./problem";

/** A config that cannot be used; its message lists every problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(
    source: string,
    readonly problems: readonly Problem[],
  ) {
    super(formatReport(source, problems));
  }
}

/** Every problem of one file, for people: three lines each, under a headline that counts them. */
export function formatReport(source: string, problems: readonly Problem[]): string {
  const headline = `${source}: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  return [headline, ...problems.map(formatProblem)].join("\n\n");
}

function formatProblem({ path, value, rule, remedy }: Problem, index: number): string {
  const number = `${index + 1}.`;
  const where = [path, value].filter((part) => part !== "").join(" = ");
  const what = where === "" ? [`${number} ${rule}`] : [`${number} ${where}`, `   rule:   ${rule}`];
  return [...what, `   remedy: ${remedy}`].join("\n");
}
