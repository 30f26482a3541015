/** Stand-ins for secrets: whatever is shown without being asked for must hold none of them. */
export const PASSWORD = "not-for-the-log-password";
export const NEW_PASSWORD = "not-for-the-log-new-password";
export const CODE = "not-for-the-log-code";
export const TOKEN = tokenOf({ token_use: "access", username: "alice", exp: 4_102_444_800 });
export const STUDIO_URL = "https://d-abc123.studio.eu-west-1.sagemaker.aws/auth?token=not-for-the-log-url";

const SECRET = /not-for-the-log|token=/;

/** A JWT of these claims, with a signature that nobody made. */
export function tokenOf(claims: object): string {
  const encode = (value: object | string): string =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode(claims)}.${encode("not-for-the-log-signature")}`;
}

/** Checks what a run showed. */
export function expectNoSecret(shown: string): void {
  expect(shown).not.toMatch(SECRET);
  expect(shown).not.toContain(TOKEN);
}
