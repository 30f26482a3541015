import { UNEXPECTED, type Expected } from "../matrices/matrix";
import type { Config } from "@studio-access/config";

const HUB = "networking";
const OFFICE = "on-premise";

function networks(config: Config): readonly string[] {
  const office = (config.onPremise ?? null) === null ? [] : [OFFICE];
  return [HUB, "access", ...config.linesOfBusiness.map(({ name }) => name), ...office];
}

/** The hub and every spoke reach each other; no spoke reaches another. The simulated office is peered with the hub alone. */
export function expectedNetworks(config: Config): Expected {
  return square("networks", networks(config), [HUB], (row, column) =>
    row === HUB || column === HUB ? "reached" : "refused",
  );
}

/** What the Transit Gateway's route tables alone join. The simulated office is not attached to the Transit Gateway. */
export function expectedTransit(config: Config): Expected {
  return square("transit", networks(config), [HUB, OFFICE], (row, column) => {
    if (row === OFFICE || column === OFFICE) return "apart";
    return row === HUB || column === HUB ? "joined" : "apart";
  });
}

function square(
  name: "networks" | "transit",
  ids: readonly string[],
  special: readonly string[],
  outcome: (row: string, column: string) => string,
): Expected {
  const known = new Set(ids);
  return {
    name,
    rows: ids,
    columns: ids,
    special: (column) => [...new Set([...special, column])].filter((row) => known.has(row)),
    outcome: (row, column) => {
      if (!known.has(row) || !known.has(column)) return UNEXPECTED;
      return row === column ? "itself" : outcome(row, column);
    },
  };
}
