import { fakeFacts } from "../testing/fake-facts";
import { configCheck, configFindings } from "./config-validity";

const PROBLEMS = `ConfigError: test.json: 2 problems

1. region = "mars"
   rule:   must be a region of the aws partition
   remedy: write a region code such as eu-west-1

2. the file must be JSON
   remedy: correct it
    at main.ts`;

describe("the config", () => {
  it("that is valid is named", async () => {
    await expect(configCheck(fakeFacts()).find()).resolves.toEqual([
      { check: "config", result: "ok", detail: "test.json is valid, and every stack synthesizes" },
    ]);
  });

  it("fails once for each of its problems, with their remedies", () => {
    expect(configFindings("test.json", { ok: false, output: PROBLEMS })).toEqual([
      {
        check: "config",
        result: "fail",
        detail: 'region = "mars": must be a region of the aws partition',
        remedy: "write a region code such as eu-west-1",
      },
      { check: "config", result: "fail", detail: "the file must be JSON", remedy: "correct it" },
    ]);
  });

  it("whose stacks do not synthesize shows the end of what the app said, without its trace", () => {
    const output = ["bundling", "", "Error: no zip", "    at readFile", "Node.js v20"].join("\n");
    expect(configFindings("test.json", { ok: false, output })).toEqual([
      {
        check: "config",
        result: "fail",
        detail: "the stacks do not synthesize: bundling / Error: no zip / Node.js v20",
        remedy: "run `npm run synth`, which shows all of it",
      },
    ]);
  });
});
