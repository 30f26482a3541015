import { cleanToken, tokenHints } from "./access-token";
import { OpenFailed } from "./failure";
import { expectNoSecret, TOKEN, tokenOf } from "./testing/secrets";

const NOW = Date.parse("2030-01-01T00:00:00Z");

describe("cleanToken", () => {
  it.each([
    ["a token", TOKEN],
    ["a header's value", `Bearer ${TOKEN}`],
    ["blanks around it", `  ${TOKEN} `],
  ])("takes %s", (_case, text) => {
    expect(cleanToken(text)).toBe(TOKEN);
  });

  it.each(["", "not-for-the-log", "a.b", `${TOKEN}.more`, "a b.c.d", `{"access_token":"${TOKEN}"}`])(
    "refuses %j without repeating it",
    (text) => {
      const act = (): unknown => cleanToken(text);
      expect(act).toThrow(OpenFailed);
      try {
        act();
      } catch (error) {
        expectNoSecret(String(error));
      }
    },
  );
});

describe("tokenHints", () => {
  it("gives no hint for a valid token", () => {
    expect(tokenHints(TOKEN, "alice", NOW)).toEqual([]);
  });

  it("gives the time at which a token expired", () => {
    const expired = tokenOf({ exp: NOW / 1000 });
    expect(tokenHints(expired, "alice", NOW)).toEqual(["The token expired at 2030-01-01T00:00:00.000Z."]);
    expect(tokenHints(expired, "alice", NOW - 1000)).toEqual([]);
  });

  it("knows the user of a token by the mapped name", () => {
    const token = tokenOf({ username: "jane.doe@example.com" });
    expect(tokenHints(token, "m--jane--doe---example--com", NOW)).toEqual([]);
  });

  it("recognizes ID tokens and other users' tokens", () => {
    const hints = tokenHints(tokenOf({ token_use: "id", username: "bob" }), "alice", NOW);
    expect(hints).toEqual([
      "The token is an ID token; the API takes access tokens.",
      "The token is another user's.",
    ]);
  });

  it.each([
    ["no JSON", "e30.bm90.x"],
    ["a list", tokenOf([])],
    ["no claims", tokenOf({})],
    ["text", "a.Ingi.c"],
  ])("gives no hint for a token with %s", (_case, token) => {
    expect(tokenHints(token, "alice", NOW)).toEqual([]);
  });
});
