import type { GroupRecord, LobRecord, UserRecord } from "@studio-access/shared-types";
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
  /** Undefined where the LOB has no groups. */
  readonly profileMakerRoleArn: string | undefined;
}

/**
 * The LOB's row and the rows of its users, also of those who are blocked, and of its groups, in which the presign function
 * looks up the account of a user.
 */
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
        ...(props.profileMakerRoleArn === undefined
          ? {}
          : { PROFILE_MAKER_ROLE_ARN: props.profileMakerRoleArn }),
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
    for (const group of lob.groups ?? []) {
      if (access.groupsTableName === undefined) throw new Error("a group has no table to stand in");
      new DynamodbTableItem(this, groupId(group), {
        provider,
        tableName: access.groupsTableName,
        hashKey: "PK",
        item: attributeValues<GroupRecord>({ PK: group, LOB: lob.name }),
      });
    }
  }
}

/** Id of a group's construct: ids hold no blank, and what stands for a slash in them could be part of another group's name. */
export function groupId(group: string): string {
  return `Group-${encodeURIComponent(group)}`;
}

/** A record in DynamoDB's own JSON: every attribute a string. */
function attributeValues<Row extends { readonly [Key in keyof Row]: string | undefined }>(row: Row): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries<string | undefined>(row).map(([name, S]) => [name, { S }])),
  );
}
