import { nearest } from "./suggestion";

describe("nearest", () => {
  it.each([
    ["profil", ["profile", "assumeRole"], "profile"],
    ["ORGANIZATIONID", ["region", "organizationId"], "organizationId"],
    ["retian", ["delete", "retain"], "retain"],
    ["password", ["name", "cidr", "users"], undefined],
    ["x", [], undefined],
  ])("takes %s among %j for %s", (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});
