import { type AttributeValue, type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { LobRecord } from "@studio-access/shared-types";
import { parseLobRecord } from "./lob-record";
import type { Directory } from "./presign";
import { Refused } from "./refusal";
import { upstreamRefusal } from "./upstream";

export interface DirectoryOptions {
  readonly dynamoDb: DynamoDBClient;
  readonly usersTable: string;
  readonly lobsTable: string;
  /** Milliseconds, from any origin. */
  readonly now?: () => number;
}

export const LOB_CACHE = {
  /** Milliseconds that a line of business is remembered; changes to its row take as long to be seen. */
  age: 5 * 60_000,
  /** More lines of business than this are not remembered at once. */
  size: 1000,
} as const;

type Row = Record<string, AttributeValue>;

/** Adapter over the users table and the LOBs table. */
export function createDirectory(options: DirectoryOptions): Directory {
  const now = options.now ?? (() => performance.now());
  const lobs = new Map<string, { readonly record: LobRecord; readonly until: number }>();

  async function getRow(table: string, key: string, signal: AbortSignal): Promise<Row | undefined> {
    // Consistent: a user who was removed, or a LOB that was corrected, counts at once.
    const command = new GetItemCommand({ TableName: table, Key: { PK: { S: key } }, ConsistentRead: true });
    try {
      return (await options.dynamoDb.send(command, { abortSignal: signal })).Item;
    } catch (error) {
      throw upstreamRefusal("dynamodb", error);
    }
  }

  function remember(name: string, record: LobRecord): void {
    const oldest = lobs.keys().next();
    if (lobs.size >= LOB_CACHE.size && !oldest.done) lobs.delete(oldest.value);
    lobs.delete(name);
    lobs.set(name, { record, until: now() + LOB_CACHE.age });
  }

  return {
    async lobNameOf(userName, signal) {
      const row = await getRow(options.usersTable, userName, signal);
      if (row === undefined) return undefined;
      const name = row["LOB"]?.S;
      if (!name) throw new Refused("upstream_error", "user_record_invalid");
      return name;
    },

    async findLob(name, signal) {
      const known = lobs.get(name);
      if (known !== undefined && now() < known.until) return known.record;
      const row = await getRow(options.lobsTable, name, signal);
      if (row === undefined) return undefined;
      const { PK, ACCOUNT_ID, DOMAIN_ID, ROLE_ARN } = row;
      const record = parseLobRecord({
        PK: PK?.S,
        ACCOUNT_ID: ACCOUNT_ID?.S,
        DOMAIN_ID: DOMAIN_ID?.S,
        ROLE_ARN: ROLE_ARN?.S,
      });
      remember(name, record);
      return record;
    },
  };
}
