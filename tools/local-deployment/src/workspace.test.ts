import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadConfig } from "@studio-access/config";
import { checkoutRoot } from "@studio-access/terraform-cli";

import { prepareWorkspace } from "./workspace";

describe("the workspace of a local deployment", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "studio-access-workspace-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function configFile(state: unknown): Promise<string> {
    const file = join(root, "config.json");
    await writeFile(
      file,
      JSON.stringify({ ...loadConfig(join(checkoutRoot(), "config/local.json")), state }),
    );
    return file;
  }

  it.each([
    ["outside the scratch folder", { backend: "local", directory: "state" }],
    ["in the checkout's own folder", { backend: "local", directory: "." }],
    ["in S3", { backend: "s3", bucket: "ours", region: "eu-west-1" }],
    ["in the scratch folder itself", { backend: "local", directory: ".studio-access" }],
  ])("refuses a config with its state %s, and does not change that state", async (_where, state) => {
    await mkdir(join(root, "state"));
    await writeFile(join(root, "state", "networking.tfstate"), "real");
    await expect(prepareWorkspace({ root, configFile: await configFile(state) })).rejects.toThrow(
      /may be a real environment's/,
    );
    await expect(readFile(join(root, "state", "networking.tfstate"), "utf8")).resolves.toBe("real");
  });

  it("moves the state of an earlier local AWS to another folder", async () => {
    const directory = ".studio-access/state/local";
    await mkdir(join(root, directory), { recursive: true });
    await writeFile(join(root, directory, "networking.tfstate"), "old");
    const workspace = await prepareWorkspace({
      root,
      configFile: await configFile({ backend: "local", directory }),
    });
    expect(workspace.stateDirectory).toBe(join(root, directory));
    await expect(readFile(join(root, `${directory}.previous`, "networking.tfstate"), "utf8")).resolves.toBe(
      "old",
    );
    await expect(readFile(join(root, directory, "networking.tfstate"))).rejects.toThrow(/ENOENT/);
  });

  it("removes Terraform's record of an earlier config's backend", async () => {
    const working = join(root, "cdktf.out", "stacks", "networking", ".terraform");
    await mkdir(working, { recursive: true });
    await writeFile(join(working, "terraform.tfstate"), "{}");
    const directory = ".studio-access/state/local";
    await prepareWorkspace({ root, configFile: await configFile({ backend: "local", directory }) });
    await expect(readFile(join(working, "terraform.tfstate"))).rejects.toThrow(/ENOENT/);
  });

  it("gives a deployment with another name separate files and a separate state", async () => {
    const file = await configFile({ backend: "s3", bucket: "ours", region: "eu-west-1" });
    const {
      config,
      configFile: own,
      outdir,
    } = await prepareWorkspace({ root, configFile: file, name: "e2e" });
    expect(config.state).toEqual({ backend: "local", directory: ".studio-access/e2e/state" });
    expect([own, outdir]).toEqual([
      join(root, ".studio-access/e2e/config.json"),
      join(root, ".studio-access/e2e/cdktf.out"),
    ]);
  });
});
