import { causeOf } from "./causes";
import type { SmokeOutcome } from "./smoke-test";

/**
 * The outcome as text. It holds the URL only when the function returned it, which it does only on request.
 *
 * @param studio - the address at which a browser opens a presigned URL; default: its own
 */
export function smokeText(
  user: string,
  outcome: SmokeOutcome,
  studio: (presignedUrl: string) => string = (url) => url,
): string {
  const place = `  request ${outcome.requestId}, ${outcome.milliseconds} ms`;
  if (!outcome.ok) {
    const { means, remedy } = causeOf(outcome.reason);
    const head = `✖ ${user}: ${outcome.status} ${outcome.code} (${outcome.reason})`;
    return [head, `  ${means}`, `  ${remedy}`, place].join("\n");
  }
  const { status, expiresAt, url } = outcome;
  if (url === undefined) {
    return [
      `✔ ${user}: ${status}. A Studio URL was made; it would have worked until ${expiresAt}, and was thrown away.`,
      place,
    ].join("\n");
  }
  return [
    `✔ ${user}: ${status}. This URL works until ${expiresAt}. Whoever opens it is ${user} in Studio:`,
    studio(url),
    place,
  ].join("\n");
}

/** The outcome as JSON. It never holds the URL, since a file is kept longer and read by more people. */
export function smokeJson(user: string, outcome: SmokeOutcome): object {
  const { ok, status, requestId, milliseconds } = outcome;
  const place = { ok, user, status, requestId, milliseconds };
  return ok
    ? { ...place, expiresAt: outcome.expiresAt, urlShown: outcome.url !== undefined }
    : { ...place, code: outcome.code, reason: outcome.reason };
}
