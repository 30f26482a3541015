import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";

import type { AccountContext } from "./account-stack";
import { policyDocument, type Statement } from "./policy-document";

/** What the account's own administrators may do with a key; IAM policies decide who they are. */
const ADMINISTRATION = [
  "CancelKeyDeletion",
  "CreateAlias",
  "CreateGrant",
  "Decrypt",
  "DeleteAlias",
  "DescribeKey",
  "DisableKey",
  "DisableKeyRotation",
  "EnableKey",
  "EnableKeyRotation",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GetKeyPolicy",
  "GetKeyRotationStatus",
  "ListGrants",
  "ListKeyPolicies",
  "ListResourceTags",
  "PutKeyPolicy",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RevokeGrant",
  "ScheduleKeyDeletion",
  "TagResource",
  "UntagResource",
  "UpdateAlias",
  "UpdateKeyDescription",
].map((action) => `kms:${action}`);

/** Cryptographic use, for services that read and write with the key. */
const USE = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

export interface EncryptionKeyProps extends AccountContext {
  /** Name without `alias/`. */
  readonly name: string;
  readonly description: string;
  /** Prefixes of the log groups that are encrypted with the key; none: no log group is. */
  readonly logGroupPrefixes?: readonly string[];
  readonly statements?: readonly Statement[];
}

/** A customer managed key that rotates yearly, usable by this account's IAM principals and the named services. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { provider, config } = props;

    const key = new KmsKey(this, "Key", {
      provider,
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: config.dataRetention === "retain" ? 30 : 7,
      policy: policyDocument(
        {
          Sid: "AccountThroughIam",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${props.accountId}:root` },
          Action: ADMINISTRATION,
          Resource: "*",
        },
        ...logStatements(props),
        ...(props.statements ?? []),
      ),
    });
    this.arn = key.arn;
    new KmsAlias(this, "Alias", { provider, name: `alias/${props.name}`, targetKeyId: key.keyId });
  }
}

function logStatements({
  accountId,
  config,
  logGroupPrefixes = [],
}: EncryptionKeyProps): readonly Statement[] {
  if (logGroupPrefixes.length === 0) return [];
  const { region } = config;
  return [
    {
      Sid: "CloudWatchLogs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: USE,
      Resource: "*",
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": oneOrMore(
            logGroupPrefixes.map((prefix) => `arn:aws:logs:${region}:${accountId}:log-group:${prefix}*`),
          ),
        },
      },
    },
  ];
}

/** AWS stores a list of one as its only value, which the next plan would show as a change. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
