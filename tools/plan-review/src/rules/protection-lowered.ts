import type { Attributes, ResourceChange } from "../model";
import { valueAt } from "../model";
import { changesOf, findingOf, isUnknown } from "./changes";
import type { Finding, Rule } from "./rule";

const NAME = "protection-lowered";

/** A setting, and the value that it should not lose. */
interface Protection {
  readonly path: readonly (string | number)[];
  /** Whether the change from one value to the other lowers the protection. */
  readonly lowers: (before: unknown, after: unknown) => boolean;
}

function from(value: unknown, ...path: readonly (string | number)[]): Protection {
  return { path, lowers: (before, after) => before === value && after !== value };
}

function less(...path: readonly (string | number)[]): Protection {
  // No number of days means for ever, and so does 0.
  const days = (value: unknown): number =>
    typeof value === "number" && value > 0 ? value : Number.POSITIVE_INFINITY;
  return { path, lowers: (before, after) => days(after) < days(before) };
}

function more(...path: readonly (string | number)[]): Protection {
  return { path, lowers: (before, after) => Number(after) > Number(before) };
}

/** Whether a list has a new item. */
function added(...path: readonly (string | number)[]): Protection {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return { path, lowers: (before, after) => list(after).some((item) => !list(before).includes(item)) };
}

/** Whether a list loses this item. */
function lost(item: string, ...path: readonly (string | number)[]): Protection {
  const has = (value: unknown): boolean => Array.isArray(value) && value.includes(item);
  return { path, lowers: (before, after) => has(before) && !has(after) };
}

const POOL_CLIENT = [
  added("explicit_auth_flows"),
  added("callback_urls"),
  added("allowed_oauth_flows"),
  added("supported_identity_providers"),
  more("access_token_validity"),
  from("ENABLED", "prevent_user_existence_errors"),
];

const PROTECTIONS: ReadonlyMap<string, readonly Protection[]> = new Map([
  [
    "aws_dynamodb_table",
    [
      from(true, "deletion_protection_enabled"),
      from(true, "point_in_time_recovery", 0, "enabled"),
      from(true, "server_side_encryption", 0, "enabled"),
    ],
  ],
  [
    "aws_cognito_user_pool",
    [
      from("ACTIVE", "deletion_protection"),
      from(true, "admin_create_user_config", 0, "allow_admin_create_user_only"),
      from("ON", "mfa_configuration"),
      { path: ["mfa_configuration"], lowers: (before, after) => before === "OPTIONAL" && after === "OFF" },
      less("password_policy", 0, "minimum_length"),
    ],
  ],
  ["aws_cognito_user_pool_client", POOL_CLIENT],
  [
    "aws_kms_key",
    [from(true, "enable_key_rotation"), from(true, "is_enabled"), less("deletion_window_in_days")],
  ],
  ["aws_cloudwatch_log_group", [less("retention_in_days")]],
  [
    "aws_sagemaker_domain",
    [
      from("VpcOnly", "app_network_access_type"),
      from("Retain", "retention_policy", 0, "home_efs_file_system"),
    ],
  ],
  ["aws_iam_role", [more("max_session_duration")]],
  ["aws_instance", [from("required", "metadata_options", 0, "http_tokens")]],
  ["aws_vpc_endpoint", [from(false, "private_dns_enabled")]],
  ["aws_cloudwatch_metric_alarm", [from(true, "actions_enabled")]],
  ["aws_s3_bucket_versioning", [from("Enabled", "versioning_configuration", 0, "status")]],
  ["aws_route53_resolver_firewall_config", [from("DISABLED", "firewall_fail_open")]],
  [
    "aws_route53_resolver_firewall_rule",
    [from("BLOCK", "action"), from("NODATA", "block_response"), from("", "q_type")],
  ],
  // One list names what is allowed, the other what is blocked: every name.
  ["aws_route53_resolver_firewall_domain_list", [lost("*.", "domains"), added("domains")]],
  ["aws_subnet", [from(false, "map_public_ip_on_launch")]],
]);

/** Types whose deletion is worth a warning. */
const WATCHERS: ReadonlySet<string> = new Set([
  "aws_flow_log",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_log_metric_filter",
  "aws_cloudtrail",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_route53_resolver_firewall_config",
  "aws_route53_resolver_firewall_rule",
  "aws_route53_resolver_firewall_rule_group_association",
  "aws_route53_resolver_query_log_config",
  "aws_route53_resolver_query_log_config_association",
]);

function shown(attributes: Attributes | null, { path }: Protection): string {
  const value = valueAt(attributes, path);
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

function lowered(resource: ResourceChange): readonly Finding[] {
  const { before, after, type } = resource;
  const found = (PROTECTIONS.get(type) ?? []).filter(
    ({ path, lowers }) =>
      // A value that the provider chooses during the apply does not count as lowered.
      !isUnknown(resource, String(path[0])) && lowers(valueAt(before, path), valueAt(after, path)),
  );
  if (found.length === 0) return [];
  return [
    findingOf(NAME, "warn", resource, {
      message: `${type} would protect less than it does.`,
      details: found.map(
        (one) => `${one.path.join(".")}: ${shown(before, one)} becomes ${shown(after, one)}`,
      ),
    }),
  ];
}

/** Reports lowered settings that protect data, sign-ins and logs. */
export const protectionLowered: Rule = {
  name: NAME,
  severity: "warn",
  description:
    "Turns off or lowers a protection: deletion protection, backups, MFA, sign-up, key rotation, retention, VpcOnly, DNS firewall, flow and query logs, alarms.",
  check: (context) => [
    ...changesOf(context, "update", "replace").flatMap(lowered),
    ...changesOf(context, "delete")
      .filter(({ type }) => WATCHERS.has(type))
      .map((resource) =>
        findingOf(NAME, "warn", resource, {
          message: `${resource.type} would be gone, and with it what it watches or guards.`,
        }),
      ),
  ],
};
