import { plus, portal, withSmoke } from "../counts";
import { allOwn, byAddress, logGroup, named, own, type TypeRules } from "../rules";
import { statements } from "../statements";

const key = own("aws_kms_key", "arn");

/** What is logged, and who is told. */
export const LOGS = {
  aws_cloudwatch_log_group: {
    count: { networking: 2, access: plus(6, portal), lob: 2, "on-premise": 1 },
    fixed: {
      name: byAddress({
        AccessLog: logGroup("api/access"),
        ExecutionLog: ({ valuesOf, stack }) =>
          `API-Gateway-Execution-Logs_${String(valuesOf(stack, "aws_api_gateway_rest_api", "id")[0])}/studio`,
        Authorizer: logGroup("lambda/authorizer"),
        Portal: logGroup("lambda/portal"),
        Presign: logGroup("lambda/presign"),
        DnsQueryLog: logGroup("dns-queries/VPC"),
        FlowLogs: logGroup("flow-logs/VPC"),
      }),
      kms_key_id: key,
      retention_in_days: ({ config }) => config.logRetentionDays,
    },
    free: {
      "what it costs": "log_group_class",
      label: "name_prefix",
      "how Terraform deletes": "skip_destroy",
    },
  },
  aws_cloudwatch_log_metric_filter: {
    count: { access: withSmoke(3) },
    free: { "counts lines for people": "name log_group_name pattern metric_transformation" },
  },
  aws_cloudwatch_metric_alarm: {
    count: { access: withSmoke(5) },
    fixed: {
      alarm_actions: allOwn("aws_sns_topic", "arn"),
      ok_actions: allOwn("aws_sns_topic", "arn"),
    },
    free: {
      "tells people":
        "actions_enabled alarm_description alarm_name comparison_operator datapoints_to_alarm dimensions evaluate_low_sample_count_percentiles evaluation_periods extended_statistic metric_name namespace period statistic threshold threshold_metric_id treat_missing_data unit metric_query",
    },
  },
  aws_cloudwatch_log_resource_policy: {
    count: { networking: 1, access: 1, lob: 1 },
    fixed: { policy_name: named("VPC-dns-queries"), policy_document: statements },
  },
  aws_sns_topic: {
    count: { access: 1 },
    fixed: {
      name: named("alarms"),
      kms_master_key_id: key,
      owner: ({ account }) => account,
      policy: statements,
    },
    free: { label: "display_name", assigned: "beginning_archive_time" },
  },
} as const satisfies Record<string, TypeRules>;
