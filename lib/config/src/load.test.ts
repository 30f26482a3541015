import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonSchemaText } from "./json-schema";
import { CONFIG_VARIABLE, DEFAULT_CONFIG_FILE } from "./config-file";
import { configFrom, examineConfig, loadConfig } from "./load";
import { ConfigError } from "./report";
import { sampleConfig } from "./testing/sample";

const FOLDER = resolve(__dirname, "../../../config");
const COMMITTED = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

describe("loadConfig", () => {
  const variable = process.env[CONFIG_VARIABLE];
  const home = process.cwd();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config-"));
    process.env[CONFIG_VARIABLE] = "";
  });

  afterEach(() => {
    process.chdir(home);
    if (variable === undefined) Reflect.deleteProperty(process.env, CONFIG_VARIABLE);
    else process.env[CONFIG_VARIABLE] = variable;
    rmSync(folder, { recursive: true });
  });

  /** Writes a file into the test's folder; its path. */
  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  /** The message of the error that loading must end in. */
  function failure(path?: string): string {
    try {
      loadConfig(path);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as ConfigError).message;
    }
    throw new Error("loaded, though it should not");
  }

  it("reads the file that it is given", () => {
    expect(loadConfig(file("x.json", JSON.stringify(sampleConfig())))).toEqual(sampleConfig());
  });

  it("reads the file that the environment names", () => {
    process.env[CONFIG_VARIABLE] = file("x.json", JSON.stringify(sampleConfig()));
    expect(loadConfig().environment).toBe("test");
  });

  it("reads the default where nothing is named", () => {
    expect(loadConfig()).toEqual(loadConfig(DEFAULT_CONFIG_FILE));
  });

  it("looks in the current directory first, then in the project's", () => {
    process.chdir(folder);
    expect(loadConfig("config/local.json").environment).toBe("local");
    mkdirSync(join(folder, "config"));
    file("config/local.json", JSON.stringify(sampleConfig()));
    expect(loadConfig("config/local.json").environment).toBe("test");
  });

  it("says where it looked for a missing file, and how to name another", () => {
    process.chdir(folder);
    const message = failure("config/nowhere.json");
    expect(message).toContain(
      `1. the file must exist; looked for ${resolve("config/nowhere.json")} and ${resolve(FOLDER, "nowhere.json")}\n`,
    );
    expect(message).toContain("remedy: name a config with --config FILE or STUDIO_ACCESS_CONFIG=FILE");
  });

  it.each([
    ["an absolute path", () => join(folder, "none.json")],
    ["a relative path", () => "config/nowhere.json"],
  ])("says that the variable names the missing file, by %s", (_what, path) => {
    process.env[CONFIG_VARIABLE] = path();
    expect(failure()).toMatch(/the file must exist; looked for .*\. STUDIO_ACCESS_CONFIG names it\n/);
    expect(failure(join(folder, "other.json"))).not.toContain("names it");
  });

  it("says so when it cannot read the file", () => {
    expect(failure(folder)).toMatch(/must be readable; reading it failed: EISDIR/);
  });

  it("reads a file that begins with a byte order mark", () => {
    expect(loadConfig(file("x.json", `\uFEFF${JSON.stringify(sampleConfig())}`))).toEqual(sampleConfig());
  });

  it("says line and column of broken JSON", () => {
    expect(failure(file("x.json", '{\n  "region": eu }'))).toMatch(/1 problem\n\n1\. line 2, column 13\n/);
  });

  it("quotes nothing of a file that is not JSON", () => {
    expect(failure(file("x.json", '{ "password": hunter2 }'))).not.toContain("hunter");
  });

  it("lists every problem of the config", () => {
    const config = { ...sampleConfig(), region: "mars", dataRetention: "burn" };
    const lines = failure(file("x.json", JSON.stringify(config))).split("\n");
    expect(lines[0]).toMatch(/x\.json: 2 problems$/);
    expect(lines).toContain('1. region = "mars"');
    expect(lines).toContain('2. dataRetention = "burn"');
  });
});

describe("examineConfig", () => {
  const folder = mkdtempSync(join(tmpdir(), "config-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function examined(text: string): ReturnType<typeof examineConfig> {
    const path = join(folder, "x.json");
    writeFileSync(path, text);
    return examineConfig(path, {});
  }

  it("gives the config where it has no problem", () => {
    expect(examined(JSON.stringify(sampleConfig()))).toEqual({ config: sampleConfig() });
  });

  it("gives the problems as data, and a draft of the usable parts", () => {
    const config = sampleConfig();
    config.linesOfBusiness[1]!.cidr = config.linesOfBusiness[0]!.cidr;
    expect(examined(JSON.stringify({ ...config, logRetentionDays: 31 }))).toMatchObject({
      problems: [
        { path: "logRetentionDays", value: "31" },
        { path: "linesOfBusiness[1].cidr", value: '"10.100.0.0/16"' },
      ],
      draft: { linesOfBusiness: config.linesOfBusiness },
    });
  });

  it.each([["no JSON"], ["null"], ["[]"]])("gives an empty draft of %s", (text) => {
    expect(examined(text)).toMatchObject({ problems: [{}], draft: {} });
    expect(examined(text)).toHaveProperty("draft", {});
  });

  it("gives an empty draft of a file that is not there", () => {
    expect(examineConfig(join(folder, "none.json"), {})).toMatchObject({
      problems: [{ path: "", rule: expect.stringMatching(/^the file must exist/) as unknown }],
      draft: {},
    });
  });
});

describe("configFrom", () => {
  it("takes a value that is a config", () => {
    expect(configFrom(sampleConfig(), "recording")).toEqual(sampleConfig());
  });

  it("lists every problem of one that is none, under the name of its source", () => {
    expect(() => configFrom({ ...sampleConfig(), region: "mars", tags: [] }, "recording")).toThrow(
      /^recording: 2 problems\n/,
    );
  });
});

describe("the files in config/", () => {
  const notConfigs = ["plan-review.json", "schema.json", "example.json"];

  it.each(COMMITTED.filter((name) => !notConfigs.includes(name)))(
    "%s is valid, and names its schema",
    (name) => {
      expect(loadConfig(join(FOLDER, name)).$schema).toBe("./schema.json");
    },
  );

  it("schema.json is what `npm run schema` writes", () => {
    expect(readFileSync(join(FOLDER, "schema.json"), "utf8")).toBe(jsonSchemaText());
  });

  it("example.json has no problems but the values that are to be replaced", () => {
    expect(examineConfig(join(FOLDER, "example.json"))).toMatchObject({
      problems: [
        { path: "state.bucket", rule: expect.stringContaining("replace-me") as unknown },
        { path: "tags.CostCenter", rule: expect.stringContaining("replace-me") as unknown },
      ],
      draft: { $schema: "./schema.json" },
    });
  });

  it("example.json keeps the data of real accounts", () => {
    expect(examineConfig(join(FOLDER, "example.json"))).toMatchObject({ draft: { dataRetention: "retain" } });
  });
});
