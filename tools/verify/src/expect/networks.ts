import { UNEXPECTED, type Expected } from "../matrices/matrix";
import type { Config } from "@studio-access/config";

const HUB = "networking";
const OFFICE = "on-premise";

function networks(config: Config): readonly string[] {
  const office = (config.onPremise ?? null) === null ? [] : [OFFICE];
  return [HUB, "access", ...config.linesOfBusiness.map(({ name }) => name), ...office];
}

/** Every spoke and the hub, both ways; spokes never each other. The office is peered with the hub alone. */
export function expectedNetworks(config: Config): Expected {
  return square("networks", networks(config), (row, column) =>
    row === HUB || column === HUB ? "reached" : "refused",
  );
}

/** The same by the Transit Gateway, which the office is not attached to. */
export function expectedTransit(config: Config): Expected {
  return square("transit", networks(config), (row, column) => {
    if (row === OFFICE || column === OFFICE) return "apart";
    return row === HUB || column === HUB ? "joined" : "apart";
  });
}

function square(
  name: "networks" | "transit",
  ids: readonly string[],
  outcome: (row: string, column: string) => string,
): Expected {
  const known = new Set(ids);
  return {
    name,
    rows: ids,
    columns: ids,
    outcome: (row, column) => {
      if (!known.has(row) || !known.has(column)) return UNEXPECTED;
      return row === column ? "itself" : outcome(row, column);
    },
  };
}
