import type { ResourceInstance } from "@studio-access/terraform";
import { CORPORATE_ROUTE, recorded } from "./sample";

/** The sample's state with the simulated corporate network added. */
export function withOffice(state: readonly ResourceInstance[]): readonly ResourceInstance[] {
  return [...state.filter(({ address }) => address !== CORPORATE_ROUTE), ...recorded("on-premise")];
}
