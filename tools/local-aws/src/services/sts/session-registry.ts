import type { AssumedSession, Sessions } from "../../server/data-plane";

/** Sessions that AssumeRole has made, for as long as the local AWS lives. */
export class SessionRegistry implements Sessions {
  readonly #sessions = new Map<string, AssumedSession>();

  get(accessKeyId: string): AssumedSession | undefined {
    return this.#sessions.get(accessKeyId);
  }

  add(session: AssumedSession): void {
    this.#sessions.set(session.accessKeyId, session);
  }
}
