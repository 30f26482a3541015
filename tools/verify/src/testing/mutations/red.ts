import type { Config } from "@studio-access/config";

import { expectedSettings } from "../../expect/settings";
import { compare, type Cell } from "../../matrices/compare";
import { settingsMatrix } from "../../matrices/settings-matrix";
import { buildModel } from "../../model/model";
import { verify } from "../../verify";
import type { State } from "./mutation";

/** Why a state is not as the config calls for. */
export type Red = Pick<Cell, "matrix" | "row" | "column" | "outcome">;

/**
 * The first red cell, or the error by which the proof refuses the state; undefined where everything is as the config calls
 * for. The settings are asked first: they are quick, and most changes turn one of them red.
 */
export function redCell(state: State, config: Config): Red | undefined {
  try {
    const settings = settingsMatrix(buildModel(state, config.region), config);
    const [first] = compare(settings, expectedSettings(config), { maxCells: 0 }).surprises;
    return first ?? verify(state, config, { maxCells: 0 }).surprises[0];
  } catch (error) {
    return { matrix: "settings", row: "the state", column: "value", outcome: String(error) };
  }
}
