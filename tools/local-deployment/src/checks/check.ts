import type { PrivateApiClient } from "../private-api-client";

/** A signed-in user, with the id of the user's Studio domain. */
export interface SignedInUser {
  readonly name: string;
  readonly lob: string;
  readonly domainId: string;
  /** Access token: a secret. */
  readonly token: string;
}

/** The portal of the deployment, and the passwords of those who can sign in at it: secrets. */
export interface PortalAccess {
  /** Its address on AWS. */
  readonly url: string;
  readonly passwords: ReadonlyMap<string, string>;
}

/** Inputs of the checks. */
export interface CheckContext {
  readonly api: PrivateApiClient;
  readonly region: string;
  readonly urlExpiresSeconds: number;
  /** One user per line of business. */
  readonly users: readonly SignedInUser[];
  /** Undefined where the config has none. */
  readonly portal: PortalAccess | undefined;
}

/** A check of a deployment from a user's point of view. */
export interface Journey {
  readonly name: string;
  /**
   * @returns the observed result, without tokens and URLs
   * @throws {CheckFailed} when the check fails
   */
  readonly run: (context: CheckContext) => Promise<string>;
  /** It mostly waits, so that `npm start` runs the second plans meanwhile. */
  readonly waits?: true;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A check failed; the message holds the expected and the observed result. */
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
