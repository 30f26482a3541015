import { fakeFacts, inShort } from "../testing/fake-facts";
import { configCheck, synthesisFinding } from "./config-validity";

const PROBLEMS = [
  {
    path: "region",
    value: '"mars"',
    rule: "must be a region of the aws partition",
    remedy: "write a region code such as eu-west-1",
  },
  { path: "", value: "", rule: "the file must exist", remedy: "make it" },
];

describe("the config", () => {
  it("passes and is named when it is valid", async () => {
    await expect(configCheck(fakeFacts()).find()).resolves.toEqual([
      { check: "config", result: "ok", detail: "test.json is valid, and every stack synthesizes" },
    ]);
  });

  it("fails once for each of its problems, with their remedies", async () => {
    await expect(configCheck(fakeFacts({ problems: PROBLEMS })).find()).resolves.toEqual([
      {
        check: "config",
        result: "fail",
        detail: 'region = "mars": must be a region of the aws partition',
        remedy: "write a region code such as eu-west-1",
      },
      { check: "config", result: "fail", detail: "the file must exist", remedy: "make it" },
    ]);
  });

  it("fails when it is valid but its stacks do not synthesize", async () => {
    const facts = fakeFacts({ synthesis: { ok: false, output: "Error: no zip" } });
    expect(inShort(await configCheck(facts).find())).toEqual(["fail config"]);
  });

  it("shows the end of the app's output, without the stack trace, when the stacks do not synthesize", () => {
    const output = ["bundling", "", "Error: no zip", "    at readFile", "Node.js v20"].join("\n");
    expect(synthesisFinding("test.json", { ok: false, output })).toEqual({
      check: "config",
      result: "fail",
      detail: "the stacks do not synthesize: bundling / Error: no zip / Node.js v20",
      remedy: "run `npm run synth`, which shows all of it",
    });
  });
});
