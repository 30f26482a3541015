import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadConfig } from "@studio-access/config";
import { readStateFolder, synthesizedStacks } from "@studio-access/terraform";

import { parseArguments } from "./arguments";
import { proveState, type StateSources } from "./prove-state";
import { readStacks } from "./read-environment";

const ROOT = join(__dirname, "../../../..");
const FIXTURES = join(ROOT, "tools/verify/fixtures");
const STACKS = ["networking", "access", "lob-a", "lob-b"];

const unreachable: StateSources = {
  environment: () => Promise.reject(new Error("Terraform was asked")),
};

let folder: string;
let config: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "verify-"));
  await mkdir(join(folder, "state"));
  for (const stack of STACKS)
    await copyFile(join(FIXTURES, `${stack}.state.json`), join(folder, "state", `${stack}.tfstate`));
  config = join(folder, "config.json");
  await writeFile(
    config,
    JSON.stringify({ ...loadConfig(join(ROOT, "config/local.json")), onPremise: null }),
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("a verification of a folder", () => {
  it("reads its files and the config, and calls neither Terraform nor AWS", async () => {
    const args = parseArguments(["--state-dir", join(folder, "state"), "--config", config]);
    const { ok, verdict } = await proveState(args, { variables: {}, sources: unreachable });
    expect(verdict).toMatch(/^local: all \d+ cells are as the config calls for$/);
    expect(ok).toBe(true);
  });

  it("uses the config of STUDIO_ACCESS_CONFIG when none is named", async () => {
    const args = parseArguments(["--state-dir", join(folder, "state")]);
    const variables = { STUDIO_ACCESS_CONFIG: config };
    await expect(proveState(args, { variables, sources: unreachable })).resolves.toMatchObject({
      ok: true,
    });
  });

  it.each([
    [["--state-dir", "/nowhere"], "state of /nowhere: there is no such folder"],
    [["--state-dir", __dirname], "the folder holds no STACK.tfstate"],
  ])("explains the problem with %j", async (args, problem) => {
    const options = { variables: { STUDIO_ACCESS_CONFIG: config }, sources: unreachable };
    await expect(proveState(parseArguments(args), options)).rejects.toThrow(problem);
  });
});

describe("a verification of an environment", () => {
  it("reads the states through Terraform, with the named config", async () => {
    const asked: unknown[] = [];
    const sources: StateSources = {
      environment: async (options) => {
        asked.push(options);
        return (await readStateFolder(join(folder, "state"))).flatMap(({ instances }) => instances);
      },
    };
    const args = parseArguments(["--config", config, "--no-install"]);
    await expect(proveState(args, { variables: {}, sources })).resolves.toMatchObject({
      ok: true,
    });
    expect(asked).toEqual([{ configFile: config, noInstall: true }]);
  });

  it("reads every synthesized stack, including those that only an administrator deploys", async () => {
    const stack = { dependencies: [] };
    const manifest = { stacks: { networking: stack, "ci-access": stack, "ci-access-lob-a": stack } };
    await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    const names = (await synthesizedStacks(folder)).map(({ name }) => name);
    expect(names).toEqual(["networking", "ci-access", "ci-access-lob-a"]);
    const resource = { address: "aws_vpc.V", type: "aws_vpc", mode: "managed", values: { id: "vpc-1" } };
    const shown: Readonly<Record<string, object>> = {
      networking: { format_version: "1.0", values: { root_module: { resources: [resource] } } },
    };
    // `terraform show` prints no values for a stack that was never applied.
    const never = { format_version: "1.0" };
    const resources = await readStacks(names, (stack) =>
      Promise.resolve(JSON.stringify(shown[stack] ?? never)),
    );
    expect(resources).toEqual([expect.objectContaining({ stack: "networking", type: "aws_vpc" })]);
  });
});
