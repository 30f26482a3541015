export { exceptionsRule, rulesFor } from "./settled-rules";
export {
  DEFAULT_SETTINGS,
  parseSettings,
  SettingsError,
  type Exception,
  type ReviewSettings,
  type SettingsProblem,
} from "./settings";
