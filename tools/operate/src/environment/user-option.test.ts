import { userOption } from "./user-option";

describe("userOption", () => {
  it.each(["jane-doe", "jane.doe@example.com"])("takes %s, as the config has it", (name) => {
    expect(userOption(name)).toBe(name);
  });

  it("takes the name of a profile, as AWS shows it", () => {
    expect(userOption("m--jane--doe---example--com")).toBe("jane.doe@example.com");
  });

  it.each(["", "*", "a/b", "${a}", "m--a--", `${"a".repeat(60)}@example.com`])("refuses %j", (text) => {
    expect(() => userOption(text)).toThrow("as the config has it");
  });
});
