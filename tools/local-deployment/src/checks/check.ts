import type { PrivateApiClient } from "../private-api-client";

/** A user who can sign in, and where Studio is for them. */
export interface SignedInUser {
  readonly name: string;
  readonly lob: string;
  readonly domainId: string;
  /** Access token: a secret. */
  readonly token: string;
}

/** What the checks look at. */
export interface CheckContext {
  readonly api: PrivateApiClient;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  /** One user per line of business. */
  readonly users: readonly SignedInUser[];
}

/** One thing that must hold of a deployment. */
export interface Journey {
  readonly name: string;
  /**
   * @returns what was seen, without tokens and URLs
   * @throws {CheckFailed} when it does not hold
   */
  readonly run: (context: CheckContext) => Promise<string>;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What was expected, and what was seen instead. */
export class CheckFailed extends Error {
  constructor(expected: string, seen: string) {
    super(`expected ${expected}, saw ${seen}`);
    this.name = "CheckFailed";
  }
}

export async function runCheck({ name, run }: Journey, context: CheckContext): Promise<CheckResult> {
  try {
    return { name, ok: true, detail: await run(context) };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
