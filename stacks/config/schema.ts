import { USER_NAME_PATTERN } from "@studio-access/shared-types";
import { z } from "zod";

/**
 * The one definition of an environment's config. Types, validation and the JSON Schema for editors all come from
 * here; rules that look at more than one value are in ./rules.
 */

const ACCOUNT_ID = z
  .string()
  .regex(/^\d{12}$/, "an AWS account id has 12 digits; quote it, so that leading zeros stay")
  .describe("AWS account id, 12 digits.");

const CIDR = z.cidrv4("write an IPv4 range such as 10.100.0.0/16").describe("IPv4 range in CIDR notation.");

const ROLE_ARN = z
  .string()
  .regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, "write a role's ARN, arn:aws:iam::ACCOUNT:role/NAME");

const Credentials = z
  .union([
    z.strictObject({ profile: z.string().min(1).describe("Named profile of the AWS CLI.") }),
    z.strictObject({ assumeRole: ROLE_ARN.describe("Role to assume with the caller's own credentials.") }),
  ])
  .describe("How Terraform gets credentials for the account.");

const Account = z.strictObject({ id: ACCOUNT_ID, credentials: Credentials });

const State = z
  .discriminatedUnion("backend", [
    z.strictObject({
      backend: z.literal("local"),
      directory: z
        .string()
        .regex(
          /^(?!\/|.*\.\.)[\w./-]+$/,
          "write a folder below the project's, such as .studio-access/state/local",
        )
        .describe("Folder for the state files, below the project's."),
    }),
    z.strictObject({
      backend: z.literal("s3"),
      bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "write an S3 bucket name"),
      region: z.string(),
      kmsKeyId: z.string().optional().describe("Key that encrypts the state; the bucket's default without."),
      profile: z.string().optional().describe("Named profile that may read and write the bucket."),
    }),
  ])
  .describe("Where Terraform keeps each stack's state.");

const OutboundRule = z.strictObject({
  domain: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "write a domain name such as corp.example.com"),
  targetIps: z.array(z.ipv4()).min(1).max(6),
});

const Network = z.strictObject({
  hubCidr: CIDR.describe("Central VPC: Transit Gateway and interface endpoints."),
  accessCidr: CIDR.describe("Access VPC: the presign function."),
  lobSupernets: z
    .array(CIDR)
    .min(1)
    .describe(
      "Ranges that every LOB's VPC is taken from. The hub routes to these, so a new LOB changes no route in it.",
    ),
  corporateCidrs: z
    .array(CIDR)
    .describe("Private networks of the users, from which the endpoints may be reached."),
  resolver: z.strictObject({
    inbound: z.boolean().describe("Route 53 inbound endpoint: lets corporate DNS resolve the private names."),
    outboundRules: z
      .array(OutboundRule)
      .describe("Names that the hub forwards to corporate DNS; none: no outbound endpoint."),
  }),
  additionalEndpoints: z
    .array(z.enum(["ecr-api", "ecr-dkr", "kms", "monitoring", "servicecatalog", "elasticfilesystem"]))
    .describe("Central interface endpoints beside those that Studio always needs."),
});

const Studio = z.strictObject({
  urlExpiresSeconds: z
    .int()
    .min(5)
    .max(300)
    .describe("Lifetime of a presigned URL, in seconds. AWS: 5 to 300."),
  sessionExpiresSeconds: z
    .int()
    .min(1800)
    .max(43200)
    .describe("Lifetime of a Studio session, in seconds. AWS: 1800 to 43200."),
  idleShutdownMinutes: z
    .int()
    .min(60)
    .max(525600)
    .describe("Idle minutes after which an app is shut down. AWS: 60 to 525600."),
});

const Identity = z
  .discriminatedUnion("provider", [
    z.strictObject({
      provider: z.literal("cognito"),
      callbackUrls: z
        .array(z.url({ protocol: /^https$/, error: "write an https URL" }))
        .min(1)
        .describe("Where Cognito's hosted login may return to."),
      accessTokenMinutes: z
        .int()
        .min(5)
        .max(1440)
        .describe("Lifetime of an access token. Cognito: 5 to 1440."),
    }),
    z.strictObject({
      provider: z.literal("oidc"),
      issuer: z.url({ protocol: /^https$/, error: "write the issuer's https URL" }),
      jwksUri: z.url({ protocol: /^https$/, error: "write the https URL of the issuer's keys" }),
      clientId: z.string().min(1),
      audience: z.string().min(1).describe("The `aud` that access tokens must carry."),
      userNameClaim: z.string().min(1).describe("Claim that holds the user name."),
    }),
  ])
  .describe("Who signs the users in: the Cognito stand-in, or the company's own OpenID Connect provider.");

const LOB_NAME = z
  .string()
  .regex(
    /^lob-[a-z0-9]+(-[a-z0-9]+)*$/,
    "write lob- and lower-case letters, digits or single hyphens, such as lob-research",
  )
  .max(24, "24 characters at most, so that the names made from it stay within AWS's limits");

const LineOfBusiness = z.strictObject({
  name: LOB_NAME.describe("Name of the line of business, of its stack and of its row in the LOBs table."),
  account: Account,
  cidr: CIDR.describe("The LOB's VPC; inside one of network.lobSupernets."),
  domainName: z
    .string()
    .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, "letters, digits and inner hyphens, 63 characters at most")
    .describe("Name of the SageMaker Studio domain."),
  users: z
    .array(
      z
        .string()
        .regex(
          USER_NAME_PATTERN,
          "SageMaker takes letters, digits and inner hyphens, 63 characters at most (no _ . @ *)",
        ),
    )
    .describe("User names: alike in the identity provider, the users table and Studio."),
  executionPolicyArns: z
    .array(z.string().regex(/^arn:aws:iam::\d{12}:policy\/.+$/, "write the ARN of a customer managed policy"))
    .optional()
    .describe(
      "Your own policies that the LOB's notebooks need beside ours. AWS managed policies are refused.",
    ),
});

export const ConfigSchema = z
  .strictObject({
    $schema: z.string().optional(),
    $comment: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe("For people; ignored."),
    environment: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,11}$/, "lower-case letters and digits, at most 12, first a letter")
      .describe("Name of the environment; part of every resource name."),
    region: z
      .string()
      .regex(
        /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/,
        "write a region of the aws partition, such as eu-west-1",
      )
      .describe("AWS region of every stack."),
    availabilityZoneIds: z
      .array(
        z
          .string()
          .regex(/^[a-z]{3,5}\d-az\d$/, "write a zone *id* such as euw1-az1: names differ between accounts"),
      )
      .length(2, "two zones")
      .describe("Ids (not names) of the two availability zones."),
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/, "write the AWS Organization's id, o-…")
      .nullable()
      .describe("AWS Organization of all accounts, or null when they are not in one."),
    state: State,
    sharedServices: Account.describe("Account of the hub, the API and the tables."),
    network: Network,
    studio: Studio,
    identity: Identity,
    linesOfBusiness: z.array(LineOfBusiness).min(1, "name at least one line of business"),
    dataRetention: z
      .enum(["delete", "retain"])
      .describe(
        "What a destroy does to home directories, tables and user pool: delete them, or refuse and retain.",
      ),
    logRetentionDays: z
      .literal([
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
        3653,
      ])
      .describe("Days that CloudWatch keeps logs; one of the values that it accepts."),
    lambdaRuntime: z
      .enum(["nodejs22.x", "nodejs24.x"])
      .describe("Runtime of the functions. nodejs24.x needs AWS provider 6.21 or later."),
    tags: z
      .record(z.string().min(1).max(128), z.string().max(256))
      .describe("Tags on every resource, such as CostCenter."),
  })
  .describe("One environment of Studio Access.");

export type Config = z.infer<typeof ConfigSchema>;
export type LineOfBusiness = Config["linesOfBusiness"][number];
export type AccountConfig = Config["sharedServices"];
