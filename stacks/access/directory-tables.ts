import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";

import { hasGroups } from "@studio-access/config";
import type { EncryptedContext } from "../constructs/account-stack";
import type { Statement } from "../constructs/policy-document";

export type DirectoryTablesProps = EncryptedContext;

/** Who and which groups belong to which line of business, and where each line of business lives. */
export class DirectoryTables extends Construct {
  readonly users: DynamodbTable;
  readonly lobs: DynamodbTable;
  /** Undefined where no line of business has groups. */
  readonly groups: DynamodbTable | undefined;

  constructor(scope: Construct, id: string, props: DirectoryTablesProps) {
    super(scope, id);
    this.users = this.#table("Users", "users", props);
    this.lobs = this.#table("Lobs", "lobs", props);
    this.groups = props.config.linesOfBusiness.some(hasGroups)
      ? this.#table("Groups", "groups", props)
      : undefined;
  }

  /** What the presign function may read: a person's own row and those of the groups come in one call. */
  reads(sid: string): readonly Statement[] {
    const { users, lobs, groups } = this;
    const read = { Sid: sid, Effect: "Allow", Action: "dynamodb:GetItem" } as const;
    if (groups === undefined) return [{ ...read, Resource: [users.arn, lobs.arn] }];
    return [
      { ...read, Resource: lobs.arn },
      {
        ...read,
        Sid: `${sid}InOneCall`,
        Action: "dynamodb:BatchGetItem",
        Resource: [users.arn, groups.arn],
      },
    ];
  }

  #table(id: string, name: string, { provider, config, names, keyArn }: DirectoryTablesProps): DynamodbTable {
    return new DynamodbTable(this, id, {
      provider,
      name: names.of(name),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "PK",
      attribute: [{ name: "PK", type: "S" }],
      // Whoever writes here decides who may enter which account: keep the history, and keep it encrypted.
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      deletionProtectionEnabled: config.dataRetention === "retain",
    });
  }
}
