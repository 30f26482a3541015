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
  const where = [path, value].filter((part) => part !== "").join(" = ");
  return [`${index + 1}. ${where}`, `   rule:   ${rule}`, `   remedy: ${remedy}`].join("\n");
}
