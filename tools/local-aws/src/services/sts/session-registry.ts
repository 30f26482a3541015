import type { AssumedSession, Sessions } from "../../server/data-plane";

/** The sessions that STS has issued since the local AWS started. */
export class SessionRegistry implements Sessions {
  readonly #sessions = new Map<string, AssumedSession>();

  get(accessKeyId: string): AssumedSession | undefined {
    return this.#sessions.get(accessKeyId);
  }

  add(session: AssumedSession): void {
    this.#sessions.set(session.accessKeyId, session);
  }
}
