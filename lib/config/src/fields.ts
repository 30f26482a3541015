import {
  GROUP_PATTERN,
  profileNameOf,
  PROVIDER_NAME_PATTERN,
  USER_NAME_PATTERN,
} from "@studio-access/shared-types";
import { z } from "zod";
import { advice } from "./advice";
import { AWS_PROVIDER_VERSIONS } from "./provider-versions";

/** Kinds of values that the schema is built from, each with its message for a value that does not fit. */

/** JSON has no comments, so every object may have this key. */
export const COMMENT = z
  .union([z.string(), z.array(z.string())], {
    error: advice("a comment is text", "write a string or a list of strings"),
  })
  .optional()
  .describe("For people; ignored.");

/** An object of the config: no keys but these, and a comment. */
export function section<Shape extends z.ZodRawShape>(
  shape: Shape,
): z.ZodObject<{ $comment: typeof COMMENT } & Shape, z.core.$strict> {
  return z.strictObject({ $comment: COMMENT, ...shape });
}

/** A string that must not be empty. */
export const TEXT = z
  .string()
  .min(1, advice("must not be empty", "write a value, or leave the key out if it may be"))
  .refine(
    (text) => !/[$%]\{/.test(text),
    advice("must not hold ${ or %{, which Terraform would take for a template", "leave it out"),
  );

/** A list of such strings, not empty. */
export const TEXTS = z.array(TEXT).min(1, advice("must not be empty", "list at least one value"));

/** A whole number within AWS's limits. */
export function wholeNumber(minimum: number, maximum: number, unit: string): z.ZodInt {
  const text = advice(
    `AWS takes ${minimum} to ${maximum} ${unit}`,
    `write a whole number of ${unit} in that range`,
  );
  return z.int(text).min(minimum, text).max(maximum, text);
}

export const ACCOUNT_ID = z
  .string(
    advice(
      "an AWS account id is a string of 12 digits",
      "put it in double quotes, so that leading zeros stay",
    ),
  )
  .regex(
    /^\d{12}$/,
    advice("an AWS account id has 12 digits", "copy it from the account's page in the console"),
  )
  .describe("AWS account id, 12 digits.");

export const CIDR = z
  .cidrv4(advice("must be an IPv4 range in CIDR notation", "write a range such as 10.100.0.0/16"))
  .describe("IPv4 range in CIDR notation.");

export const IP_ADDRESS = z.ipv4(advice("must be an IPv4 address", "write an address such as 192.168.10.2"));

export const ROLE_ARN = z
  .string()
  .regex(
    /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    advice("must be a role's ARN", "write arn:aws:iam::ACCOUNT:role/NAME, with the path if the role has one"),
  );

export const POLICY_ARN = z
  .string()
  .regex(
    /^arn:aws:iam::\d{12}:policy\/[\w+=,.@/-]+$/,
    advice(
      "must be the ARN of a customer managed policy of the LOB's account",
      "write arn:aws:iam::ACCOUNT:policy/NAME; copy what is needed of an AWS managed policy into one of your own",
    ),
  );

export const INSTANCE_TYPE = z
  .string()
  .regex(
    /^ml\.[a-z0-9-]+\.(\*|[a-z0-9]+)$/,
    advice(
      "must be an instance type of SageMaker's, or a family",
      "write ml.t3.medium, or ml.g5.* for a family",
    ),
  );

export const PROVIDER_VERSION = z
  .string()
  .regex(
    /^(5\.\d{3,}\.\d+|6\.\d+\.\d+)$/,
    advice(
      `must be one version of the AWS provider, ${AWS_PROVIDER_VERSIONS}`,
      "write a version such as 6.21.0, or leave the key out for the tested one",
    ),
  );

export const REGION = z
  .string()
  .regex(
    /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/,
    advice("must be a region of the aws partition", "write a region code such as eu-west-1"),
  );

export const ZONE_ID = z
  .string()
  .regex(
    /^[a-z]{3,4}\d-az\d$/,
    advice(
      "must be the id of an availability zone, since names such as eu-west-1a mean other zones in other accounts",
      "write an id such as euw1-az1; `aws ec2 describe-availability-zones` lists them as ZoneId",
    ),
  );

export const BUCKET = z
  .string()
  .regex(
    /^(?!xn--)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    advice(
      "must be the name of an S3 bucket",
      "write 3 to 63 lower-case letters, digits, hyphens or single dots",
    ),
  );

/**
 * What EC2 imports: Ed25519, and RSA of 2,048 bits or more (shorter keys are shorter text). The comment behind the key
 * may hold no `$` or `%`, which Terraform would take for a template.
 */
export const SSH_PUBLIC_KEY = z
  .string()
  .regex(
    /^(ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}|ssh-rsa AAAAB3NzaC1yc2E[A-Za-z0-9+/]{350,}={0,2})( [\w.@:+-]+)?$/,
    advice(
      "must be an OpenSSH public key on one line: ssh-ed25519, or ssh-rsa of 2048 bits or more",
      "write the line of your .pub file; `ssh-keygen -t ed25519` makes a pair, of which the other file stays with you",
    ),
  );

/** The repository as in the `sub` of its workflows' tokens: with ids behind the names, where the tokens carry them. */
export const GITHUB_REPOSITORY = z
  .string()
  .regex(
    /^[A-Za-z0-9](-?[A-Za-z0-9])*(@\d+\/[\w.-]+@\d+|\/[\w.-]+)$/,
    advice(
      "must be a repository as the `sub` of its tokens has it",
      "write OWNER/NAME, or OWNER@ID/NAME@ID where tokens carry the ids; docs/ci.md says how to tell",
    ),
  );

/** A name that GitHub puts into `sub` as it is; others come percent-encoded, or could be read as another claim. */
export const GITHUB_NAME = z
  .string()
  .regex(
    /^[A-Za-z0-9_][\w.-]*(\/[A-Za-z0-9_][\w.-]*)*$/,
    advice("must be letters, digits and _ . - /, without blanks", "write a name such as main or prod"),
  );

export const DOMAIN_SUFFIX = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/,
    advice(
      "must be a domain name in lower case",
      "write a name such as corp.example.com, without a dot at its end",
    ),
  );

/** The whole name of one host, within DNS's limits. */
export const HOST_NAME = z
  .string()
  .max(253, advice("a DNS name has at most 253 characters", "shorten it"))
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,63}$/,
    advice(
      "must be a host's whole name in lower case, three labels or more, each of at most 63 characters",
      "write a name such as studio.corp.example.com, without a dot at its end",
    ),
  );

export const CERTIFICATE_ARN = z
  .string()
  .regex(
    /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
    advice(
      "must be the ARN of a certificate in AWS Certificate Manager",
      "write arn:aws:acm:REGION:ACCOUNT:certificate/ID; `aws acm list-certificates` lists them",
    ),
  );

export function httpsUrl(what: string): z.ZodURL {
  return z.url({ protocol: /^https$/, error: advice(`must be an https URL`, `write ${what}`) });
}

export const ENVIRONMENT = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{0,11}$/,
    advice(
      "lower-case letters and digits, at most 12, the first a letter, since it is part of every name",
      "write a name such as prod",
    ),
  )
  .refine(
    (name) => !/aws|amazon|cognito/.test(name),
    advice(
      "must not contain aws, amazon or cognito: the sign-in page's domain begins with it, and Cognito takes none of these words",
      "write a name such as prod",
    ),
  );

export const LOB_NAME = z
  .string()
  .regex(
    /^lob-[a-z0-9]+(-[a-z0-9]+)*$/,
    advice(
      "must be lob- and lower-case letters, digits or single hyphens",
      "write a name such as lob-research",
    ),
  )
  .max(24, advice("at most 24 characters, or the names made from it pass AWS's limits", "shorten it"));

/** SageMaker has one rule for the names of domains and of user profiles; ours asks for two characters. */
export const DOMAIN_NAME = z
  .string()
  .regex(
    USER_NAME_PATTERN,
    advice(
      "must be 2 to 63 letters, digits and inner hyphens: SageMaker takes no _ . @ or blank",
      "write a name such as studio-research",
    ),
  );

/** What the provider calls a person; it must have a profile name. */
export const USER_NAME = z
  .string()
  .regex(
    PROVIDER_NAME_PATTERN,
    advice(
      "must be 2 to 128 letters, digits and . _ @ + - ' # | ~ ! ^ between them, without two dots in a row",
      "write the name as the identity provider's claim has it, such as jane-doe or jane.doe@example.com",
    ),
  )
  .refine((name) => !PROVIDER_NAME_PATTERN.test(name) || profileNameOf(name) !== undefined, {
    error: ({ input }) =>
      /^m--/i.test(String(input))
        ? advice(
            "looks like a profile name that was made from another name",
            "write the name that the identity provider has",
          )
        : advice(
            "becomes a profile name of more than SageMaker's 63 characters (docs/identity.md)",
            "name another claim as userNameClaim, such as one with an id, and write its value here",
          ),
  });

/** A group, as the provider's claim has it. */
export const GROUP = z
  .string()
  .regex(
    GROUP_PATTERN,
    advice(
      "must be 1 to 128 letters, digits and . _ : / @ + - or blanks between them",
      "write the group as the claim has it: its name, its id, or its path",
    ),
  );

export const GROUP_PREFIX = z
  .string()
  .regex(
    /^[a-zA-Z0-9/][a-zA-Z0-9 ._:/@+-]{0,63}$/,
    advice(
      "must be 1 to 64 letters, digits and . _ : / @ + - or blanks",
      "write the beginning of the groups' names, such as studio-",
    ),
  );

// Characters that IAM takes in tags; it is the strictest of the services tagged here.
const TAG_CHARACTERS = advice(
  "IAM takes letters, digits, spaces and _ . : / = + - @ in tags",
  "leave the other characters out",
);

export const TAG_KEY = z
  .string()
  .min(1, advice("a tag needs a key", "name the tag, or remove it"))
  .max(128, advice("a tag's key has at most 128 characters", "shorten it"))
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u, TAG_CHARACTERS);

export const TAG_VALUE = z
  .string()
  .max(256, advice("a tag's value has at most 256 characters", "shorten it"))
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u, TAG_CHARACTERS);
