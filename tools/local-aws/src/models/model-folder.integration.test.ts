import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { modelFolder } from "./model-folder";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "model-folder-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function program(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

describe("modelFolder", () => {
  it("asks the Python of the script's first line", async () => {
    const models = join(directory, "data");
    await mkdir(models);
    const python = await program("my-python", `#!/bin/sh\necho "${models}"\n`);
    expect(await modelFolder(await program("moto_server", `#!${python}\n`))).toBe(models);
  });

  it("asks the Python beside a shim", async () => {
    const models = join(directory, "data");
    await mkdir(models);
    await program("python", `#!/bin/sh\necho "${models}"\n`);
    expect(await modelFolder(await program("moto_server", "#!/bin/bash\n"))).toBe(models);
  });

  it("says what is missing when no Python has the models", async () => {
    const moto = await program("moto_server", "#!/bin/bash\n");
    await expect(modelFolder(moto)).rejects.toThrow(
      /models were not found: no Python beside .* has botocore/,
    );
  });

  it("says so when there is no moto", async () => {
    await expect(modelFolder(join(directory, "none"))).rejects.toThrow("moto_server cannot be read");
  });
});
