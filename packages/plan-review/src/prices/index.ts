import type { RuleContext } from "../rules/rule";
import type { Cost } from "./cost";

export type { Cost, CostLine } from "./cost";

/** What the plans cost. @returns undefined where nothing that is priced changes */
export type CostEstimate = (context: RuleContext) => Cost | undefined;

/** No price is known yet. */
export const estimateCost: CostEstimate = () => undefined;
