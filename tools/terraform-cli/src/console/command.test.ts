import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { studioCommand, type CommandHelp } from "./command";
import { keptByNpm } from "./npm-options";

const HELP: CommandHelp = { name: "remove", description: "Removes.", examples: [["./studio remove", "all"]] };
const GOOD = join(__dirname, "../../../../config/local.json");

let folder: string;
const before = { ...process.env };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "command-"));
});

afterEach(async () => {
  process.env = { ...before };
  await rm(folder, { recursive: true });
});

/** Runs a command with these words. @returns whether its work was done */
async function typed(...args: readonly string[]): Promise<boolean> {
  let done = false;
  const command = studioCommand(HELP)
    .option("--dry-run", "removes nothing")
    .option("--json <file>", "a report")
    .action(() => {
      done = true;
    });
  await command.parseAsync([...args], { from: "user" });
  return done;
}

describe("a command", () => {
  it("does its work with a good config", async () => {
    await expect(typed("--config", GOOD, "--json", join(folder, "report.json"))).resolves.toBe(true);
  });

  it.each([
    ["a config that is not there", ["--config", "/nowhere.json"], "/nowhere.json: 1 problem"],
    ["a report in a folder that is not there", ["--json", "/nowhere/r.json"], "there is no folder /nowhere"],
    ["a report that is a folder", ["--json", tmpdir()], "this is a folder; name a file in it"],
  ])("does nothing with %s", async (_what, args, message) => {
    await expect(typed("--config", GOOD, ...args)).rejects.toThrow(message);
  });

  it("does nothing when npm kept an option, and says how to write it", async () => {
    Object.assign(process.env, { npm_lifecycle_event: "remove", npm_config_dry_run: "true" });
    await expect(typed("--config", GOOD)).rejects.toThrow(
      "npm kept --dry-run for itself, so nothing was done. Write `./studio remove --dry-run …`, or `npm run remove -- --dry-run …`.",
    );
  });
});

describe("an option that npm kept", () => {
  const flags = ["--dry-run", "--no-install", "--json"];

  it.each([
    ["with a value", { npm_config_dry_run: "true" }, ["--dry-run"]],
    ["switched off", { npm_config_install: "" }, ["--no-install"]],
    ["of npm alone", { npm_config_loglevel: "silent" }, []],
    ["none", {}, []],
  ])("is found in the environment: %s", (_what, env, kept) => {
    expect(keptByNpm("remove", flags, { npm_lifecycle_event: "remove", ...env })).toEqual(kept);
  });

  it("belongs to another script where that one runs the command", () => {
    const env = { npm_lifecycle_event: "deploy-all", npm_config_json: "true" };
    expect(keptByNpm("remove", flags, env)).toEqual([]);
  });
});
