import { findingsOf, findingLines } from "../testing/findings";
import { deleted, updated } from "../testing/plans";
import { protectionLowered } from "./protection-lowered";

describe("protection-lowered", () => {
  it.each([
    ["aws_dynamodb_table", { deletion_protection_enabled: true }, { deletion_protection_enabled: false }],
    ["aws_cognito_user_pool", { mfa_configuration: "OPTIONAL" }, { mfa_configuration: "OFF" }],
    [
      "aws_cognito_user_pool_client",
      { callback_urls: ["https://a"] },
      { callback_urls: ["https://a", "https://b"] },
    ],
    ["aws_cloudwatch_log_group", { retention_in_days: 0 }, { retention_in_days: 1 }],
    [
      "aws_sagemaker_domain",
      { app_network_access_type: "VpcOnly" },
      { app_network_access_type: "PublicInternetOnly" },
    ],
    [
      "aws_route53_resolver_firewall_config",
      { firewall_fail_open: "DISABLED" },
      { firewall_fail_open: "ENABLED" },
    ],
    ["aws_route53_resolver_firewall_rule", { action: "BLOCK" }, { action: "ALERT" }],
    ["aws_route53_resolver_firewall_rule", { block_response: "NODATA" }, { block_response: "OVERRIDE" }],
    [
      "aws_route53_resolver_firewall_domain_list",
      { domains: ["sts.eu-west-1.amazonaws.com"] },
      { domains: ["sts.eu-west-1.amazonaws.com", "*.example.com"] },
    ],
    ["aws_iam_role", { max_session_duration: 3600 }, { max_session_duration: 43200 }],
  ])("warns of a lowered %s, and not of the reverse", (type, before, after) => {
    expect(findingLines(protectionLowered, updated(type, before, after))).toEqual([`warn ${type}.Example`]);
    expect(findingLines(protectionLowered, updated(type, after, before))).toEqual([]);
  });

  it("shows both values", () => {
    const change = updated("aws_kms_key", { enable_key_rotation: true }, { enable_key_rotation: false });
    expect(findingsOf(protectionLowered, change)[0]?.details).toEqual([
      "enable_key_rotation: true becomes false",
    ]);
  });

  it("warns of a list that no longer names everything, as the list of blocked names does", () => {
    const type = "aws_route53_resolver_firewall_domain_list";
    const change = updated(type, { domains: ["*."] }, { domains: [] });
    expect(findingLines(protectionLowered, change)).toEqual([`warn ${type}.Example`]);
  });

  it("warns of a VPC that leaves its DNS firewall", () => {
    const type = "aws_route53_resolver_firewall_rule_group_association";
    expect(findingLines(protectionLowered, deleted(type))).toEqual([`warn ${type}.Example`]);
  });

  it("warns of a deleted flow log", () => {
    expect(findingLines(protectionLowered, deleted("aws_flow_log"), deleted("aws_route"))).toEqual([
      "warn aws_flow_log.Example",
    ]);
  });
});
