import type { RefusalCode } from "@studio-access/shared-types";

/** Everything that can keep a person out of Studio: what the API refuses, and what goes wrong before. */
export type ProblemKind =
  | RefusalCode
  /** The API cannot be reached. */
  | "api_unreachable"
  /** The API answered something that we do not know. */
  | "answer_unknown"
  /** The API's URL leads elsewhere than into Studio. */
  | "url_unexpected"
  /** Studio did not open while its URL lasted. */
  | "url_expired"
  /** The page came back from the browser's memory, or from its history. */
  | "stale"
  /** This device has no network. */
  | "offline"
  | "provider_unreachable"
  /** The provider lets this person not in, or they pressed Cancel. */
  | "sign_in_refused"
  /** The provider refuses how the page asks: only the operators can mend that. */
  | "sign_in_misconfigured"
  /** The code was used before, or is too old. */
  | "sign_in_expired"
  /** A sign-in comes back that this tab did not begin, or from another provider. */
  | "sign_in_unknown"
  /** The tokens are not those of this sign-in. */
  | "tokens_unexpected"
  /** By this device's clock, the tokens are of another time. */
  | "clock_wrong"
  /** The access token names nobody who could have a Studio. */
  | "user_name_unusable";

/** What support needs to find a request in the logs. */
export interface Reference {
  readonly code: string;
  readonly requestId?: string;
}

/** A problem that the page has words for. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly kind: ProblemKind,
    readonly reference: Reference = { code: kind },
  ) {
    super(kind);
  }
}
