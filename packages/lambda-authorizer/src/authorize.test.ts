import { authorize } from "./authorize";

const identity = { subject: "sub-1", userName: "alice" };

function attempt(...credentials: string[]): Promise<unknown> {
  return authorize(credentials, { verifyToken: (token) => Promise.resolve({ ...identity, subject: token }) });
}

describe("authorize", () => {
  it.each(["Bearer t", "bearer t", "BEARER t", " Bearer t "])(
    "takes the token out of %j",
    async (credential) => {
      await expect(attempt(credential)).resolves.toEqual({ subject: "t", userName: "alice" });
    },
  );

  it.each([
    ["no header", [], "token_missing"],
    ["an empty header", [""], "token_missing"],
    ["a blank header", ["  "], "token_missing"],
    ["a scheme without a token", ["Bearer"], "token_missing"],
    ["a bare token", ["t"], "scheme_unsupported"],
    ["another scheme", ["Basic dTpw"], "scheme_unsupported"],
    ["two tokens in one header", ["Bearer a, Bearer b"], "token_malformed"],
    ["two headers", ["Bearer a", "Bearer b"], "token_repeated"],
    ["the same header twice", ["Bearer a", "Bearer a"], "token_repeated"],
    ["a token over 8 kB", [`Bearer ${"a".repeat(8193)}`], "token_too_large"],
  ])("refuses %s", async (_case, credentials, code) => {
    await expect(attempt(...credentials)).rejects.toMatchObject({ name: "AccessDenied", code });
  });

  it("passes on the verifier's own error", async () => {
    const outage = new Error("down");
    await expect(authorize(["Bearer t"], { verifyToken: () => Promise.reject(outage) })).rejects.toBe(outage);
  });
});
