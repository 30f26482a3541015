import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonSchemaText } from "./json-schema";
import { CONFIG_VARIABLE, DEFAULT_CONFIG_FILE, loadConfig } from "./load";
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

  it("says where it looked for a missing file, and what to set", () => {
    const message = failure("config/nowhere.json");
    expect(message).toContain(resolve(FOLDER, "nowhere.json"));
    expect(message).toMatch(/remedy: set STUDIO_ACCESS_CONFIG to a config file/);
  });

  it("says so when it cannot read the file", () => {
    expect(failure(folder)).toMatch(/must be readable.*EISDIR/);
  });

  it("says line and column of broken JSON", () => {
    expect(failure(file("x.json", '{\n  "region": eu }'))).toMatch(/1 problem\n\n1\. line 2, column 13\n/);
  });

  it("lists every problem of the config", () => {
    const config = { ...sampleConfig(), region: "mars", dataRetention: "burn" };
    const lines = failure(file("x.json", JSON.stringify(config))).split("\n");
    expect(lines[0]).toMatch(/x\.json: 2 problems$/);
    expect(lines).toContain('1. region = "mars"');
    expect(lines).toContain('2. dataRetention = "burn"');
  });
});

describe("the files in config/", () => {
  it.each(COMMITTED.filter((name) => !["plan-review.json", "schema.json"].includes(name)))(
    "%s is valid, and names its schema",
    (name) => {
      expect(loadConfig(join(FOLDER, name)).$schema).toBe("./schema.json");
    },
  );

  it("schema.json is what `npm run schema` writes", () => {
    expect(readFileSync(join(FOLDER, "schema.json"), "utf8")).toBe(jsonSchemaText());
  });

  it("example.json keeps the data of real accounts", () => {
    expect(loadConfig(join(FOLDER, "example.json")).dataRetention).toBe("retain");
  });
});
