import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadConfig } from "@studio-access/config";
import { readStateFolder } from "@studio-access/terraform";

import { proveState, type ProveOptions } from "./prove-state";

const ROOT = join(__dirname, "../../../..");
const FIXTURES = join(ROOT, "tools/verify/fixtures");
const STACKS = ["networking", "access", "lob-a", "lob-b", "on-premise"];

const unreachable: ProveOptions["environment"] = () =>
  Promise.reject(new Error("the environment's own state was read"));

let folder: string;
let config: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "verify-"));
  await mkdir(join(folder, "state"));
  for (const stack of STACKS)
    await copyFile(join(FIXTURES, `${stack}.state.json`), join(folder, "state", `${stack}.tfstate`));
  config = join(folder, "config.json");
  await writeFile(config, JSON.stringify(loadConfig(join(ROOT, "config/local.json"))));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("a verification of a folder", () => {
  it("reads its files and the config, and no other state", async () => {
    const args = { stateDir: join(folder, "state"), config };
    const { ok, verdict } = await proveState(args, { variables: {}, environment: unreachable });
    expect(verdict).toMatch(/^local: all \d+ cells are as the config calls for$/);
    expect(ok).toBe(true);
  });

  it("uses the config of STUDIO_ACCESS_CONFIG when none is named", async () => {
    const args = { stateDir: join(folder, "state") };
    const variables = { STUDIO_ACCESS_CONFIG: config };
    await expect(proveState(args, { variables, environment: unreachable })).resolves.toMatchObject({
      ok: true,
    });
  });

  it.each([
    ["/nowhere", "state of /nowhere: there is no such folder"],
    [__dirname, "the folder holds no STACK.tfstate"],
  ])("explains the problem with %s", async (stateDir, problem) => {
    const options = { variables: { STUDIO_ACCESS_CONFIG: config }, environment: unreachable };
    await expect(proveState({ stateDir }, options)).rejects.toThrow(problem);
  });
});

describe("a verification of an environment", () => {
  it("reads its own state, with the named config", async () => {
    const asked: string[] = [];
    const environment: ProveOptions["environment"] = async (configFile) => {
      asked.push(configFile);
      return (await readStateFolder(join(folder, "state"))).flatMap(({ instances }) => instances);
    };
    const args = { config };
    await expect(proveState(args, { variables: {}, environment })).resolves.toMatchObject({ ok: true });
    expect(asked).toEqual([config]);
  });
});
