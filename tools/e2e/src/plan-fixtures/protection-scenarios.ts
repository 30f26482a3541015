import { all, drop, set, without } from "./edits";
import { edited, type Scenario } from "./scenario";

const USER_POOL = ["aws_cognito_user_pool", "UserPool"] as const;

/** Changes of keys, logs and the user pool. */
export const PROTECTIONS: readonly Scenario[] = [
  edited("key-rotation-off", "lob-a", set(["aws_kms_key"], { enable_key_rotation: false })),
  edited("logs-shortened", "lob-a", set(["aws_cloudwatch_log_group", "FlowLogs"], { retention_in_days: 7 })),
  edited("flow-log-destroyed", "lob-a", drop("aws_flow_log")),
  edited(
    "sign-up-opened",
    "access",
    all(
      set(USER_POOL, {
        admin_create_user_config: { allow_admin_create_user_only: false },
        mfa_configuration: "OFF",
      }),
      without(USER_POOL, "software_token_mfa_configuration"),
    ),
  ),
];
