type Members = Readonly<Record<string, unknown>>;

/** What a JWT says, unverified. */
export interface TokenParts {
  readonly header: Members;
  readonly claims: Members;
}

/** Undefined for what is no signed JWT with JSON in it: an opaque token, or an encrypted one. */
export function tokenParts(token: string): TokenParts | undefined {
  const [first = "", second = "", ...rest] = token.split(".");
  const [header, claims] = [membersOf(first), membersOf(second)];
  return rest.length !== 1 || header === undefined || claims === undefined ? undefined : { header, claims };
}

function membersOf(part: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
