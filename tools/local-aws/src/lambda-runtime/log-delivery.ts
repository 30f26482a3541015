import type { Moto } from "../server/call";

/** A log stream of CloudWatch Logs. */
export interface LogTarget {
  readonly account: string;
  readonly region: string;
  readonly group: string;
  readonly stream: string;
}

interface Batch {
  readonly target: LogTarget;
  readonly events: { readonly timestamp: number; readonly message: string }[];
}

const FLUSH_AFTER_MS = 1_000;
/** Most events of one PutLogEvents call. */
const MAX_EVENTS = 10_000;

/**
 * Writes lines into log groups in batches. As in AWS, lines are lost when the log group does not exist: the deployment
 * creates the group, and `terraform destroy` would leave a group behind that was created here.
 */
export class LogDelivery {
  readonly #moto: Pick<Moto, "json">;
  readonly #clock: () => number;
  readonly #batches = new Map<string, Batch>();
  readonly #streams = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #flushed: Promise<void> = Promise.resolve();

  constructor(moto: Pick<Moto, "json">, clock: () => number) {
    this.#moto = moto;
    this.#clock = clock;
  }

  put(target: LogTarget, message: string): void {
    const key = JSON.stringify(target);
    const batch = this.#batches.get(key) ?? { target, events: [] };
    this.#batches.set(key, batch);
    batch.events.push({ timestamp: this.#clock(), message });
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Delivers the buffered lines; never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batches = [...this.#batches];
    this.#batches.clear();
    // Flushes run one after the other, because the events of a stream must arrive in order.
    this.#flushed = this.#flushed.then(async () => {
      await Promise.all(batches.map(([key, batch]) => this.#deliver(key, batch)));
    });
    return this.#flushed;
  }

  async #deliver(key: string, batch: Batch): Promise<void> {
    try {
      if (this.#streams.has(key)) await this.#putEvents(batch);
      else await this.#startStream(key, batch);
    } catch {
      // The log group may have been recreated without the stream since the last delivery, or may not exist.
      await this.#startStream(key, batch).catch(() => this.#streams.delete(key));
    }
  }

  async #startStream(key: string, batch: Batch): Promise<void> {
    await this.#call(batch.target, "CreateLogStream", {});
    this.#streams.add(key);
    await this.#putEvents(batch);
  }

  async #putEvents({ target, events }: Batch): Promise<void> {
    for (let start = 0; start < events.length; start += MAX_EVENTS) {
      await this.#call(target, "PutLogEvents", { logEvents: events.slice(start, start + MAX_EVENTS) });
    }
  }

  async #call({ account, region, group, stream }: LogTarget, operation: string, body: object): Promise<void> {
    const names = { logGroupName: group, logStreamName: stream };
    await this.#moto.json("logs", account, region, `Logs_20140328.${operation}`, { ...names, ...body });
  }
}
