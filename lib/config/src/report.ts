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

/** Place and value of a problem, `region = "mars"`; empty where the file as a whole is at fault. */
export function placeOf({ path, value }: Problem): string {
  return [path, value].filter((part) => part !== "").join(" = ");
}

function formatProblem(problem: Problem, index: number): string {
  const { rule, remedy } = problem;
  const number = `${index + 1}.`;
  const where = placeOf(problem);
  const what = where === "" ? [`${number} ${rule}`] : [`${number} ${where}`, `   rule:   ${rule}`];
  return [...what, `   remedy: ${remedy}`].join("\n");
}
