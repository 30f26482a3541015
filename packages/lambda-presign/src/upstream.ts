import { isThrottlingError } from "@smithy/core/retry";
import { Refused, type Service } from "./refusal";

const CONNECTION_CODES = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
];
const TIMEOUT_NAMES = ["TimeoutError", "AbortError"];
const DENIED_NAMES = ["AccessDenied", "AccessDeniedException"];

/** Messages are not read: they quote ARNs. */
type VendorError = Parameters<typeof isThrottlingError>[0] & { readonly code?: unknown };

function isVendorError(error: unknown): error is VendorError {
  return error instanceof Error;
}

/**
 * The refusal for a failed SDK call, after the SDK's last attempt.
 *
 * A broken connection counts as unavailable although the SDK names it TimeoutError, so the error's code is checked
 * first.
 */
export function upstreamRefusal(service: Service, error: unknown): Refused {
  if (!isVendorError(error)) return new Refused("upstream_error", `${service}_error`);
  if (CONNECTION_CODES.includes(String(error.code))) {
    return new Refused("upstream_unavailable", `${service}_unavailable`);
  }
  if (TIMEOUT_NAMES.includes(error.name)) return new Refused("upstream_timeout", `${service}_timeout`);
  if (isThrottlingError(error)) return new Refused("throttled", `${service}_throttled`);
  if ((error.$metadata?.httpStatusCode ?? 0) >= 500) {
    return new Refused("upstream_unavailable", `${service}_unavailable`);
  }
  if (DENIED_NAMES.includes(error.name)) return new Refused("upstream_error", `${service}_denied`);
  return new Refused("upstream_error", `${service}_error`);
}
