export * from "./model";
export { monthlyCost, type MonthlyCost } from "./prices/monthly-cost";
export { estimateCost, type Cost, type CostEstimate, type CostLine } from "./prices";
export { changes, countsOf, review, type Counts, type Review, type Verdict } from "./review";
export * from "./report";
export {
  DEFAULT_SETTINGS,
  parseSettings,
  rulesFor,
  SettingsError,
  type Exception,
  type ReviewSettings,
  type SettingsProblem,
} from "./exceptions";
export { RULES } from "./rules";
export type { Finding, Rule, RuleContext, Severity } from "./rules/rule";
