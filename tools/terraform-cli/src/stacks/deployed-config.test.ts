import { resolve } from "node:path";

import { chosenConfigFile } from "./deployed-config";

describe("the config that a command works on", () => {
  const named = { STUDIO_ACCESS_CONFIG: "/named.json" };

  it.each([
    ["the one that was asked for", "/asked.json", named, "/asked.json"],
    ["else the one of the environment", undefined, named, "/named.json"],
    ["else the local one of the checkout", undefined, {}, "/checkout/config/local.json"],
    [
      "the local one as well where that of the environment is empty",
      undefined,
      { STUDIO_ACCESS_CONFIG: "" },
      "/checkout/config/local.json",
    ],
    ["looked for where the command was called", "asked.json", {}, resolve("asked.json")],
  ])("is %s", (_what, asked, variables, file) => {
    expect(chosenConfigFile("/checkout", asked, variables)).toBe(file);
  });
});
