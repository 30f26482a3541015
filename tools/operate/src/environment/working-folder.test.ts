import { workingFolder } from "./working-folder";

const usual = {
  root: "/checkout",
  configFile: "/checkout/config/prod.json",
  environment: "prod",
  command: "open",
};

describe("the working folder", () => {
  it("is the same for every run of a command, and is ignored by git", () => {
    expect(workingFolder(usual)).toBe(workingFolder({ ...usual }));
    expect(workingFolder(usual)).toMatch(/^\/checkout\/\.studio-access\/operate\/prod-[0-9a-f]{8}\/open$/);
  });

  it.each([
    ["another command", { command: "drift" }],
    ["another config file", { configFile: "/elsewhere/prod.json" }],
    ["another environment", { environment: "test" }],
  ])("is not shared with %s", (_what, change) => {
    expect(workingFolder({ ...usual, ...change })).not.toBe(workingFolder(usual));
  });
});
