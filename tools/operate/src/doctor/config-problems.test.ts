import { configProblems } from "./config-problems";

const OUTPUT = `/checkout/lib/config/src/load.ts:29
  throw new ConfigError(path, validation.problems);
        ^

ConfigError: config/test.json: 3 problems

1. region = "mars": odd
   rule:   must be a region of the aws partition
   remedy: write a region code such as eu-west-1

2. dataretention = (not shown)
   rule:   unknown key
   remedy: did you mean dataRetention?

3. the file must exist; looked for /a and /b
   remedy: set STUDIO_ACCESS_CONFIG to a config file
    at loadConfig (/checkout/lib/config/src/load.ts:29:54)
    at Object.<anonymous> (/checkout/stacks/main.ts:4:10)

Node.js v20.20.2`;

describe("problems of a config", () => {
  it("are read from what the app printed", () => {
    expect(configProblems(OUTPUT)).toEqual([
      {
        where: 'region = "mars": odd',
        rule: "must be a region of the aws partition",
        remedy: "write a region code such as eu-west-1",
      },
      { where: "dataretention = (not shown)", rule: "unknown key", remedy: "did you mean dataRetention?" },
      {
        where: "",
        rule: "the file must exist; looked for /a and /b",
        remedy: "set STUDIO_ACCESS_CONFIG to a config file",
      },
    ]);
  });

  it("are none where the app failed for another reason", () => {
    expect(configProblems("Error: networking/Forgetful names no provider\n    at synth")).toEqual([]);
  });
});
