import type { ResourceInstance } from "@studio-access/terraform";
import { recorded } from "./sample";

/** The sample's state with the simulated corporate network added. */
export function withOffice(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  return [...state, ...recorded("on-premise")];
}
