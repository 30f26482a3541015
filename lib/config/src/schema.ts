import { z } from "zod";
import { Access } from "./access-schema";
import { advice } from "./advice";
import * as field from "./fields";
import { Identity } from "./identity-schema";
import { Account, LineOfBusinessSchema } from "./line-of-business";
import { TESTED_AWS_PROVIDER } from "./provider-versions";

/**
 * The one definition of an environment's config; its larger parts are beside it. Types, validation and the JSON Schema for
 * editors all come from here; rules that look at more than one value are in ./rules.
 */

const State = z
  .discriminatedUnion("backend", [
    field.section({
      backend: z.literal("local"),
      directory: z
        .string()
        .regex(
          /^(?!\/|.*\.\.)[\w./-]+$/,
          advice("must be a folder below the project's", "write a path such as .studio-access/state/local"),
        )
        .describe("Folder for the state files, below the project's."),
    }),
    field.section({
      backend: z.literal("s3"),
      bucket: field.BUCKET.describe(
        "Bucket that holds the state of every stack: that of the stack `state`, or one made beforehand.",
      ),
      region: field.REGION.describe("Region of the bucket."),
      kmsKeyId: field.TEXT.optional().describe(
        "Key that encrypts the state. Without, Terraform asks S3 to encrypt with its own key (AES256), whatever the bucket's default.",
      ),
      profile: field.TEXT.optional().describe("Named profile that may read and write the bucket."),
    }),
  ])
  .describe("Where Terraform keeps each stack's state.");

const OutboundRule = field.section({
  domain: field.DOMAIN_SUFFIX.describe("Names at and below this one are asked of corporate DNS."),
  targetIps: z
    .array(field.IP_ADDRESS)
    .min(1, advice("a rule needs a server to ask", "list the addresses of the corporate DNS servers"))
    .max(6, advice("Route 53 takes 6 targets in a rule", "list 6 of them at most"))
    .describe("Addresses of the corporate DNS servers."),
});

const Resolver = field.section({
  inbound: z.boolean().describe("Route 53 inbound endpoint: lets corporate DNS resolve the private names."),
  outboundRules: z
    .array(OutboundRule)
    .describe("Names that the hub forwards to corporate DNS; none: no outbound endpoint."),
});

const DnsFirewall = field.section({
  allowedDomains: z
    .array(field.DOMAIN_SUFFIX)
    // Each costs two of the 1,000 names that one change of a domain list takes.
    .max(200, advice("200 domains at most", "allow a domain that they have in common"))
    .describe("Domains beside AWS's own: names at and below each of them resolve."),
});

const MORE_ENDPOINTS = [
  "ecr-api",
  "ecr-dkr",
  "kms",
  "monitoring",
  "servicecatalog",
  "elasticfilesystem",
] as const;

const Network = field
  .section({
    hubCidr: field.CIDR.describe("Central VPC: Transit Gateway and interface endpoints. /16 to /24."),
    accessCidr: field.CIDR.describe("Access VPC: the presign function. /16 to /24."),
    // Both limits together stay below the 60 rules of a security group, and each below the 50 routes of a route table.
    lobSupernets: z
      .array(field.CIDR)
      .min(1, advice("the LOBs need address space", "list at least one range"))
      .max(
        20,
        advice(
          "20 ranges at most: each costs a route and a rule per endpoint",
          "merge them into larger ones",
        ),
      )
      .describe(
        "Ranges that every LOB's VPC is taken from. The hub routes to these, so a new LOB changes no route in it.",
      ),
    corporateCidrs: z
      .array(field.CIDR)
      .max(
        30,
        advice(
          "30 ranges at most: each costs a route and a rule per endpoint",
          "merge them into larger ones",
        ),
      )
      .describe("Private networks of the users, from which the endpoints may be reached."),
    resolver: Resolver.describe("DNS between the hub and the corporate network."),
    dnsFirewall: DnsFirewall.optional().describe("What else resolves in the hub and the LOBs' VPCs."),
    additionalEndpoints: z
      .array(z.enum(MORE_ENDPOINTS))
      .describe("Central interface endpoints beside those that Studio always needs."),
    zoneSharing: z
      .enum(["associations", "both", "profile"])
      .optional()
      .describe(
        "How the VPCs of the lines of business get the hub's private zones (docs/scale.md). associations: each zone with each VPC, for some 297 lines of business. profile: by one Route 53 Profile, which has a price. both: between the two, for one deploy. Left out: associations.",
      ),
    readableBuckets: z
      .array(field.BUCKET)
      .max(30, advice("30 buckets at most: they stand in policies of limited size", "list fewer"))
      .optional()
      .describe(
        "S3 buckets outside the LOB's account that notebooks may read, such as jumpstart-cache-prod-eu-west-1. Left out: none.",
      ),
  })
  .describe("Address plan and the way in.");

const Studio = field
  .section({
    urlExpiresSeconds: field
      .wholeNumber(5, 300, "seconds")
      .describe("Lifetime of a presigned URL, in seconds. AWS: 5 to 300."),
    sessionExpiresSeconds: field
      .wholeNumber(1800, 43200, "seconds")
      .describe("Lifetime of a Studio session, in seconds. AWS: 1800 to 43200."),
    idleShutdownMinutes: field
      .wholeNumber(60, 525600, "minutes")
      .describe("Idle minutes after which an app is shut down. AWS: 60 to 525600."),
  })
  .describe("Lifetimes of URLs, sessions and idle apps.");

const Entry = z
  .discriminatedUnion("kind", [
    field.section({ kind: z.literal("session-manager") }),
    field.section({
      kind: z.literal("bastion"),
      publicKey: field.SSH_PUBLIC_KEY.describe("Your own public key; the bastion admits no other."),
      operatorCidr: field.CIDR.describe("Public address that you connect from, /24 at the widest."),
    }),
  ])
  .describe(
    "The operator's way to the client: Session Manager (no bastion, no open port), or SSH through a bastion. " +
      "Session Manager where it is left out.",
  );

const OnPremise = field
  .section({
    cidr: field.CIDR.describe("The simulator's VPC; inside one of network.corporateCidrs. /16 to /24."),
    entry: Entry.optional(),
  })
  .nullable()
  .describe(
    "Simulator of a corporate network, peered with the hub: a Windows client with a browser. null: none.",
  );

const Ci = field
  .section({
    repository: field.GITHUB_REPOSITORY.describe(
      "Repository whose workflows plan and deploy, as the `sub` of their tokens has it: OWNER/NAME, or OWNER@ID/NAME@ID.",
    ),
    defaultBranch: field.GITHUB_NAME.describe("Branch that is deployed, and looked at for drift."),
    deployEnvironment: field.GITHUB_NAME.describe(
      "GitHub environment of the deploy job: who may approve a deploy is set there.",
    ),
    accountsWithProvider: z
      .array(field.ACCOUNT_ID)
      .optional()
      .describe(
        "Accounts in which GitHub's OpenID Connect provider is there already; elsewhere the stack makes it. Left out: none.",
      ),
  })
  .nullable()
  .describe(
    "GitHub workflows that plan and deploy (docs/ci.md): one stack of roles per account. null: none.",
  );

const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const ConfigSchema = z
  .strictObject({
    $schema: z.string().optional().describe("Where editors find this schema: ./schema.json."),
    $comment: field.COMMENT,
    environment: field.ENVIRONMENT.describe("Name of the environment; part of every resource name."),
    region: field.REGION.describe("AWS region of every stack."),
    availabilityZoneIds: z
      .array(field.ZONE_ID)
      .length(2, advice("exactly two availability zones", "list two zones of the region"))
      .describe("Ids (not names) of the two availability zones."),
    organizationId: z
      .string()
      .regex(/^o-[a-z0-9]{10,32}$/, advice("must be an AWS Organization's id, or null", "write o-…, or null"))
      .nullable()
      .describe("AWS Organization of all accounts, or null when they are not in one."),
    state: State,
    stateBucket: z
      .boolean()
      .optional()
      .describe(
        "Whether the stack `state` makes a bucket for the state, in the shared-services account (docs/state.md). Left out: no.",
      ),
    sharedServices: Account.describe("Account of the hub, the API and the tables."),
    network: Network,
    studio: Studio,
    access: Access.optional(),
    identity: Identity,
    linesOfBusiness: z
      .array(LineOfBusinessSchema)
      .min(
        1,
        advice(
          "at least one line of business",
          "add an entry with name, account, cidr, domainName and users",
        ),
      )
      .describe("The lines of business, each one stack in its own account."),
    onPremise: OnPremise,
    dataRetention: z
      .enum(["delete", "retain"])
      .describe(
        "What a destroy does to home directories, tables and user pool: delete them, or refuse and retain.",
      ),
    logRetentionDays: z
      .literal(LOG_DAYS)
      .describe("Days that CloudWatch keeps logs; one of the values that it accepts."),
    lambdaRuntime: z
      .enum(["nodejs22.x", "nodejs24.x"])
      .describe("Runtime of the functions. nodejs24.x needs AWS provider 6.21 or later."),
    apiGatewayLogRole: z
      .enum(["manage", "leave"])
      .optional()
      .describe(
        "API Gateway has one role for logs per account and region, for all REST APIs there. manage: this environment sets it, over any that is set already. leave: somebody else does. Left out: manage.",
      ),
    awsProviderVersion: field.PROVIDER_VERSION.optional().describe(
      `Version of the AWS provider; ${TESTED_AWS_PROVIDER} where it is left out, which is the one that the tests run with. Another one is untried.`,
    ),
    smokeTest: z
      .boolean()
      .optional()
      .describe(
        "Whether operators get a function that makes any user's Studio URL (docs/decisions/0006-smoke-test.md). Left out: no.",
      ),
    ci: Ci.optional(),
    tags: z.record(field.TAG_KEY, field.TAG_VALUE).describe("Tags on every resource, such as CostCenter."),
  })
  .describe("One environment of Studio Access.");

export type Config = z.infer<typeof ConfigSchema>;
export type OidcIdentity = Extract<Config["identity"], { readonly provider: "oidc" }>;
export type AccountConfig = Config["sharedServices"];
export type CiConfig = NonNullable<Config["ci"]>;
export type OnPremiseConfig = NonNullable<Config["onPremise"]>;
