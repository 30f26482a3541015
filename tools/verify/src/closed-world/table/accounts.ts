import { hasGroups } from "@studio-access/config";

import { expectedProfile } from "../../expect/profile-names";
import { text } from "../../model/attributes";
import { bastion, plus, portal } from "../counts";
import {
  allOwn,
  byAddress,
  byKind,
  OneOf,
  oneOf,
  own,
  prefix,
  repeated,
  type Count,
  type Expectation,
  type TypeRules,
} from "../rules";
import { statements } from "../statements";

const key = own("aws_kms_key", "arn");
const bucket: Expectation = (context) =>
  context.kind === "state"
    ? `${prefix(context)}-state-${context.account}`
    : `sagemaker-${context.config.region}-${context.account}`;
const ofLob: Count = ({ lob }) => (lob?.defaultBucket === false ? 0 : 1);
const buckets = { lob: ofLob, state: 1 } as const;
/** One less where somebody else sets the role by which API Gateway writes logs. */
const accessRoles: Count = plus(({ config }) => (config.apiGatewayLogRole === "leave" ? 3 : 4), portal);
/** One more where groups give access: it makes their people's profiles. */
const lobRoles: Count = ({ lob }) => (lob !== undefined && hasGroups(lob) ? 4 : 3);
/** Plans are sealed with a key of the shared-services account. */
const planKey: Count = ({ lob, account, config }) =>
  lob === undefined && account === config.sharedServices.id ? 1 : 0;
const machines: Count = ({ config }) => (config.onPremise?.entry?.kind === "bastion" ? 2 : 1);
const minutes: Expectation = ({ config }) => config.studio.idleShutdownMinutes;
/** The role whose construct the policy stands in. */
const roleOfPolicy: Expectation = (context) => {
  const construct = /^aws_iam_role_policy\.(.+?)_?Policy_/.exec(context.resource.address)?.[1] ?? "none";
  return own("aws_iam_role", "name", `.${construct}_`)(context);
};
const execution = own("aws_iam_role", "arn", "ExecutionRole");
const studioGroup = allOwn("aws_security_group");
const IDLE = "app_lifecycle_management.idle_settings";
const idle = (app: string): Record<string, Expectation | string | number> => ({
  [`default_user_settings.${app}.${IDLE}.lifecycle_management`]: "ENABLED",
  [`default_user_settings.${app}.${IDLE}.idle_timeout_in_minutes`]: minutes,
  [`default_user_settings.${app}.${IDLE}.max_idle_timeout_in_minutes`]: minutes,
  [`default_user_settings.${app}.${IDLE}.min_idle_timeout_in_minutes`]: 60,
});

/** Roles, keys, buckets, Studio, and the machines of the simulated corporate network. */
export const ACCOUNTS = {
  aws_iam_role: {
    count: { networking: 1, access: accessRoles, lob: lobRoles, "on-premise": 2, ci: 2 },
    modelled: "permissions_boundary name",
    fixed: {
      path: ({ config, kind }) => `/studio-access${kind === "ci" ? "-ci" : ""}/${config.environment}/`,
      assume_role_policy: statements,
      max_session_duration: byAddress({ ApplyRole: 7200, "": 3600 }),
      // After a refresh the policies that are resources of their own stand here too.
      "inline_policy.name": repeated(own("aws_iam_role_policy", "name")),
      managed_policy_arns: repeated(own("aws_iam_role_policy_attachment", "policy_arn")),
    },
    free: {
      assigned: "create_date unique_id",
      "how Terraform deletes": "force_detach_policies",
      label: "name_prefix",
      "repeats a resource of its own": "inline_policy.policy",
    },
  },
  aws_iam_role_policy: {
    count: { networking: 1, access: accessRoles, lob: lobRoles, "on-premise": 2, ci: 2 },
    fixed: { role: roleOfPolicy, policy: statements },
    free: { label: "name name_prefix" },
  },
  aws_iam_role_policy_attachment: {
    count: { lob: ({ lob }) => lob?.executionPolicyArns?.length ?? 0, ci: 1 },
    modelled: "role policy_arn",
  },
  aws_iam_policy: {
    // Those that the config names for the apps may be made beside the stacks.
    count: { ci: 2, lob: ({ lob }) => ({ atMost: lob?.executionPolicyArns?.length ?? 0 }) },
    modelled: "policy",
    fixed: {
      arn: byKind({
        lob: ({ lob }) => new OneOf(lob?.executionPolicyArns ?? []),
        ci: ({ resource }) => text(resource, "arn"),
      }),
    },
    free: { label: "name name_prefix path", assigned: "policy_id", "a number": "attachment_count" },
  },
  aws_iam_openid_connect_provider: {
    count: { ci: 1 },
    fixed: {
      url: oneOf("https://token.actions.githubusercontent.com", "token.actions.githubusercontent.com"),
      client_id_list: ["sts.amazonaws.com"],
    },
    free: { "AWS checks GitHub's certificate by its own list": "thumbprint_list" },
  },
  aws_iam_instance_profile: {
    count: { "on-premise": 1 },
    fixed: { role: own("aws_iam_role", "name", "SessionManager") },
    free: { assigned: "create_date unique_id", label: "name name_prefix path" },
  },
  aws_kms_key: {
    count: { networking: 1, access: 1, lob: 1, "on-premise": 1, state: 1, ci: planKey },
    fixed: {
      policy: statements,
      enable_key_rotation: true,
      is_enabled: true,
      key_usage: "ENCRYPT_DECRYPT",
      customer_master_key_spec: "SYMMETRIC_DEFAULT",
      deletion_window_in_days: ({ config }) => (config.dataRetention === "retain" ? 30 : 7),
    },
    free: { assigned: "key_id", "how often the key's material changes": "rotation_period_in_days" },
  },
  aws_kms_alias: {
    count: { networking: 1, access: 1, lob: 1, "on-premise": 1, state: 1, ci: planKey },
    fixed: { target_key_id: own("aws_kms_key", "key_id"), target_key_arn: key },
    free: { label: "name name_prefix" },
  },
  aws_s3_bucket: {
    count: buckets,
    fixed: {
      bucket,
      region: ({ config }) => config.region,
      // The owner alone. Grants are off besides: the bucket's owner is enforced.
      "grant.permissions": ["FULL_CONTROL"],
      "grant.type": "CanonicalUser",
    },
    free: {
      "grants are off: the bucket's owner is enforced": "acl",
      assigned: "bucket_domain_name bucket_regional_domain_name hosted_zone_id",
      label: "bucket_prefix",
      "how Terraform deletes": "force_destroy",
      "assigned: the owner": "grant.id",
      "repeats a resource of its own":
        "policy lifecycle_rule server_side_encryption_configuration versioning",
      "what it costs": "request_payer",
    },
  },
  aws_s3_bucket_policy: { count: buckets, fixed: { bucket, policy: statements } },
  aws_s3_bucket_ownership_controls: {
    count: buckets,
    fixed: { bucket, "rule.object_ownership": "BucketOwnerEnforced" },
  },
  aws_s3_bucket_public_access_block: {
    count: buckets,
    fixed: {
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    count: buckets,
    fixed: {
      bucket,
      "rule.apply_server_side_encryption_by_default.kms_master_key_id": key,
      "rule.apply_server_side_encryption_by_default.sse_algorithm": "aws:kms",
    },
    free: { "what it costs": "rule.bucket_key_enabled" },
  },
  aws_s3_bucket_versioning: {
    count: buckets,
    fixed: { bucket, "versioning_configuration.status": "Enabled" },
  },
  aws_s3_bucket_lifecycle_configuration: {
    count: { state: 1 },
    fixed: { bucket },
    free: {
      "how long old states are kept": "rule",
      "what it costs": "transition_default_minimum_object_size",
    },
  },
  aws_sagemaker_domain: {
    count: { lob: 1 },
    fixed: {
      domain_name: ({ lob }) => lob?.domainName,
      vpc_id: own("aws_vpc"),
      subnet_ids: allOwn("aws_subnet", "id", "private"),
      app_network_access_type: "VpcOnly",
      auth_mode: "IAM",
      kms_key_id: key,
      tag_propagation: "ENABLED",
      "retention_policy.home_efs_file_system": ({ config }) =>
        config.dataRetention === "retain" ? "Retain" : "Delete",
      "domain_settings.execution_role_identity_config": "USER_PROFILE_NAME",
      "domain_settings.security_group_ids": studioGroup,
      "default_space_settings.execution_role": execution,
      "default_space_settings.security_groups": studioGroup,
      "default_user_settings.execution_role": execution,
      "default_user_settings.security_groups": studioGroup,
      "default_user_settings.default_landing_uri": "studio::",
      "default_user_settings.studio_web_portal": "ENABLED",
      ...idle("code_editor_app_settings"),
      ...idle("jupyter_lab_app_settings"),
    },
    free: {
      assigned:
        "url home_efs_file_system_id security_group_id_for_domain_boundary single_sign_on_managed_application_instance_id single_sign_on_application_arn",
      "the user's own files": "default_user_settings.auto_mount_home_efs",
    },
  },
  aws_sagemaker_user_profile: {
    count: { lob: ({ lob }) => lob?.users.length ?? 0 },
    fixed: {
      domain_id: own("aws_sagemaker_domain"),
      user_profile_name: ({ lob }) => new OneOf((lob?.users ?? []).map(expectedProfile)),
      "user_settings.execution_role": execution,
    },
    free: {
      assigned: "home_efs_file_system_uid",
      "the user's own files": "user_settings.auto_mount_home_efs",
    },
  },
  aws_instance: {
    count: { "on-premise": machines },
    fixed: {
      subnet_id: byAddress({
        Bastion: own("aws_subnet", "id", "public"),
        "": own("aws_subnet", "id", "private"),
      }),
      associate_public_ip_address: byAddress({ Bastion: true }),
      vpc_security_group_ids: byAddress({
        Bastion: allOwn("aws_security_group", "id", "Bastion"),
        "": allOwn("aws_security_group", "id", "Desktop"),
      }),
      iam_instance_profile: byAddress({ Desktop: own("aws_iam_instance_profile", "name") }),
      key_name: byAddress({ Bastion: own("aws_key_pair", "key_name") }),
      source_dest_check: true,
      "metadata_options.http_endpoint": "enabled",
      "metadata_options.http_tokens": "required",
      "metadata_options.http_put_response_hop_limit": 1,
      "metadata_options.http_protocol_ipv6": "disabled",
      "metadata_options.instance_metadata_tags": "disabled",
      "root_block_device.encrypted": true,
      "root_block_device.kms_key_id": key,
    },
    free: {
      "a machine of the simulator":
        "ami availability_zone capacity_reservation_specification cpu_core_count cpu_options cpu_threads_per_core credit_specification disable_api_stop disable_api_termination ebs_optimized enclave_options ephemeral_block_device hibernation host_id instance_initiated_shutdown_behavior instance_lifecycle instance_state instance_type ipv6_address_count maintenance_options monitoring outpost_arn password_data placement_group placement_partition_number primary_network_interface_id private_dns private_dns_name_options private_ip public_dns public_ip root_block_device.delete_on_termination root_block_device.device_name root_block_device.iops root_block_device.tags root_block_device.tags_all root_block_device.throughput root_block_device.volume_id root_block_device.volume_size root_block_device.volume_type security_groups spot_instance_request_id tenancy user_data user_data_replace_on_change",
    },
  },
  aws_key_pair: {
    count: { "on-premise": bastion },
    fixed: {
      public_key: ({ config }) =>
        config.onPremise?.entry?.kind === "bastion" ? config.onPremise.entry.publicKey : undefined,
    },
    free: { assigned: "fingerprint key_pair_id key_type", label: "key_name key_name_prefix" },
  },
} as const satisfies Record<string, TypeRules>;
