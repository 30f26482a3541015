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

/** Adapter over the users table and the LOBs table. */
export class DynamoDbDirectory implements Directory {
  readonly #options: DirectoryOptions;
  readonly #now: () => number;
  readonly #lobs = new Map<string, { readonly record: LobRecord; readonly until: number }>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  async lobNameOf(userName: string, signal: AbortSignal): Promise<string | undefined> {
    const row = await this.#getRow(this.#options.usersTable, userName, signal);
    if (row === undefined) return undefined;
    const name = row["LOB"]?.S;
    if (!name) throw new Refused("upstream_error", "user_record_invalid");
    return name;
  }

  async findLob(name: string, signal: AbortSignal): Promise<LobRecord | undefined> {
    const known = this.#lobs.get(name);
    if (known !== undefined && this.#now() < known.until) return known.record;
    const row = await this.#getRow(this.#options.lobsTable, name, signal);
    if (row === undefined) return undefined;
    const { PK, ACCOUNT_ID, DOMAIN_ID, ROLE_ARN } = row;
    const record = parseLobRecord({
      PK: PK?.S,
      ACCOUNT_ID: ACCOUNT_ID?.S,
      DOMAIN_ID: DOMAIN_ID?.S,
      ROLE_ARN: ROLE_ARN?.S,
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

  #remember(name: string, record: LobRecord): void {
    const { age, size } = this.#options.lobCache ?? LOB_CACHE;
    this.#lobs.delete(name);
    const oldest = this.#lobs.keys().next();
    if (this.#lobs.size >= size && !oldest.done) this.#lobs.delete(oldest.value);
    this.#lobs.set(name, { record, until: this.#now() + age });
  }
}
