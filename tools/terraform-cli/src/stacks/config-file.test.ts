import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { checkoutRoot } from "../checkout";

import { readConfig } from "./config-file";

const CREDENTIALS = '{ "profile": "NAME" } or { "assumeRole": "arn:aws:iam::ACCOUNT:role/NAME" }';

describe("the config of an environment", () => {
  let folder: string;
  let file: string;
  let sample: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "studio-access-config-"));
    file = join(folder, "config.json");
    sample = JSON.parse(await readFile(join(checkoutRoot(), "config/local.json"), "utf8")) as typeof sample;
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  async function reading(config: string | object): Promise<unknown> {
    await writeFile(file, typeof config === "string" ? config : JSON.stringify(config));
    return readConfig(file, {});
  }

  async function problem(config: string | object): Promise<string> {
    const error = await reading(config).catch((reason: unknown) => reason);
    return error instanceof Error ? error.message : "none";
  }

  it("is all that the file holds, whatever stands in the parts that no command reads", async () => {
    const config = { ...sample, network: "none", unheardOf: [7] };
    await expect(reading(config)).resolves.toEqual(config);
  });

  it("may break rules: synth lists all of those", async () => {
    const [lob] = sample["linesOfBusiness"] as readonly [object];
    const config = { ...sample, region: "mars", linesOfBusiness: [{ ...lob, users: ["user-*"] }, lob] };
    await expect(reading(config)).resolves.toEqual(config);
  });

  it.each(["local.json", "example.json"])("may be config/%s", async (name) => {
    await expect(readConfig(join(checkoutRoot(), "config", name), {})).resolves.toHaveProperty("environment");
  });

  it("may begin with a byte order mark", async () => {
    await expect(reading(`\uFEFF${JSON.stringify(sample)}`)).resolves.toEqual(sample);
  });

  it("is refused with every part that is missing, and where to read about them", async () => {
    const said = await problem({ bad: 1 });
    expect(said).toMatch(
      /config\.json: 8 problems\n\n1\. environment = \(missing\)\n {3}rule: {3}required\n/,
    );
    for (const part of ["region", "state", "sharedServices", "studio", "identity", "linesOfBusiness"]) {
      expect(said).toContain(` ${part} = (missing)\n`);
    }
    expect(said).toMatch(/remedy: add it: a list\n\nconfig\/README\.md and config\/schema\.json/);
  });

  it.each([
    [
      "an account id without quotes",
      { id: 222222222222 },
      ".id = 222222222222",
      "must be a string, is a number",
      "put it in double quotes",
    ],
    ["no account id", { id: undefined }, ".id = (missing)", "required", "add it: a string"],
    [
      "credentials of no kind",
      { credentials: { profil: "a" } },
      ".credentials",
      `must be ${CREDENTIALS}`,
      "write one of these",
    ],
    [
      "no credentials",
      { credentials: undefined },
      ".credentials = (missing)",
      "required",
      `add it: ${CREDENTIALS}`,
    ],
  ])("is refused with %s, and says where", async (_what, change, where, rule, remedy) => {
    const [lob] = sample["linesOfBusiness"] as readonly [{ readonly account: object }];
    const broken = { ...lob, account: { ...lob.account, ...change } };
    expect(await problem({ ...sample, linesOfBusiness: [lob, broken] })).toContain(
      `: 1 problem\n\n1. linesOfBusiness[1].account${where}\n   rule:   ${rule}\n   remedy: ${remedy}\n\n`,
    );
  });

  it.each([
    [
      "a list that is none",
      { linesOfBusiness: "a" },
      "linesOfBusiness",
      "must be a list, is a string",
      "write a value of that type",
    ],
    [
      "a number in quotes",
      { studio: { urlExpiresSeconds: "20" } },
      "studio.urlExpiresSeconds",
      "must be a number, is a string",
      "remove the quotes",
    ],
    [
      "a state nowhere",
      { state: { backend: "git" } },
      "state.backend",
      'must be "local" or "s3"',
      "write one of these",
    ],
    [
      "a local state in no folder",
      { state: { backend: "local" } },
      "state.directory = (missing)",
      "required",
      "add it: a string",
    ],
    [
      "a simulator that is true",
      { onPremise: true },
      "onPremise = true",
      "must be an object, is a boolean",
      "write a value of that type",
    ],
    [
      "an Organization's number",
      { organizationId: 7 },
      "organizationId = 7",
      "must be an Organization's id in double quotes, or null",
      "write one of these",
    ],
  ])("is refused with %s, and says how to mend it", async (_what, change, where, rule, remedy) => {
    expect(await problem({ ...sample, ...change })).toContain(
      `: 1 problem\n\n1. ${where}\n   rule:   ${rule}\n   remedy: ${remedy}\n\n`,
    );
  });

  it("is refused where it is no object", async () => {
    expect(await problem([])).toContain(
      "1. must be an object, is a list\n   remedy: write a value of that type",
    );
  });

  it("is refused without repeating a text that stands in the wrong place", async () => {
    const config = { ...sample, studio: "hunter2", identity: { provider: ["hunter3"] } };
    expect(await problem(config)).not.toContain("hunter");
  });

  it.each([
    [
      "a comma too many",
      '{\n  "region": "eu-west-1",\n}',
      "line 3, column 1\n   rule:   the file must be JSON; here: property name expected",
    ],
    [
      "words without quotes",
      '{\n  "region": secret }',
      "line 2, column 13\n   rule:   the file must be JSON; here: invalid symbol",
    ],
    ["nothing in it", "", "line 1, column 1\n   rule:   the file must be JSON; here: value expected"],
  ])("is refused with %s, and says in which line, without quoting it", async (_what, text, words) => {
    const said = await problem(text);
    expect(said).toContain(`config.json: 1 problem\n\n1. ${words}\n   remedy: mend the syntax`);
    expect(said).not.toContain("secret");
  });

  it("is refused where there is none, with what to pass", async () => {
    const none = join(folder, "none.json");
    await expect(readConfig(none, {})).rejects.toThrow(
      `${none}: 1 problem\n\n1. the file must exist\n   remedy: name a config with --config FILE`,
    );
  });

  it("is refused where there is none, with the variable that names it", async () => {
    const none = join(folder, "none.json");
    await expect(readConfig(none, { STUDIO_ACCESS_CONFIG: none })).rejects.toThrow(
      "1. the file must exist. STUDIO_ACCESS_CONFIG names it\n   remedy: ",
    );
  });

  it("is refused where it cannot be read, with the reason", async () => {
    await expect(readConfig(folder, {})).rejects.toThrow("must be readable; reading it failed: EISDIR");
  });
});
