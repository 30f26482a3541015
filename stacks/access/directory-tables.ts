import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";

import type { EncryptedContext } from "../constructs/account-stack";

export type DirectoryTablesProps = EncryptedContext;

/** Who belongs to which line of business, and where each line of business lives. */
export class DirectoryTables extends Construct {
  readonly users: DynamodbTable;
  readonly lobs: DynamodbTable;

  constructor(scope: Construct, id: string, props: DirectoryTablesProps) {
    super(scope, id);
    this.users = this.#table("Users", "users", props);
    this.lobs = this.#table("Lobs", "lobs", props);
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
