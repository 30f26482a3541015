/** An error that AWS returned, or a failed connection to it, in one line; undefined for a bug of this program. */
export function awsFailure(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // SDK errors of services have metadata; those of credential providers and sockets have names and codes of their own.
  const isAws = "$metadata" in error || "tryNextLink" in error || "code" in error || TIMEOUTS.has(error.name);
  if (!isAws) return undefined;
  return error.name === "Error" ? oneLine(error.message) : `${error.name}: ${oneLine(error.message)}`;
}

/** Whether AWS refused the call because a permission is missing. */
export function isAccessDenied(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403)$/.test(error.name)
  );
}

const TIMEOUTS: ReadonlySet<string> = new Set(["TimeoutError", "AbortError"]);

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
