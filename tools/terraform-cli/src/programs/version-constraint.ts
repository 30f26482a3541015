import { Range, rsort, satisfies } from "semver";

/**
 * The versions that satisfy a Terraform version constraint, newest first, each once.
 *
 * @param constraint e.g. `>= 5.100.0, < 7.0.0`; all operators of Terraform except `!=`
 * @throws on a constraint that cannot be read
 */
export function matchingVersions(versions: Iterable<string>, constraint: string): string[] {
  const range = new Range(constraint.split(",").map(comparator).join(" "));
  return rsort([...new Set(versions)].filter((version) => satisfies(version, range)));
}

function comparator(text: string): string {
  const [, operator, version] = /^\s*(~>|[<>]=?|=)?\s*(\d+(?:\.\d+){0,2})\s*$/.exec(text) ?? [];
  if (version === undefined) throw new Error(`cannot read the version constraint "${text.trim()}"`);
  return `${operator === "~>" ? pessimistic(version) : (operator ?? "=")}${version}`;
}

/** Terraform's `~>` lets only the last given part increase: `~> 5.1` allows versions below 6, `~> 5.1.2` below 5.2. */
function pessimistic(version: string): string {
  return version.split(".").length === 3 ? "~" : "^";
}
