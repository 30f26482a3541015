import { portalAddress } from "../portal";
import { inStack, named, OneOf, own, prefix, type Count, type Expectation, type TypeRules } from "../rules";

/** With the stand-in for an identity provider. */
const standIn: Count = ({ config }) => (config.identity.provider === "cognito" ? 1 : 0);
const standInUsers: Count = ({ config, lob }) =>
  config.identity.provider === "cognito" ? (lob?.users.length ?? 0) : 0;

/** The stand-in for the company's identity provider. */
export const IDENTITY = {
  aws_cognito_user_pool: {
    count: { access: standIn },
    fixed: {
      name: named("users"),
      "admin_create_user_config.allow_admin_create_user_only": true,
      "account_recovery_setting.recovery_mechanism.name": "admin_only",
      "account_recovery_setting.recovery_mechanism.priority": 1,
      mfa_configuration: "OPTIONAL",
      "software_token_mfa_configuration.enabled": true,
      "password_policy.minimum_length": 16,
      "password_policy.require_lowercase": true,
      "password_policy.require_numbers": true,
      "password_policy.require_symbols": true,
      "password_policy.require_uppercase": true,
      "password_policy.temporary_password_validity_days": 1,
      deletion_protection: ({ config }) => (config.dataRetention === "retain" ? "ACTIVE" : "INACTIVE"),
      "email_configuration.email_sending_account": "COGNITO_DEFAULT",
    },
    free: {
      assigned: "creation_date last_modified_date endpoint",
      "a number for people": "estimated_number_of_users",
      "what it costs": "user_pool_tier",
      "words of a mail":
        "email_verification_message email_verification_subject verification_message_template admin_create_user_config.invite_message_template",
      "words of a message": "sms_verification_message sms_authentication_message",
      "old passwords that are refused": "password_policy.password_history_size",
    },
  },
  aws_cognito_user_pool_client: {
    count: { access: standIn },
    fixed: {
      name: named("client"),
      user_pool_id: own("aws_cognito_user_pool"),
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ["code"],
      allowed_oauth_scopes: ({ config }) => config.access?.portal?.scopes ?? ["openid"],
      callback_urls: (context) => {
        const { identity } = context.config;
        return [
          ...("callbackUrls" in identity ? (identity.callbackUrls ?? []) : []),
          ...portalAddress(context),
        ];
      },
      logout_urls: portalAddress,
      supported_identity_providers: ["COGNITO"],
      explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      access_token_validity: minutes,
      id_token_validity: minutes,
      refresh_token_validity: 1,
      "token_validity_units.access_token": "minutes",
      "token_validity_units.id_token": "minutes",
      "token_validity_units.refresh_token": "days",
    },
    free: { "minutes that a sign-in may take": "auth_session_validity" },
  },
  aws_cognito_user_pool_domain: {
    count: { access: standIn },
    fixed: {
      domain: (context) => `${prefix(context)}-${context.account}`,
      user_pool_id: own("aws_cognito_user_pool"),
    },
    free: {
      "assigned: AWS's own": "aws_account_id",
      assigned:
        "cloudfront_distribution cloudfront_distribution_arn cloudfront_distribution_zone_id s3_bucket version",
      "what the page looks like": "managed_login_version",
    },
  },
  aws_cognito_user: {
    count: { lob: standInUsers },
    fixed: {
      username: ({ lob }) => new OneOf(lob?.users ?? []),
      user_pool_id: inStack("access", "aws_cognito_user_pool"),
      enabled: true,
      message_action: "SUPPRESS",
    },
    free: {
      assigned: "attributes.sub sub creation_date last_modified_date",
      "whether the password was changed": "status",
      "a secret: not read": "password temporary_password",
    },
  },
  terraform_data: {
    count: { lob: standInUsers },
    free: { "a secret: not read": "input output" },
  },
} as const satisfies Record<string, TypeRules>;

function minutes({ config }: Parameters<Expectation>[0]): number {
  return "accessTokenMinutes" in config.identity ? config.identity.accessTokenMinutes : 0;
}
