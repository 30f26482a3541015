import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readStateFile, readStateFolder } from "./state-folder";

const STATE = JSON.stringify({ version: 4, outputs: {}, resources: [] });

describe("a folder of state files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("names each stack by its file", async () => {
    await writeFile(join(folder, "terraform.lob-a.tfstate"), STATE);
    await writeFile(join(folder, "lob-b.tfstate"), STATE);
    expect((await readStateFolder(folder)).map(({ stack }) => stack)).toEqual(["lob-b", "lob-a"]);
  });

  it("is refused when it is empty or missing", async () => {
    await expect(readStateFolder(folder)).rejects.toThrow("holds no STACK.tfstate");
    await expect(readStateFolder(join(folder, "none"))).rejects.toThrow("there is no such folder");
  });

  it("has no file of a stack that was never applied", async () => {
    await writeFile(join(folder, "lob-b.tfstate"), STATE);
    await expect(readStateFile(folder, "lob-a")).resolves.toBeUndefined();
    await writeFile(join(folder, "lob-c.tfstate"), "");
    await expect(readStateFile(folder, "lob-c")).resolves.toBeUndefined();
    await expect(readStateFile(folder, "lob-b")).resolves.toMatchObject({ stack: "lob-b" });
  });

  it("tells a file that is no state from a missing one", async () => {
    await writeFile(join(folder, "lob-b.tfstate"), "{");
    await expect(readStateFile(folder, "lob-b")).rejects.toThrow("state of lob-b: not JSON");
  });
});
