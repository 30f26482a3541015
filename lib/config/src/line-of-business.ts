import { z } from "zod";
import { advice } from "./advice";
import * as field from "./fields";

const Credentials = z
  .union(
    [
      field.section({ profile: field.TEXT.describe("Named profile of the AWS CLI.") }),
      field.section({
        assumeRole: field.ROLE_ARN.describe("Role to assume with the caller's own credentials."),
      }),
    ],
    {
      error: advice(
        "must be an object with exactly one of profile and assumeRole",
        'write { "profile": "NAME" } or { "assumeRole": "arn:aws:iam::ACCOUNT:role/NAME" }',
      ),
    },
  )
  .describe("How Terraform gets credentials for the account: a named profile, or a role to assume.");

/** An account, and the way into it. */
export const Account = field.section({ id: field.ACCOUNT_ID, credentials: Credentials });

/** What a user may start where a line of business names no instance types: small ones. */
const DEFAULT_INSTANCE_TYPES = ["ml.t3.medium", "ml.t3.large", "ml.t3.xlarge", "ml.m5.large", "ml.m5.xlarge"];

export const LineOfBusinessSchema = field.section({
  name: field.LOB_NAME.describe(
    "Name of the line of business, of its stack and of its row in the LOBs table.",
  ),
  account: Account.describe("The LOB's own account; no other LOB may have it."),
  cidr: field.CIDR.describe("The LOB's VPC; inside one of network.lobSupernets. /16 to /24."),
  domainName: field.DOMAIN_NAME.describe("Name of the SageMaker Studio domain."),
  users: z
    .array(field.USER_NAME)
    .describe(
      "Users, as the identity provider's claim calls them, such as jane.doe@example.com. Each in one LOB only.",
    ),
  groups: z
    .array(field.GROUP)
    .max(
      50,
      advice(
        "50 groups at most: no more of a token's are looked at",
        "write one group that holds the others",
      ),
    )
    .optional()
    .describe(
      "Groups of the identity provider whose people belong here without being listed, as identity.groupsClaim has them. Each in one LOB only. Left out: none.",
    ),
  blockedUsers: z
    .array(field.USER_NAME)
    .max(
      20,
      advice(
        "20 entries at most: they stand in the policies of two roles",
        "take out those whose sign-in at the provider has ended, and whose profile is deleted or 12 hours without an app",
      ),
    )
    .optional()
    .describe(
      "Users who get no Studio any more, whether they are listed or come by a group, and whose open sessions end at once. `./studio offboard` writes it.",
    ),
  formerUsers: z
    .array(field.USER_NAME)
    .optional()
    .describe(
      "Users who were listed and belong here by a group from now on: their Studio profiles, home directories and sign-ins stay, and are Terraform's no longer. Left out: none.",
    ),
  executionPolicyArns: z
    .array(field.POLICY_ARN)
    .max(10, advice("a role takes 10 managed policies", "merge some of them"))
    .optional()
    .describe(
      "Your own policies that the LOB's notebooks need beside ours. AWS managed policies are refused.",
    ),
  defaultBucket: z
    .boolean()
    .optional()
    .describe(
      "Whether the LOB's stack makes SageMaker's default bucket, sagemaker-REGION-ACCOUNT. false: the account has it. Left out: true.",
    ),
  instanceTypes: z
    .array(field.INSTANCE_TYPE)
    .min(1, advice("an app needs an instance", "list at least one type, or leave the key out"))
    .max(
      50,
      advice("50 entries at most: they stand in the execution role's policy", "use a pattern: ml.m5.*"),
    )
    .optional()
    .describe(
      `Instance types that the LOB's users may start, each whole or as a family: ml.m5.*. Left out: ${DEFAULT_INSTANCE_TYPES.join(", ")}.`,
    ),
});

export type LineOfBusiness = z.infer<typeof LineOfBusinessSchema>;

/** Instance types that apps of the LOB may name: the config's, and `system`, on which Studio runs what has no instance. */
export function instanceTypesOf({
  instanceTypes = DEFAULT_INSTANCE_TYPES,
}: Pick<LineOfBusiness, "instanceTypes">): readonly string[] {
  return ["system", ...instanceTypes];
}

/** Whether people of the provider's groups belong to the line of business. */
export function hasGroups({ groups = [] }: Pick<LineOfBusiness, "groups">): boolean {
  return groups.length > 0;
}
