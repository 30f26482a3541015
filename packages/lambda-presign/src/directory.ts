import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  type KeysAndAttributes,
} from "@aws-sdk/client-dynamodb";
import type { LobRecord } from "@studio-access/shared-types";
import { parseLobRecord } from "./lob-record";
import type { Directory, Places } from "./presign";
import type { PresignRequest } from "./presign-request";
import { Refused, type RefusalReason } from "./refusal";
import { upstreamRefusal } from "./upstream";

export interface DirectoryOptions {
  readonly dynamoDb: DynamoDBClient;
  readonly usersTable: string;
  readonly lobsTable: string;
  /** Undefined where no group gives access. */
  readonly groupsTable?: string | undefined;
  /** Milliseconds, from any origin. */
  readonly now?: () => number;
  /** Smaller or shorter-lived than {@link LOB_CACHE}, for tests. */
  readonly lobCache?: LobCache;
}

export interface LobCache {
  /** Milliseconds that a line of business is remembered; changes to its row take as long to be seen. */
  readonly age: number;
  /** More lines of business than this are not remembered at once. */
  readonly size: number;
}

export const LOB_CACHE: LobCache = { age: 5 * 60_000, size: 1000 };

type Row = Record<string, AttributeValue>;

/** Adapter over the users table, the groups table and the LOBs table. */
export class DynamoDbDirectory implements Directory {
  readonly #options: DirectoryOptions;
  readonly #now: () => number;
  readonly #lobs = new Map<string, { readonly record: LobRecord; readonly until: number }>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async placesOf({ userName, groups }: PresignRequest, signal: AbortSignal): Promise<Places> {
    const { usersTable, groupsTable } = this.#options;
    if (groupsTable === undefined) {
      const row = await this.#getRow(usersTable, userName, signal);
      return { own: row && ownLobOf(row), byGroups: [] };
    }
    const asked = { [usersTable]: [userName], [groupsTable]: typeof groups === "string" ? [] : groups };
    const found = await this.#getRows(asked, signal);
    const [own] = (found[usersTable] ?? []).map(ownLobOf);
    return { own, byGroups: (found[groupsTable] ?? []).map((row) => lobOf(row, "group_record_invalid")) };
  }

  async findLob(name: string, withMaker: boolean, signal: AbortSignal): Promise<LobRecord | undefined> {
    const known = this.#lobs.get(name);
    const isEnough = !withMaker || known?.record.PROFILE_MAKER_ROLE_ARN !== undefined;
    if (known !== undefined && this.#now() < known.until && isEnough) return known.record;
    const row = await this.#getRow(this.#options.lobsTable, name, signal);
    if (row === undefined) return undefined;
    const { PK, ACCOUNT_ID, DOMAIN_ID, ROLE_ARN, PROFILE_MAKER_ROLE_ARN } = row;
    const record = parseLobRecord({
      PK: PK?.S,
      ACCOUNT_ID: ACCOUNT_ID?.S,
      DOMAIN_ID: DOMAIN_ID?.S,
      ROLE_ARN: ROLE_ARN?.S,
      PROFILE_MAKER_ROLE_ARN: PROFILE_MAKER_ROLE_ARN?.S,
    });
    this.#remember(name, record);
    return record;
  }

  async #getRow(table: string, key: string, signal: AbortSignal): Promise<Row | undefined> {
    // Consistent: a user who was removed, or a LOB that was corrected, counts at once.
    const command = new GetItemCommand({ TableName: table, Key: { PK: { S: key } }, ConsistentRead: true });
    try {
      return (await this.#options.dynamoDb.send(command, { abortSignal: signal })).Item;
    } catch (error) {
      throw upstreamRefusal("dynamodb", error);
    }
  }

  /** Rows of several tables, by their keys, in one call. */
  async #getRows(
    keys: Readonly<Record<string, readonly string[]>>,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, readonly Row[]>>> {
    const tables = Object.entries(keys).filter(([, names]) => names.length > 0);
    const RequestItems = Object.fromEntries(
      tables.map(([table, names]): [string, KeysAndAttributes] => [
        table,
        { Keys: [...new Set(names)].map((name) => ({ PK: { S: name } })), ConsistentRead: true },
      ]),
    );
    try {
      const command = new BatchGetItemCommand({ RequestItems });
      const { Responses = {}, UnprocessedKeys = {} } = await this.#options.dynamoDb.send(command, {
        abortSignal: signal,
      });
      // A part of the rows would be another answer than all of them.
      if (Object.keys(UnprocessedKeys).length > 0) throw new Refused("throttled", "dynamodb_throttled");
      return Responses;
    } catch (error) {
      throw error instanceof Refused ? error : upstreamRefusal("dynamodb", error);
    }
  }

  #remember(name: string, record: LobRecord): void {
    const { age, size } = this.#options.lobCache ?? LOB_CACHE;
    this.#lobs.delete(name);
    const oldest = this.#lobs.keys().next();
    if (this.#lobs.size >= size && !oldest.done) this.#lobs.delete(oldest.value);
    this.#lobs.set(name, { record, until: this.#now() + age });
  }
}

/** Whatever stands in the attribute: a block must not be lost by a slip of the hand. */
function ownLobOf(row: Row): string {
  if (row["BLOCKED"] !== undefined) throw new Refused("user_blocked", "user_blocked");
  return lobOf(row, "user_record_invalid");
}

function lobOf(row: Row, reason: RefusalReason): string {
  const name = row["LOB"]?.S;
  if (!name) throw new Refused("upstream_error", reason);
  return name;
}
