/** Every reason for which a token, or the header that should hold one, is refused. Written to the log, never answered. */
export const DENIAL_CODES = [
  "token_missing",
  "token_repeated",
  "scheme_unsupported",
  "token_too_large",
  "token_malformed",
  "algorithm_refused",
  "critical_header_refused",
  "token_type_wrong",
  "key_unknown",
  "signature_invalid",
  "expiry_missing",
  "token_expired",
  "token_not_yet_valid",
  "issuer_wrong",
  "token_use_wrong",
  "client_wrong",
  "audience_wrong",
  "user_name_invalid",
  "groups_invalid",
] as const;

export type DenialCode = (typeof DENIAL_CODES)[number];

/** The caller is at fault: answered 401. Whatever else is thrown is our outage, and answered 500. */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";

  constructor(readonly code: DenialCode) {
    super(code);
  }
}
