export { exceptionsRule, rulesFor } from "./configured-rules";
export {
  DEFAULT_SETTINGS,
  parseSettings,
  SettingsError,
  type Exception,
  type ReviewSettings,
  type SettingsProblem,
} from "./settings";
