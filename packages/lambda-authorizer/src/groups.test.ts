import { type AccessTokenRules, COGNITO_RULES, GROUP_PATTERN } from "@studio-access/shared-types";
import fc from "fast-check";

import { DENIAL_CODES } from "./denial";
import { createHandler } from "./handler";
import { authorizerEvent } from "./testing/events";
import { createKey, signToken } from "./testing/issuer";
import { createTokenVerifier } from "./tokens";

const key = createKey("key-1");
const RULES: AccessTokenRules = {
  ...COGNITO_RULES,
  issuer: "https://issuer.example/pool",
  clientId: "client-1",
  userNameClaim: "username",
};
const COGNITO = { groupsClaim: "cognito:groups" };

/** What the handler hands on of a token with these claims, or the code with which it refuses. */
async function answer(claims: object, rules: Partial<AccessTokenRules> = COGNITO): Promise<unknown> {
  const codes: string[] = [];
  const handler = createHandler({
    verifyToken: createTokenVerifier({ ...RULES, ...rules }, () => Promise.resolve(key.publicKey)),
    log: ({ code }) => codes.push(code),
  });
  const exp = Math.floor(Date.now() / 1000) + 300;
  const own = { iss: RULES.issuer, client_id: "client-1", token_use: "access", username: "alice", exp };
  // The user's own claims last: what is tried here is the groups alone.
  const token = signToken(key, { ...claims, ...own });
  try {
    const { context } = await handler(authorizerEvent({ headers: { Authorization: `Bearer ${token}` } }));
    return context;
  } catch {
    return codes.at(-1);
  }
}

const groups = (...names: readonly string[]): object => ({
  userName: "alice",
  groups: JSON.stringify(names),
});
const TOO_MANY = { userName: "alice", groupsRefused: "too_many_groups" };
const many = (count: number, length = 3): string[] =>
  Array.from({ length: count }, (_, index) => `g${String(index).padStart(length - 1, "0")}`);

describe("the groups of a token", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["a list", ["studio-a", "studio-b"], ["studio-a", "studio-b"]],
    ["one string", "studio-a", ["studio-a"]],
    ["an empty list", [], []],
    ["no claim", undefined, []],
    ["a group twice", ["a", "b", "a"], ["a", "b"]],
    ["ids, paths and names with blanks", ["/eu/a", "0a-1b", "Data Lab"], ["/eu/a", "0a-1b", "Data Lab"]],
    ["names that are no groups of ours", ["ok", "a*", "${x}", 'a"b', "", "ä", "x".repeat(129)], ["ok"]],
  ])("are handed on as they stand: %s", async (_what, claim, expected) => {
    await expect(answer({ "cognito:groups": claim })).resolves.toEqual(groups(...expected));
  });

  it("are not looked at where no claim is named: the context is as before", async () => {
    for (const claim of [["a"], 7, many(200)])
      await expect(answer({ "cognito:groups": claim }, {})).resolves.toEqual({
        userName: "alice",
      });
  });

  it("count only with the prefix", async () => {
    const claim = ["studio-a", "Studio-b", "other", "studio-", ...many(200)];
    await expect(
      answer({ "cognito:groups": claim }, { ...COGNITO, groupPrefix: "studio-" }),
    ).resolves.toEqual(groups("studio-a"));
  });

  it("are the named claim's, also where its name is an address", async () => {
    const groupsClaim = "https://studio.example.com/groups";
    await expect(answer({ groups: ["x"], [groupsClaim]: ["a"] }, { groupsClaim })).resolves.toEqual(
      groups("a"),
    );
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a number", 7],
    ["an object", { a: true }],
    ["a list with a number", ["a", 7]],
    ["a list in a list", [["a"]]],
    ["yes", true],
  ])("of another shape refuse the token: %s", async (_what, claim) => {
    await expect(answer({ "cognito:groups": claim })).resolves.toBe("groups_invalid");
  });
});

describe("more groups than can be handed on", () => {
  it("are refused by name, and never cut: 50 pass, 51 do not", async () => {
    await expect(answer({ "cognito:groups": many(50) })).resolves.toEqual(groups(...many(50)));
    await expect(answer({ "cognito:groups": many(51) })).resolves.toEqual(TOO_MANY);
  });

  it("are those of more than 2,000 characters: JSON's own count", async () => {
    // 20 names of 97 characters, each with two quotes and a comma, and the brackets: 2,001 characters.
    const names = many(20, 97);
    expect(JSON.stringify(names)).toHaveLength(2001);
    await expect(answer({ "cognito:groups": names })).resolves.toEqual(TOO_MANY);
    const shorter = [...names.slice(1), "b".repeat(96)];
    await expect(answer({ "cognito:groups": shorter })).resolves.toEqual(groups(...shorter));
  });

  it.each<[string, object, string, unknown]>([
    [
      "a claim that stands elsewhere",
      { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph.example" } } },
      "groups",
      TOO_MANY,
    ],
    ["a token of the implicit flow", { hasgroups: true }, "groups", TOO_MANY],
    [
      "both, and a part of the groups",
      { groups: ["a"], _claim_names: { groups: "src1" } },
      "groups",
      TOO_MANY,
    ],
    [
      "another claim that stands elsewhere",
      { roles: ["a"], _claim_names: { groups: "src1" } },
      "roles",
      groups("a"),
    ],
    ["groups that were left out, where roles count", { roles: ["a"], hasgroups: true }, "roles", groups("a")],
    ["no groups left out", { groups: ["a"], hasgroups: false, _claim_names: {} }, "groups", groups("a")],
    ["an overage claim that is none", { groups: ["a"], _claim_names: "groups" }, "groups", groups("a")],
  ])("Entra's overage: %s", async (_what, claims, groupsClaim, expected) => {
    await expect(answer(claims, { groupsClaim })).resolves.toEqual(expected);
  });
});

describe("whatever the claims are", () => {
  const names = fc.array(
    fc.oneof(fc.constantFrom("studio-a", "studio-b", "other"), fc.stringMatching(GROUP_PATTERN), fc.string()),
    { maxLength: 70 },
  );
  const claim = fc.oneof(names, fc.string(), fc.jsonValue(), fc.array(fc.jsonValue()));
  const overage = fc.oneof(fc.constant(undefined), fc.jsonValue(), fc.constant({ "cognito:groups": "src1" }));

  it("the groups are handed on whole, or refused by name, or the token is denied", async () => {
    const property = fc.asyncProperty(claim, overage, async (found, _claim_names) => {
      const context = await answer(
        { "cognito:groups": found, _claim_names },
        { ...COGNITO, groupPrefix: "studio-" },
      );
      // JSON has no undefined, and a token is read from JSON.
      const list = [JSON.parse(JSON.stringify(found)) as unknown].flat();
      const counting = new Set(
        list.filter(
          (name): name is string =>
            typeof name === "string" && name.startsWith("studio-") && GROUP_PATTERN.test(name),
        ),
      );
      if (typeof context === "string") {
        expect(DENIAL_CODES).toContain(context);
        if (list.every((name) => typeof name === "string")) expect(context).toBe("token_too_large");
        return;
      }
      const { groups: handed, groupsRefused } = context as { groups?: string; groupsRefused?: string };
      expect([handed, groupsRefused].filter((one) => one !== undefined)).toHaveLength(1);
      if (handed === undefined) expect(groupsRefused).toBe("too_many_groups");
      else expect(JSON.parse(handed)).toEqual([...counting]);
    });
    await fc.assert(property, { numRuns: 500 });
  });
});
