import { sampleConfig } from "./testing/sample";
import { userRowsOf } from "./user-rows";

function rows(change: (config: ReturnType<typeof sampleConfig>) => void): readonly string[][] {
  const config = sampleConfig();
  change(config);
  return config.linesOfBusiness.map((lob) =>
    userRowsOf(config, lob).map(({ user, isBlocked }) => `${user}${isBlocked ? " blocked" : ""}`),
  );
}

describe("rows of the users table", () => {
  it("are those of the listed users", () => {
    expect(rows(() => undefined)).toEqual([["ann", "bob"], ["cai"]]);
  });

  it("say who is blocked, wherever that is", () => {
    const blocked = rows((config) => {
      config.linesOfBusiness[0]!.blockedUsers = ["bob", "cai"];
    });
    expect(blocked).toEqual([["ann", "bob blocked"], ["cai blocked"]]);
  });

  it("are one for a person who is listed nowhere, in the first line of business that blocks them", () => {
    const blocked = rows((config) => {
      config.linesOfBusiness[0]!.blockedUsers = ["eve.doe@example.com"];
      config.linesOfBusiness[1]!.blockedUsers = ["eve.doe@example.com"];
    });
    expect(blocked).toEqual([["ann", "bob", "m--eve--doe---example--com blocked"], ["cai"]]);
  });
});
