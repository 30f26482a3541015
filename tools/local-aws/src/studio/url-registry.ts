import { randomBytes } from "node:crypto";

import type { PresignedUrlRecord, PresignedUrlSink } from "../server/data-plane";

/** A session that a presigned URL has opened. */
export interface StudioSession {
  readonly id: string;
  readonly record: PresignedUrlRecord;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Whether a token can open a session. */
export type TokenState = "unknown" | "expired" | "valid";

/**
 * Presigned URLs and the sessions opened with them. A URL can be opened any number of times until it expires, since AWS
 * documents no other limit.
 */
export class UrlRegistry implements PresignedUrlSink {
  readonly #clock: () => number;
  readonly #records = new Map<string, PresignedUrlRecord>();
  readonly #sessions = new Map<string, StudioSession>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  issued(record: PresignedUrlRecord): void {
    this.#records.set(record.token, record);
  }

  /** Region of a domain that has a presigned URL. */
  regionOf(domainId: string): string | undefined {
    return [...this.#records.values()].find((record) => record.domainId === domainId)?.region;
  }

  /** The record of a token for this domain, and whether it can still be opened. */
  find(
    token: string,
    domainId: string,
  ): { readonly state: TokenState; readonly record: PresignedUrlRecord | undefined } {
    const record = this.#records.get(token);
    if (record?.domainId !== domainId) return { state: "unknown", record: undefined };
    return { state: record.expiresAt.getTime() > this.#clock() ? "valid" : "expired", record };
  }

  open(record: PresignedUrlRecord): StudioSession {
    const session = {
      id: randomBytes(24).toString("base64url"),
      record,
      expiresAt: this.#clock() + record.sessionSeconds * 1000,
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** A session of this domain; undefined when there is none, or when it has ended. */
  session(id: string, domainId: string): StudioSession | undefined {
    const session = this.#sessions.get(id);
    if (session?.record.domainId !== domainId) return undefined;
    return session.expiresAt > this.#clock() ? session : undefined;
  }
}
