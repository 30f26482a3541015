import type { LobRecord, UserRecord } from "@studio-access/shared-types";
import { DynamodbTableItem } from "@cdktf/provider-aws/lib/dynamodb-table-item";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";

import type { AccessOutputs } from "../access/outputs";
import { userRowsOf, type Config, type LineOfBusiness } from "@studio-access/config";

export interface DirectoryEntriesProps {
  /** The shared-services account, which owns the tables. */
  readonly provider: AwsProvider;
  readonly access: AccessOutputs;
  readonly config: Config;
  readonly lob: LineOfBusiness;
  readonly domainId: string;
  readonly accessRoleArn: string;
}

/** The LOB's row and its users' rows, also of those who are blocked, in which the presign function looks up the account of a user. */
export class DirectoryEntries extends Construct {
  constructor(scope: Construct, id: string, props: DirectoryEntriesProps) {
    super(scope, id);
    const { provider, access, config, lob } = props;
    new DynamodbTableItem(this, "Lob", {
      provider,
      tableName: access.lobsTableName,
      hashKey: "PK",
      item: attributeValues<LobRecord>({
        PK: lob.name,
        ACCOUNT_ID: lob.account.id,
        DOMAIN_ID: props.domainId,
        ROLE_ARN: props.accessRoleArn,
      }),
    });
    for (const { user, isBlocked } of userRowsOf(config, lob)) {
      new DynamodbTableItem(this, `User-${user}`, {
        provider,
        tableName: access.usersTableName,
        hashKey: "PK",
        item: attributeValues<UserRecord>({
          PK: user,
          LOB: lob.name,
          ...(isBlocked ? { BLOCKED: "true" } : {}),
        }),
      });
    }
  }
}

/** A record in DynamoDB's own JSON: every attribute a string. */
function attributeValues<Row extends { readonly [Key in keyof Row]: string | undefined }>(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries<string | undefined>(row).map(([name, S]) => [name, { S }])),
  );
}
