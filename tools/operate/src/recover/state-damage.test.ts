import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sampleConfig } from "@studio-access/config/testing";

import { damagesOf, type Damage } from "./state-damage";

function stateOf(serial: number, lineage = "own"): string {
  const vpc = {
    mode: "managed",
    type: "aws_vpc",
    name: "Vpc",
    instances: [{ attributes: { id: `vpc-${serial}` } }],
  };
  return JSON.stringify({ version: 4, serial, lineage, outputs: {}, resources: [vpc] });
}

describe("a state that Terraform could not write", () => {
  let root: string;
  let pulled: string;
  const done: string[] = [];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "damage-"));
    pulled = stateOf(3);
    done.length = 0;
    await mkdir(join(root, "states"));
    await mkdir(join(root, "commands/recover"), { recursive: true });
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function damages(): Promise<readonly Damage[]> {
    const config = { ...sampleConfig(), state: { backend: "local" as const, directory: "states" } };
    const environment = {
      config,
      directory: join(root, "commands/recover"),
      folders: { root, config, configFile: "", logs: "", outdir: "" },
      terraform: async (_stack: string, args: readonly string[]): Promise<string> => {
        if (args[1] === "push") done.push(args.join(" "));
        return Promise.resolve(pulled);
      },
    };
    const refresh = async (): Promise<void> => {
      done.push("refreshed");
      return Promise.resolve();
    };
    const found: Damage[] = [];
    for await (const damage of damagesOf("lob-a", environment, refresh)) {
      await damage.mending?.mend();
      found.push(damage);
    }
    return found;
  }

  it("is moved aside where it was cut off, and kept, and the state before it takes its place", async () => {
    const file = join(root, "states/lob-a.tfstate");
    await writeFile(file, stateOf(3).slice(0, 40));
    await writeFile(`${file}.backup`, stateOf(2));
    const [damage, ...others] = await damages();
    expect(damage?.said).toContain(`${file} ends after 40 bytes`);
    expect(damage?.said).toContain(`${file}.backup has the state before it, with 1 resources`);
    expect(others).toEqual([]);
    await expect(readFile(file, "utf8")).resolves.toBe(stateOf(2));
    const [kept = ""] = (await readdir(join(root, "states"))).filter((name) => name.includes("cut-off"));
    await expect(readFile(join(root, "states", kept), "utf8")).resolves.toBe(stateOf(3).slice(0, 40));
    expect(done).toEqual(["refreshed"]);
  });

  it("is moved aside where there is none before it, so that nothing is in its place", async () => {
    await writeFile(join(root, "states/lob-a.tfstate"), stateOf(3).slice(0, 40));
    await expect(damages()).resolves.toHaveLength(1);
    expect(await readdir(join(root, "states"))).toEqual([expect.stringMatching(/^lob-a\.tfstate\.cut-off-/)]);
    expect(done).toEqual([]);
  });

  describe("and left in errored.tfstate", () => {
    let folder: string;

    beforeEach(async () => {
      folder = join(root, "commands/deploy/cdktf.out/stacks/lob-a");
      await mkdir(folder, { recursive: true });
    });

    it("is pushed where it continues the state, and kept", async () => {
      await writeFile(join(folder, "errored.tfstate"), stateOf(4));
      const [damage] = await damages();
      expect(damage?.mending?.question).toContain("with serial 4 after 3");
      expect(done).toEqual([`state push ${join(folder, "errored.tfstate")}`]);
      await expect(readdir(folder)).resolves.toEqual(["errored.tfstate.pushed"]);
    });

    it.each([
      ["has been written since", stateOf(3)],
      ["was begun anew since", stateOf(4, "other")],
      ["It is not whole", stateOf(4).slice(0, 40)],
    ])("is named, and stays, where Terraform would refuse it: %s", async (why, text) => {
      await writeFile(join(folder, "errored.tfstate"), text);
      await expect(damages()).resolves.toEqual([{ said: expect.stringContaining(why) as unknown }]);
      expect(done).toEqual([]);
      await expect(readdir(folder)).resolves.toEqual(["errored.tfstate"]);
    });
  });
});
