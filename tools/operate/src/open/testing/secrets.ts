/** Fake secrets, which no output may hold. */
export const PASSWORD = "not-for-the-log-password";
export const NEW_PASSWORD = "not-for-the-log-new-password";
export const CODE = "not-for-the-log-code";
export const TOKEN = tokenOf({ token_use: "access", username: "alice", exp: 4_102_444_800 });
export const STUDIO_URL = "https://d-abc123.studio.eu-west-1.sagemaker.aws/auth?token=not-for-the-log-url";

const SECRET = /not-for-the-log|token=/;

/** A JWT with these claims and an invalid signature. */
export function tokenOf(claims: object): string {
  const encode = (value: object | string): string =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode(claims)}.${encode("not-for-the-log-signature")}`;
}

/** Checks that a run's output holds no secret. */
export function expectNoSecret(shown: string): void {
  expect(shown).not.toMatch(SECRET);
  expect(shown).not.toContain(TOKEN);
}
