import { resolve } from "node:path";
import { chosenConfigFile } from "./config-file";

const PROJECT = resolve(__dirname, "../../..");

describe("the config file that a program works on", () => {
  const named = { STUDIO_ACCESS_CONFIG: "/named.json" };
  const local = resolve(PROJECT, "config/local.json");

  it.each([
    ["the one that was asked for", "/asked.json", named, "/asked.json"],
    ["else the one of the environment", undefined, named, "/named.json"],
    ["else the local one of the project", undefined, {}, local],
    ["the local one where the variable is empty", undefined, { STUDIO_ACCESS_CONFIG: "" }, local],
    ["looked for where the command was called", "asked.json", {}, resolve("asked.json")],
  ])("is %s", (_what, asked, variables, file) => {
    expect(chosenConfigFile(asked, variables)).toBe(file);
  });

  it("is looked for in the project's folder where the current directory has none", () => {
    const home = process.cwd();
    process.chdir(__dirname);
    try {
      expect(chosenConfigFile("config/example.json", {})).toBe(resolve(PROJECT, "config/example.json"));
      expect(chosenConfigFile("load.ts", {})).toBe(resolve(__dirname, "load.ts"));
    } finally {
      process.chdir(home);
    }
  });
});
