import { chosenConfigFile, loadConfig } from "@studio-access/config";

import { letters, MOST_LOBS, withLobs } from "./lob-count";

describe("a config with a given number of lines of business", () => {
  const config = loadConfig(chosenConfigFile(undefined, {}));

  it("keeps the lines of business of the config", () => {
    expect(withLobs(config, 3).linesOfBusiness.slice(0, 2)).toEqual(config.linesOfBusiness);
    expect(withLobs(config, 1).linesOfBusiness).toEqual(config.linesOfBusiness.slice(0, 1));
  });

  it("gives each its own name, account, network and users", () => {
    const lobs = withLobs(config, MOST_LOBS).linesOfBusiness;
    for (const values of [
      lobs.map(({ name }) => name),
      lobs.map(({ account }) => account.id),
      lobs.map(({ cidr }) => cidr),
      lobs.flatMap(({ users }) => users),
    ]) {
      expect(new Set(values).size).toBe(MOST_LOBS);
    }
  });

  it.each([0, -1, 2.5, MOST_LOBS + 1, Number.NaN])("refuses %p", (count) => {
    expect(() => withLobs(config, count)).toThrow(/--lobs takes a whole number from 1 to 250/);
  });

  it("names new ones with letters, like columns of a spreadsheet", () => {
    expect([0, 25, 26, 51, 52].map(letters)).toEqual(["a", "z", "aa", "az", "ba"]);
  });
});
