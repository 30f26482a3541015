import type { RunningInstance } from "../instance";
import type { Health } from "../page/landing-page";

/** A deployment that some process runs, with what it says of itself. */
export interface InstanceStatus extends RunningInstance {
  /** Undefined when it does not answer. */
  readonly health: Health | undefined;
}

/** A paragraph per deployment. */
export function statusText(found: readonly InstanceStatus[]): string {
  return found.map(paragraph).join("\n\n");
}

function paragraph({ name, pid, since, endpoint, health }: InstanceStatus): string {
  const lines = [
    `${name}: ${stateOf(endpoint, health)}`,
    ...(endpoint === undefined ? [] : [`  at        ${endpoint} (open it in a browser)`]),
    ...(health?.portal === undefined ? [] : [`  open      ${health.portal}`]),
    `  since     ${since}`,
    ...(health === undefined ? [] : [`  deployed  ${health.deployed.join(" ")}`]),
    ...(health === undefined || health.missing.length === 0
      ? []
      : [`  missing   ${health.missing.join(" ")}`]),
    `  process   ${pid}`,
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}

function stateOf(endpoint: string | undefined, health: Health | undefined): string {
  if (endpoint === undefined) return "being started";
  if (health === undefined) return "does not answer";
  return health.status === "up" ? "up" : "being deployed";
}
