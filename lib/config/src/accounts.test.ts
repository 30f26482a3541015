import { accountsOf, namedAccounts } from "./accounts";
import { sampleConfig } from "./testing/sample";
import { validate } from "./validate";

describe("the accounts of a config", () => {
  it("are that of shared services, then one per line of business", () => {
    expect(accountsOf(sampleConfig()).map(({ id }) => id)).toEqual([
      "111111111111",
      "222222222222",
      "333333333333",
    ]);
  });

  it("have names and places, the shared-services account first", () => {
    expect(namedAccounts(sampleConfig()).map(({ name, path, entry }) => [name, path, entry.id])).toEqual([
      ["shared-services", "sharedServices", "111111111111"],
      ["lob-a", "linesOfBusiness[0].account", "222222222222"],
      ["lob-b", "linesOfBusiness[1].account", "333333333333"],
    ]);
  });

  it("are left out of a draft where id, name or credentials are missing", () => {
    const config = sampleConfig();
    const [lobA, lobB] = config.linesOfBusiness;
    lobA!.account.credentials = { profile: "lob-a" };
    const broken = [
      { ...lobB, name: 7 },
      { ...lobB, account: { id: 7, credentials: { profile: "x" } } },
      { ...lobB, account: { id: "333333333333", credentials: { profil: "x" } } },
      { ...lobB, account: undefined },
      null,
    ];
    const validation = validate({ ...config, linesOfBusiness: [...broken, lobA] });
    const draft = "draft" in validation ? validation.draft : {};
    expect(namedAccounts(draft)).toEqual([
      { name: "shared-services", path: "sharedServices", entry: config.sharedServices },
      { name: "lob-a", path: "linesOfBusiness[5].account", entry: lobA!.account },
    ]);
  });
});
